"""What the window can have done for it: the workflows, bound to the folders and the language of this session."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Never

import numpy as np
from numpy.typing import NDArray

from defect_desktop.paths import Paths
from defect_desktop.preferences import Preferences
from defect_desktop.store.summary import RunSummary
from defect_desktop.ui.translation import window_language
from defect_desktop.workflows.classify_photos import ClassifyEvent, ClassifyRequest, Started, classify_photos
from defect_desktop.workflows.export_results import export_results
from defect_desktop.workflows.keep_backups import back_up_if_due
from defect_desktop.workflows.load_results import LatestRun, Loaded, load_latest, load_run
from defect_desktop.workflows.save_diagnostics import save_diagnostics
from defect_desktop.workflows.show_photo import show_photo
from defect_desktop.workflows.warm_up import quiet_start


@dataclass(frozen=True, slots=True)
class Services:
    """The generators run in a background thread, and so do the others. Tests put their own functions here."""

    load_latest: Callable[[], Generator[LatestRun | Loaded, None, None]]
    classify: Callable[[tuple[Path, ...]], Generator[ClassifyEvent | Loaded, None, RunSummary]]
    export: Callable[[Path, int], Generator[Any, None, int]]
    show_photo: Callable[[Path, int, int], NDArray[np.uint8]]
    daily_backup: Callable[[], Generator[Any, None, Any]]
    save_diagnostics: Callable[[Path, Preferences], None]


def real_services(paths: Paths, preferences: Callable[[], Preferences]) -> Services:
    """The services of the program itself; `preferences` tells those that are in force when a service begins."""

    def latest() -> Generator[LatestRun | Loaded, None, None]:
        return load_latest(paths, preferences().pack)

    def classify(sources: tuple[Path, ...]) -> Generator[ClassifyEvent | Loaded, None, RunSummary]:
        chosen = preferences()
        request = ClassifyRequest(sources, chosen.pack, chosen.engine, chosen.device, thresholds=chosen.thresholds)
        return classify_and_recall(request, paths)

    def export(target: Path, run_id: int) -> Generator[Never, None, int]:
        yield from ()
        return export_results(paths, target, window_language(preferences().language), run_id)

    return Services(
        load_latest=latest,
        classify=classify,
        export=export,
        show_photo=show_photo,
        daily_backup=lambda: back_up_if_due(paths),
        save_diagnostics=lambda target, chosen: save_diagnostics(paths, target, chosen),
    )


def classify_and_recall(request: ClassifyRequest, paths: Paths) -> Generator[ClassifyEvent | Loaded, None, RunSummary]:
    """Classifies, and right after the start also yields the photos of the run that were done before."""
    with closing(classify_photos(request, paths)) as events:
        with quiet_start():
            started = next(events)
        yield started
        if isinstance(started, Started) and started.done_before:
            yield from load_run(paths, started.run_id)
        return (yield from events)
