"""The CSV report: one row a photo, with everything that is known of it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from defect_desktop.core.formula import formula_safe
from defect_desktop.core.record import PhotoRecord
from defect_desktop.language import Language
from defect_desktop.reports.csv_columns import COLUMNS, Cell
from defect_desktop.reports.replacing import check_target, replacing

__all__ = ["check_target", "write_csv"]

_ENCODING = "utf-8-sig"
"""Excel in Korea takes a CSV without a byte order mark for CP949."""


def write_csv(records: Iterable[PhotoRecord], target: Path, language: Language) -> int:
    """Writes one row a record under headers in `language`, and returns how many; memory stays flat.

    A file that was at `target` is replaced at the end, or kept where anything goes wrong. Raises ReportError, and
    whatever `records` raises.
    """
    headers = [column.header.text(language) for column in COLUMNS]
    with replacing(target, _ENCODING) as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(headers)
        rows = 0
        for row in _rows(records, language):
            writer.writerow(row)
            rows += 1
    return rows


def _rows(records: Iterable[PhotoRecord], language: Language) -> Iterator[list[Cell]]:
    values = [column.value for column in COLUMNS]
    for record in records:
        yield [_written(value(record, language)) for value in values]


def _written(cell: Cell) -> Cell:
    return formula_safe(cell) if isinstance(cell, str) else cell
