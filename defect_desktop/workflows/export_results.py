"""Writes what the results database holds to a CSV file."""

from __future__ import annotations

from pathlib import Path

from defect_desktop.language import Language
from defect_desktop.paths import Paths
from defect_desktop.reports.csv_report import write_csv
from defect_desktop.store.database import Database


def export_results(paths: Paths, target: Path, language: Language, run_id: int | None = None) -> int:
    """Writes one row a photo and returns how many: of one run, or else the newest result of every photo.

    Raises StoreError where there is no usable database, ReportError where the file cannot be written.
    """
    with Database.open_existing(paths.database) as database:
        records = database.all_records() if run_id is None else database.records(run_id)
        return write_csv(records, target, language)
