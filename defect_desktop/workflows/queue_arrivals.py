"""Puts the photos of a watched folder into the queue as they arrive, until it is closed.

Nothing is classified here: `work_queue` does that, at its own pace. A photo is queued once it is known to be whole, and
what was queued before, unchanged, is not queued again, unless it could not be read when its turn came; so the folder
may be watched from any moment on, and again after a restart.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from defect_desktop.capture.lookout import Lookout
from defect_desktop.capture.sight import Sight
from defect_desktop.core.place import Place
from defect_desktop.core.record import PhotoFile
from defect_desktop.core.waiting import PhotoSource
from defect_desktop.errors import PhotoError, PhotoProblem
from defect_desktop.language import Bilingual
from defect_desktop.paths import Paths
from defect_desktop.store.database import Database
from defect_desktop.vision.photo_loader import decode_photo, read_photo

INTERVAL_SECONDS = 2.0
"""The pause between two looks at the folder."""

HEARTBEAT_SECONDS = 0.5
"""Whoever drives the watch hears from it, and can stop it, at least this often while it waits."""

_CHUNK = 8
"""Photos that are examined before they are queued together and something is yielded."""
_LEAST_SIDE = 64
"""To know whether a photo is whole, all of it has to be read, but not at its full size."""


@dataclass(frozen=True, slots=True)
class ArrivalsRequest:
    """Which folder to watch, every `interval` seconds; what arrives was taken in the `place` of that moment."""

    folder: Path
    place: Callable[[], Place]
    interval: float = INTERVAL_SECONDS


@dataclass(frozen=True, slots=True)
class FolderStatus:
    """How the watch stands. `trouble` says what is wrong with the folder, None where nothing is.

    `waiting` photos are not known to be whole yet, `ready` ones are about to be queued, `queued` ones were, so far.
    `brought_back` ones were queued again, since they could not be read when their turn came.
    """

    trouble: Bilingual | None
    waiting: int
    ready: int
    queued: int
    brought_back: int = 0


def queue_arrivals(request: ArrivalsRequest, paths: Paths) -> Generator[FolderStatus, None, None]:
    """Yields how the watch stands, at least every `HEARTBEAT_SECONDS`, or with every photo; never ends.

    Closing the generator ends it. A folder that is missing, or goes away, is a `trouble` that ends by itself. Raises
    StoreError.
    """
    with (
        Database.open(paths.database) as database,
        Lookout(request.folder, request.interval) as lookout,
    ):
        yield from _Watch(database, Sight(lookout), request.place).run()


class _Watch:
    """One watch under way."""

    def __init__(self, database: Database, sight: Sight, place: Callable[[], Place]) -> None:
        self._database = database
        self._sight = sight
        self._arrivals = sight.arrivals
        self._place = place
        self._queued = self._brought_back = 0

    def run(self) -> Generator[FolderStatus, None, None]:
        while True:
            settled = self._sight.look(0 if self._arrivals.ready else HEARTBEAT_SECONDS)
            if settled is not None:
                self._pass_over_known(settled)
                yield from self._bring_back()
            yield self._status()
            if chunk := list(islice(self._arrivals.take(), _CHUNK)):
                yield from self._queue(chunk)

    def _pass_over_known(self, photos: Sequence[PhotoFile]) -> None:
        """Of photos that became ready, those that were queued before need not be examined."""
        new = set(self._database.queue.unknown(photos)) if photos else set()
        for photo in photos:
            if photo not in new:
                self._arrivals.done(photo)

    def _bring_back(self) -> Generator[FolderStatus, None, None]:
        """Queues again, at the place it had, what could not be read when its turn came, and now is here and can be."""
        here = [turn for turn in self._database.queue.missed() if self._arrivals.shows(turn.photo)]
        status = self._status()
        for turn in here:
            if _is_readable(turn.photo):
                self._brought_back += self._database.queue.retry([turn.id])
            yield status

    def _queue(self, photos: Sequence[PhotoFile]) -> Generator[FolderStatus, None, None]:
        """Queues those of the photos that are whole, all of them or, where it is closed, none."""
        place, status = self._place(), self._status()
        whole: list[PhotoFile] = []
        for photo in photos:
            if _is_whole(photo, self._sight):
                whole.append(photo)
            yield status  # counted once: of many files that takes longer than a photo does
        if whole:
            self._queued += self._database.queue.add(whole, PhotoSource.WATCHED, place)
        for photo in whole:
            self._arrivals.done(photo)

    def _status(self) -> FolderStatus:
        arrivals = self._arrivals
        return FolderStatus(self._sight.trouble, arrivals.waiting, arrivals.ready, self._queued, self._brought_back)


def _is_readable(photo: PhotoFile) -> bool:
    try:
        read_photo(photo.path)
    except PhotoError:
        return False
    return True


def _is_whole(photo: PhotoFile, sight: Sight) -> bool:
    """Whether the photo can be decoded, or could not for so long that it will never be: then that is its outcome."""
    try:
        decode_photo(read_photo(photo.path), _LEAST_SIDE)
    except PhotoError as error:
        return error.problem is PhotoProblem.TOO_LARGE or not sight.arrivals.try_again(photo, time.monotonic())
    return True
