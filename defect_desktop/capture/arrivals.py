"""Which photos of a watched folder are new and whole: rules only, no file and no clock is touched here.

A timed look at the whole folder is the truth, because kernel events do not exist on network shares and get lost in
floods. A file counts as whole when two looks in a row found the same size and mtime. That is a guess, so reading it has
the last word: one that cannot be decoded yet waits, and is tried again until it changes or the patience is over. Times
of files are only ever compared for equality, so a clock that jumps changes nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from defect_desktop.capture.scan import Scan
from defect_desktop.core.record import PhotoFile

PATIENCE_SECONDS = 60.0
"""How long a file that stays the same may fail to decode before the failure counts."""

_LONGEST_PAUSE_SECONDS = 15.0


class _Phase(Enum):
    WAITING = auto()  # not seen twice yet, or to be tried again later
    READY = auto()
    TAKEN = auto()
    DONE = auto()


@dataclass(slots=True)
class _File:
    """What is known of one path. `photo` is how it looked last; times are seconds of the caller's clock."""

    photo: PhotoFile
    phase: _Phase = _Phase.WAITING
    tries: int = 0
    first_failure: float = 0.0
    next_try: float = float("-inf")


class Arrivals:
    """Turns looks at a folder into photos to be taken, each once for every content that it is found with."""

    def __init__(self) -> None:
        self._files: dict[Path, _File] = {}
        self._ready: deque[PhotoFile] = deque()
        self._listed: set[Path] = set()

    @property
    def waiting(self) -> int:
        """How many photos are not whole yet, as far as is known."""
        return self._count(_Phase.WAITING)

    @property
    def ready(self) -> int:
        """How many photos can be taken."""
        return self._count(_Phase.READY)

    def lists(self, path: Path) -> bool:
        """Whether the newest look at the folder found a file there."""
        return path in self._listed

    def shows(self, photo: PhotoFile) -> bool:
        """Whether the newest look at the folder found the photo there, as it is."""
        return self.lists(photo.path) and self._known(photo) is not None

    def observe(self, scan: Scan, now: float) -> list[PhotoFile]:
        """Takes note of a look at the folder; returns the photos that it made ready, which can be taken from now on."""
        self._listed = {photo.path for photo in scan.photos}
        for path in [path for path, file in self._files.items() if path not in self._listed and _is_open(file)]:
            del self._files[path]  # it must be seen twice again, should it come back
        settled = [photo for photo in scan.photos if self._settles(photo, now)]
        for photo in settled:
            self._files[photo.path].phase = _Phase.READY
        self._ready.extend(settled)
        return settled

    def take(self) -> Iterator[PhotoFile]:
        """The photos that are ready, one after another, as long as there are any."""
        while self._ready:
            photo = self._ready.popleft()
            file = self._known(photo)
            if file and file.phase is _Phase.READY:
                file.phase = _Phase.TAKEN
                yield photo

    def done(self, photo: PhotoFile) -> None:
        """The photo has been dealt with: as long as it looks like this, it is not offered again."""
        if file := self._known(photo):
            file.phase = _Phase.DONE

    def try_again(self, photo: PhotoFile, now: float) -> bool:
        """The photo could not be read or decoded: whether to let it wait, since it may still be arriving.

        False once it has failed, unchanged, for `PATIENCE_SECONDS`; the failure is then to be believed.
        """
        file = self._known(photo)
        if file is None:
            return True  # it has changed meanwhile, or is gone: this attempt says nothing about it
        if not file.tries:
            file.first_failure = now
        if now - file.first_failure >= PATIENCE_SECONDS:
            return False
        file.tries += 1
        file.next_try = now + min(2.0**file.tries, _LONGEST_PAUSE_SECONDS)
        file.phase = _Phase.WAITING
        return True

    def lose_sight(self) -> None:
        """The folder cannot be read: whatever is not done will have to be seen again, and nobody's patience runs."""
        self._ready.clear()
        self._files = {path: file for path, file in self._files.items() if file.phase is _Phase.DONE}

    def _settles(self, photo: PhotoFile, now: float) -> bool:
        """Whether this look makes the photo ready; also remembers how it looks."""
        file = self._known(photo)
        if file is None:
            self._files[photo.path] = _File(photo)
            return False
        return file.phase is _Phase.WAITING and now >= file.next_try

    def _known(self, photo: PhotoFile) -> _File | None:
        """What is known of the photo as it looks now; None where it looks different from when it was last seen."""
        file = self._files.get(photo.path)
        return file if file and file.photo == photo else None

    def _count(self, phase: _Phase) -> int:
        return sum(file.phase is phase for file in self._files.values())


def _is_open(file: _File) -> bool:
    return file.phase in (_Phase.WAITING, _Phase.READY)
