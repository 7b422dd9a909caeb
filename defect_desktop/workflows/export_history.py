"""Writes the part of the history that a filter lets through to a CSV file."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from defect_desktop.core.history import HistoryFilter, Order
from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.language import Language
from defect_desktop.paths import Paths
from defect_desktop.reports.csv_report import csv_report
from defect_desktop.store.database import Database


def export_history(
    where: HistoryFilter, order: Order, target: Path, language: Language, paths: Paths
) -> Generator[Progress, None, int]:
    """Yields progress in rows and returns how many were written, in this order; memory stays flat.

    Closing the generator leaves no file behind, and an earlier one as it was. Raises StoreError where there is no
    usable database, ReportError where the file cannot be written.
    """
    with Database.open_existing(paths.database) as database:
        found = database.history.where(where)
        meter, rows = ProgressMeter(found.count()), 0
        with csv_report(target, language) as write:
            for page in found.pages(order):
                written = write(page)
                rows += written
                yield meter.advance(written)
        return rows
