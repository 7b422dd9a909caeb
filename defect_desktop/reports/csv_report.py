"""The CSV report: one row a photo, with everything that is known of it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from defect_desktop.core.formula import formula_safe
from defect_desktop.core.record import PhotoRecord
from defect_desktop.language import Language
from defect_desktop.reports.csv_columns import COLUMNS, Cell, Column
from defect_desktop.reports.replacing import check_target, replacing

__all__ = ["check_target", "csv_report", "write_csv"]

_ENCODING = "utf-8-sig"
"""Excel in Korea takes a CSV without a byte order mark for CP949."""

_KEPT = 4096
"""So many cells, or parts of rows, are kept for the rows that follow."""


def write_csv(records: Iterable[PhotoRecord], target: Path, language: Language) -> int:
    """Writes one row a record under headers in `language`, and returns how many; memory stays flat.

    A file that was at `target` is replaced at the end, or kept where anything goes wrong. Raises ReportError, and
    whatever `records` raises.
    """
    with csv_report(target, language) as write:
        return write(records)


@contextmanager
def csv_report(target: Path, language: Language) -> Iterator[Callable[[Iterable[PhotoRecord]], int]]:
    """Like `write_csv`, for who writes bit by bit: what it gives takes some records, and returns how many they were."""
    headers = [column.header.text(language) for column in COLUMNS]
    with replacing(target, _ENCODING) as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(headers)

        def write(records: Iterable[PhotoRecord]) -> int:
            rows = 0
            for row in _rows(records, language):
                writer.writerow(row)
                rows += 1
            return rows

        yield write


def _rows(records: Iterable[PhotoRecord], language: Language) -> Iterator[list[Cell]]:
    parts = [_part(list(columns), shared, language) for shared, columns in groupby(COLUMNS, lambda c: c.shared_by)]
    for record in records:
        yield [cell for part in parts for cell in part(record)]


def _part(
    columns: list[Column], shared_by: Callable[[PhotoRecord], Hashable] | None, language: Language
) -> Callable[[PhotoRecord], list[Cell]]:
    """What makes the cells of some columns; those that many records share are made once."""
    values = [column.value for column in columns]

    def make(record: PhotoRecord) -> list[Cell]:
        return [_written(value(record, language)) for value in values]

    if shared_by is None:
        return make
    made: dict[Hashable, list[Cell]] = {}

    def made_once(record: PhotoRecord) -> list[Cell]:
        common = shared_by(record)
        if common not in made:
            if len(made) >= _KEPT:
                made.clear()
            made[common] = make(record)
        return made[common]

    return made_once


def _written(cell: Cell) -> Cell:
    return _safe(cell) if isinstance(cell, str) else cell


_safe = lru_cache(_KEPT)(formula_safe)
"""Most texts are one of a few: labels, and the words of the program itself."""
