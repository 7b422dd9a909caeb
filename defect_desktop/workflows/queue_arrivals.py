"""Puts the photos of a watched folder into the queue as they arrive, until it is closed.

Nothing is classified here: `work_queue` does that, at its own pace. A photo is queued once it is known to be whole, and
what was queued before, unchanged, is not queued again; so the folder may be watched from any moment on, and again after
a restart.
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
    """

    trouble: Bilingual | None
    waiting: int
    ready: int
    queued: int


def queue_arrivals(request: ArrivalsRequest, paths: Paths) -> Generator[FolderStatus, None, None]:
    """Yields how the watch stands, at least every `HEARTBEAT_SECONDS`; never ends. Closing the generator ends it.

    A folder that is missing, or goes away, is a `trouble` that ends by itself. Raises StoreError.
    """
    with (
        Database.open(paths.database) as database,
        Lookout(request.folder, request.interval) as lookout,
    ):
        sight = Sight(lookout)
        queued = 0
        while True:
            arrivals = sight.arrivals
            sight.look(0 if arrivals.ready else HEARTBEAT_SECONDS)
            yield FolderStatus(sight.trouble, arrivals.waiting, arrivals.ready, queued)
            if chunk := list(islice(arrivals.take(), _CHUNK)):
                queued += _queue(chunk, sight, database, request.place())


def _queue(photos: Sequence[PhotoFile], sight: Sight, database: Database, place: Place) -> int:
    """Queues those of the photos that are new and whole; how many those are."""
    new = set(database.queue.unknown(photos))
    whole = [photo for photo in photos if photo in new and _is_whole(photo, sight)]
    added = database.queue.add(whole, PhotoSource.WATCHED, place) if whole else 0
    for photo in photos:
        if photo not in new or photo in whole:
            sight.arrivals.done(photo)
    return added


def _is_whole(photo: PhotoFile, sight: Sight) -> bool:
    """Whether the photo can be decoded, or could not for so long that it will never be: then that is its outcome."""
    try:
        decode_photo(read_photo(photo.path), _LEAST_SIDE)
    except PhotoError as error:
        return error.problem is PhotoProblem.TOO_LARGE or not sight.arrivals.try_again(photo, time.monotonic())
    return True
