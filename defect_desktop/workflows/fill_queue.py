"""Puts photos into the queue: files and folders that are dropped or chosen, and pictures that are pasted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from defect_desktop.core.place import NOWHERE, Place
from defect_desktop.core.record import PhotoFile
from defect_desktop.core.waiting import PhotoSource
from defect_desktop.paths import Paths
from defect_desktop.store.database import Database
from defect_desktop.workflows.find_photos import find_photos
from defect_desktop.workflows.keep_picture import keep_picture


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
