"""The CSV report: one row a photo, with everything that is known of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from defect_desktop.core.record_page import RecordPage
from defect_desktop.language import Language
from defect_desktop.reports.csv_cells import cells
from defect_desktop.reports.csv_columns import BLOCKS
from defect_desktop.reports.replacing import check_target, replacing

STANDARD_OUTPUT = Path("-")
"""The target that is no file, as is the custom of commands."""

_ENCODING = "utf-8-sig"
"""Excel in Korea takes a CSV without a byte order mark for CP949."""

_LINE_END = "\r\n"


def check_csv_target(target: Path) -> None:
    """Raises ReportError if a report could not be written to `target`."""
    if target != STANDARD_OUTPUT:
        check_target(target)


def write_csv(pages: Iterable[RecordPage], target: Path, language: Language) -> int:
    """Writes one row a record under headers in `language`, and returns how many; memory stays flat.

    The bytes on `STANDARD_OUTPUT` are those of a file. A file that was at `target` is replaced at the end, or kept
    where anything goes wrong. Raises ReportError, and whatever `pages` raises.
    """
    with csv_report(target, language) as write:
        return sum(map(write, pages))


@contextmanager
def csv_report(target: Path, language: Language) -> Iterator[Callable[[RecordPage], int]]:
    """Like `write_csv`, for who writes bit by bit: what it gives takes a page, and returns how many rows it had."""
    headers = cells(header.text(language) for block in BLOCKS for header in block.headers)
    with _standard_output() if target == STANDARD_OUTPUT else replacing(target, _ENCODING) as file:
        file.write(headers + _LINE_END)

        def write(page: RecordPage) -> int:
            rows = [",".join(row) for row in zip(*(block.cells(page, language) for block in BLOCKS), strict=True)]
            file.writelines((_LINE_END.join(rows), _LINE_END))
            return len(rows)

        yield write


@contextmanager
def _standard_output() -> Iterator[TextIO]:
    file = TextIOWrapper(sys.stdout.buffer, _ENCODING, errors="backslashreplace", newline="")
    try:
        yield file
    finally:
        file.detach()  # else it would close the standard output
