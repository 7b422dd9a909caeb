"""Trains several recipes on several networks under one budget, measures them alike, and writes what was found."""

from __future__ import annotations

import csv
import json
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

from defect_desktop.paths import Paths
from defect_desktop.reports.replacing import prepare_folder, replacing
from defect_desktop.training.comparison.request import ComparisonEvent, ComparisonRequest

if TYPE_CHECKING:
    from defect_desktop.training.comparison.comparison import Comparison

__all__ = ["CSV_FILE", "JSON_FILE", "PAGE_FILE", "ComparisonEvent", "ComparisonRequest", "compare_trainings"]

PAGE_FILE, JSON_FILE, CSV_FILE = "comparison.html", "comparison.json", "comparison.csv"


def compare_trainings(request: ComparisonRequest, paths: Paths) -> Generator[ComparisonEvent, None, Comparison]:
    """Yields events, then writes the three files into the request's folder and returns what they tell.

    Full epochs stay in the folder, and the same request goes on from there. Raises SourceError, DataSetError,
    DeviceError, ReportError, TrainingError.
    """
    from defect_desktop.training.comparison.comparing import RUNS, compare
    from defect_desktop.training.data.class_folders import require_outside
    from defect_desktop.training.job import alone_in

    require_outside(request.folder / RUNS, (*request.sources, request.test))
    prepare_folder(request.folder, (PAGE_FILE, JSON_FILE, CSV_FILE))
    with alone_in(request.folder):
        found = yield from compare(request)
        _write(found, request, paths.assets)
    return found


def _write(found: Comparison, request: ComparisonRequest, assets: Path) -> None:
    from defect_desktop.training.comparison.page import comparison_page
    from defect_desktop.training.comparison.tables import comparison_as_json, csv_rows

    with replacing(request.folder / JSON_FILE, "utf-8") as file:
        json.dump(comparison_as_json(found, request), file, ensure_ascii=False, indent=1)
    with replacing(request.folder / CSV_FILE, "utf-8-sig") as file:
        csv.writer(file, lineterminator="\r\n").writerows(csv_rows(found))
    with replacing(request.folder / PAGE_FILE, "utf-8") as file:
        file.write(comparison_page(assets, found, request))
