"""What the window can have done for it: the workflows, bound to the folders and the language of this session."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Never

import numpy as np
from numpy.typing import NDArray

from defect_desktop.core.place import Place
from defect_desktop.core.waiting import WaitingState
from defect_desktop.paths import Paths
from defect_desktop.preferences import Preferences
from defect_desktop.ui.archive import Archive
from defect_desktop.ui.places.services import PlaceServices, place_services
from defect_desktop.ui.translation import window_language
from defect_desktop.workflows.export_results import export_results
from defect_desktop.workflows.fill_queue import queue_files, queue_picture
from defect_desktop.workflows.keep_backups import back_up_if_due
from defect_desktop.workflows.load_results import LatestRun, Loaded, load_latest
from defect_desktop.workflows.queue_arrivals import ArrivalsRequest, FolderStatus, queue_arrivals
from defect_desktop.workflows.save_diagnostics import save_diagnostics
from defect_desktop.workflows.show_photo import show_photo
from defect_desktop.workflows.warm_up import quiet_start
from defect_desktop.workflows.work_queue import QueueEvent, WorkRequest, work_queue


@dataclass(frozen=True, slots=True)
class QueueServices:
    """The queue of waiting photos: filled, halted and counted beside the window, worked and fed in background tasks.

    All may raise StoreError; `add_files` SourceError too, and `add_picture` (RGB, (H, W, 3)) CaptureError. Those that
    change something return how many photos it changed.
    """

    add_files: Callable[[tuple[Path, ...], Place], int]
    add_picture: Callable[[NDArray[np.uint8], Place], int]
    pause: Callable[[], int]
    resume: Callable[[], int]
    cancel: Callable[[], int]
    counts: Callable[[], Mapping[WaitingState, int]]
    work: Callable[[], Generator[QueueEvent, None, None]]
    watch: Callable[[Path, Place], Generator[FolderStatus, None, None]]


@dataclass(frozen=True, slots=True)
class Services:
    """The generators run in a background thread, and so do the others. Tests put their own functions here."""

    load_latest: Callable[[], Generator[LatestRun | Loaded, None, None]]
    queue: QueueServices
    places: PlaceServices
    export: Callable[[Path, tuple[int, ...]], Generator[Any, None, int]]
    show_photo: Callable[[Path, int, int], NDArray[np.uint8]]
    daily_backup: Callable[[], Generator[Any, None, Any]]
    save_diagnostics: Callable[[Path, Preferences], None]
    close: Callable[[], None]


def real_services(paths: Paths, preferences: Callable[[], Preferences]) -> Services:
    """The services of the program itself; `preferences` tells those that are in force when a service begins."""
    archive = Archive(paths.database)

    def export(target: Path, runs: tuple[int, ...]) -> Generator[Never, None, int]:
        yield from ()
        return export_results(paths, target, window_language(preferences().language), runs)

    return Services(
        load_latest=lambda: load_latest(paths, preferences().pack),
        queue=_queue_services(paths, preferences, archive),
        places=place_services(archive.database),
        export=export,
        show_photo=show_photo,
        daily_backup=lambda: back_up_if_due(paths),
        save_diagnostics=lambda target, chosen: save_diagnostics(paths, target, chosen),
        close=archive.close,
    )


def _queue_services(paths: Paths, preferences: Callable[[], Preferences], archive: Archive) -> QueueServices:
    def add_picture(pixels: NDArray[np.uint8], place: Place) -> int:
        queue_picture(pixels, paths, place)
        return 1

    def counts() -> Mapping[WaitingState, int]:
        return archive.database().queue.counts() if paths.database.exists() else {}

    def work() -> Generator[QueueEvent, None, None]:
        chosen = preferences()
        return _quietly(work_queue(WorkRequest(chosen.pack, chosen.engine, chosen.device, chosen.thresholds), paths))

    return QueueServices(
        add_files=lambda sources, place: queue_files(sources, paths, place).queued,
        add_picture=add_picture,
        pause=lambda: archive.database().queue.pause(),
        resume=lambda: archive.database().queue.resume(),
        cancel=lambda: archive.database().queue.cancel(),
        counts=counts,
        work=work,
        watch=lambda folder, place: queue_arrivals(ArrivalsRequest(folder, place), paths),
    )


def _quietly(events: Generator[QueueEvent, None, None]) -> Generator[QueueEvent, None, None]:
    """The same events, the first of which, the loading of the engine, holds nobody up."""
    with closing(events):
        with quiet_start():
            first = next(events)
        yield first
        yield from events
