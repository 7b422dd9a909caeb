"""Puts photos into the queue: files and folders that are dropped or chosen, and pictures that the program keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from defect_desktop.capture.folder import list_photos
from defect_desktop.core.place import NOWHERE, Place
from defect_desktop.core.record import PhotoFile
from defect_desktop.core.waiting import PhotoSource
from defect_desktop.paths import Paths
from defect_desktop.store.database import Database
from defect_desktop.workflows.find_photos import find_photos
from defect_desktop.workflows.keep_picture import keep_picture, kept_pictures


@dataclass(frozen=True, slots=True)
class Filled:
    """How many photos were found, and how many of them were queued: the others are waiting already."""

    found: int
    queued: int


def queue_files(sources: Iterable[Path], paths: Paths, place: Place = NOWHERE) -> Filled:
    """Queues the photos in files and folders, taken in `place`. Raises SourceError, also for none, and StoreError."""
    photos = find_photos(sources)
    with Database.open(paths.database) as database:
        return Filled(len(photos), database.queue.add(photos, PhotoSource.FOLDER, place))


def queue_picture(pixels: NDArray[np.uint8], paths: Paths, place: Place = NOWHERE) -> PhotoFile:
    """Keeps a pasted picture, RGB (H, W, 3), as a photo and queues it. Raises CaptureError, StoreError."""
    photo = keep_picture(pixels, datetime.now().astimezone(), paths.captures)
    with Database.open(paths.database) as database:
        database.queue.add([photo], PhotoSource.PASTED, place)
    return photo


def queue_strays(paths: Paths) -> int:
    """Queues the pictures that were kept, but not queued before the program was killed; how many those were.

    Not those from before the first run: whoever takes the database away begins anew. Raises StoreError.
    """
    pictures = kept_pictures(paths.captures) if paths.database.exists() else []
    if not pictures:
        return 0
    with Database.open_existing(paths.database) as database:
        begun = database.begun()
        if begun is None:
            return 0
        since = begun.timestamp() * 1e9
        strays = list_photos(database.queue.strays(pictures))
        missed = [photo for photo in strays if photo.mtime_ns and photo.mtime_ns > since]
        return database.queue.add(missed, PhotoSource.CAMERA) if missed else 0
