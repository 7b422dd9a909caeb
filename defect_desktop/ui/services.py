"""What the window can have done for it: the workflows, bound to the folders and the language of this session."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Never

from defect_desktop.core.place import Place
from defect_desktop.core.waiting import WaitingState
from defect_desktop.errors import UserError
from defect_desktop.paths import Paths
from defect_desktop.preferences import Preferences
from defect_desktop.ui.archive import Archive
from defect_desktop.ui.loading import LOADING
from defect_desktop.ui.places.services import PlaceServices, place_services
from defect_desktop.ui.translation import window_language
from defect_desktop.workflows.warm_up import quietly

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from defect_desktop.core.record import PhotoRecord
    from defect_desktop.core.review import Remarks
    from defect_desktop.workflows.events import LatestRun, Loaded, QueueEvent
    from defect_desktop.workflows.queue_arrivals import FolderStatus
    from defect_desktop.workflows.show_photo import ShowPhoto

_log = logging.getLogger(__name__)


class QueueServices(NamedTuple):
    """The queue of waiting photos: filled, halted and counted beside the window, worked and fed in background tasks.

    All may raise StoreError; `add_files` SourceError too, and `add_picture` (RGB, (H, W, 3)) CaptureError. Those that
    change something return how many photos it changed, and `cancel` which, for `take_back`. A place that is None is the
    one that is remembered.
    """

    add_files: Callable[[tuple[Path, ...], Place | None], int]
    add_picture: Callable[[NDArray[np.uint8], Place | None], int]
    pause: Callable[[], int]
    resume: Callable[[], int]
    cancel: Callable[[], Sequence[int]]
    take_back: Callable[[Sequence[int]], int]
    counts: Callable[[], Mapping[WaitingState, int]]
    work: Callable[[], Generator[QueueEvent, None, None]]
    watch: Callable[[Path, Callable[[], Place | None]], Generator[FolderStatus, None, None]]


class Services(NamedTuple):
    """The generators run in a background thread, and so do the others. Tests put their own functions here."""

    load_latest: Callable[[], Generator[LatestRun | Loaded, None, None]]
    queue: QueueServices
    places: PlaceServices
    remarks: Callable[[Sequence[PhotoRecord]], Mapping[int, Remarks]]
    export: Callable[[Path, Sequence[PhotoRecord]], Generator[Any, None, int]]
    show_photo: ShowPhoto
    daily_backup: Callable[[], Generator[Any, None, Any]]
    save_diagnostics: Callable[[Path, Preferences], None]
    close: Callable[[], None]


def real_services(paths: Paths, preferences: Callable[[], Preferences]) -> Services:
    """The services of the program itself; `preferences` tells those that are in force when a service begins.

    Each loads its workflow when it is first called, beside the window: all together take longer than the window does.
    """
    archive = Archive(paths.database)

    def latest() -> Generator[LatestRun | Loaded, None, None]:
        with LOADING:
            from defect_desktop.workflows.fill_queue import queue_strays
            from defect_desktop.workflows.load_results import load_latest

        try:
            queue_strays(paths)
        except (OSError, UserError) as error:  # the results can be shown all the same, and the next start tries again
            _log.warning("pictures that were not queued wait for another start", exc_info=error)
        return load_latest(paths, preferences().pack)

    def export(target: Path, records: Sequence[PhotoRecord]) -> Generator[Never, None, int]:
        with LOADING:
            from defect_desktop.workflows.export_results import export_records

        yield from ()
        return export_records(paths, target, window_language(preferences().language), records)

    def daily_backup() -> Generator[Any, None, Any]:
        with LOADING:
            from defect_desktop.workflows.keep_backups import back_up_if_due

        return back_up_if_due(paths)

    def save_diagnostics(target: Path, chosen: Preferences) -> None:
        with LOADING:
            from defect_desktop.workflows.save_diagnostics import save_diagnostics

        save_diagnostics(paths, target, chosen)

    return Services(
        load_latest=latest,
        queue=_queue_services(paths, preferences, archive),
        places=place_services(archive.database),
        remarks=lambda photos: archive.database().history.remarks(photos),
        export=export,
        show_photo=_show_photo,
        daily_backup=daily_backup,
        save_diagnostics=save_diagnostics,
        close=archive.close,
    )


def _show_photo(path: Path, width: int, height: int) -> NDArray[np.uint8]:
    with LOADING:
        from defect_desktop.workflows.show_photo import show_photo

    return show_photo(path, width, height)


def _queue_services(paths: Paths, preferences: Callable[[], Preferences], archive: Archive) -> QueueServices:
    def known(place: Place | None) -> Place:
        return archive.database().places.current() if place is None else place

    def add_files(sources: tuple[Path, ...], place: Place | None) -> int:
        with LOADING:
            from defect_desktop.workflows.fill_queue import queue_files

        return queue_files(sources, paths, known(place)).queued

    def add_picture(pixels: NDArray[np.uint8], place: Place | None) -> int:
        with LOADING:
            from defect_desktop.workflows.fill_queue import queue_picture

        queue_picture(pixels, paths, known(place))
        return 1

    def counts() -> Mapping[WaitingState, int]:
        return archive.database().queue.counts() if paths.database.exists() else {}

    def work() -> Generator[QueueEvent, None, None]:
        with LOADING:
            from defect_desktop.workflows.work_queue import WorkRequest, work_queue

        chosen = preferences()
        means = chosen.pack, chosen.engine, chosen.device, chosen.thresholds, chosen.early_exit
        return quietly(work_queue(WorkRequest(*means), paths))

    def watch(folder: Path, place: Callable[[], Place | None]) -> Generator[FolderStatus, None, None]:
        with LOADING:
            from defect_desktop.workflows.queue_arrivals import ArrivalsRequest, queue_arrivals

        return queue_arrivals(ArrivalsRequest(folder, lambda: known(place())), paths)

    return QueueServices(
        add_files=add_files,
        add_picture=add_picture,
        pause=lambda: archive.database().queue.pause(),
        resume=lambda: archive.database().queue.resume(),
        cancel=lambda: archive.database().queue.cancel(),
        take_back=lambda numbers: archive.database().queue.take_back(numbers),
        counts=counts,
        work=work,
        watch=watch,
    )
