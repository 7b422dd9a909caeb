"""Looks at labelled photos before anything is trained on them: a report to read, a split to train with, the figures."""

from __future__ import annotations

import json
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from defect_desktop.core.progress import Progress
from defect_desktop.errors import DataSetError
from defect_desktop.paths import Paths
from defect_desktop.reports.replacing import prepare_folder, replacing

if TYPE_CHECKING:
    from defect_desktop.training.inspection.inspection import Inspection

REPORT, SPLIT, FIGURES = "report.html", "split.csv", "data.json"
"""The files that an inspection leaves in its folder."""


@dataclass(frozen=True, slots=True)
class InspectRequest:
    """Inspect the photos of all `sources` (folders with a folder per class, CSV files) and write to `folder`.

    `folds` is how many folds the split has; `seed` decides it.
    """

    sources: tuple[Path, ...]
    folder: Path
    folds: int = 5
    seed: int = 0


def inspect_data(request: InspectRequest, paths: Paths) -> Generator[Progress, None, Inspection]:
    """Yields progress, then writes the three files and returns what they tell.

    Where it is closed before its end, files of an earlier inspection stay as they were. Raises SourceError,
    DataSetError, ReportError.
    """
    from defect_desktop.training.data.class_folders import require_outside
    from defect_desktop.training.data.data_set import read_data_set
    from defect_desktop.training.data.split_file import write_split
    from defect_desktop.training.inspection.as_json import inspection_as_json
    from defect_desktop.training.inspection.inspecting import inspect
    from defect_desktop.training.inspection.page import inspection_page

    _require_folds(request.folds)
    require_outside(request.folder, request.sources)
    data = read_data_set(request.sources)
    prepare_folder(request.folder, (REPORT, SPLIT, FIGURES))
    inspection = yield from inspect(data, request.folds, request.seed)
    page = inspection_page(paths.assets, inspection, request.sources)
    figures = inspection_as_json(inspection, request.sources)
    with replacing(request.folder / SPLIT, "utf-8-sig") as file:
        write_split(inspection.split, inspection.survey, file)
    with replacing(request.folder / FIGURES, "utf-8") as file:
        json.dump(figures, file, ensure_ascii=False, indent=1)
    with replacing(request.folder / REPORT, "utf-8") as file:
        file.write(page)
    return inspection


def _require_folds(folds: int) -> None:
    if folds == 1:
        raise DataSetError(
            ko="폴드 하나로는 나눌 수 없습니다. --folds를 2 이상으로, 나누지 않으려면 0으로 정하세요.",
            en="One fold divides nothing; make --folds 2 or more, or 0 for none.",
        )
