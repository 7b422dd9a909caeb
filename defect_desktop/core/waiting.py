"""The queue of photos that wait to be classified, from whatever source they come."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from defect_desktop.core.place import Place

if TYPE_CHECKING:
    from defect_desktop.core.record import PhotoFile


class PhotoSource(StrEnum):
    """How a photo came in. The value is what the database keeps."""

    FOLDER = "folder"
    WATCHED = "watched"
    CAMERA = "camera"
    PASTED = "pasted"

    @property
    def insists(self) -> bool:
        """Whether a file that comes again is meant again; a watched folder only lists what it has always held."""
        return self is not PhotoSource.WATCHED


class WaitingState(StrEnum):
    """What becomes of a waiting photo. The value is what the database keeps."""

    WAITING = "waiting"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class WaitingPhoto(NamedTuple):
    """A photo in the queue; `id` is its turn."""

    id: int
    photo: PhotoFile
    source: PhotoSource
    place: Place
