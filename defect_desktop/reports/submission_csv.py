"""The contest's submission file (Dacon 236082): `id,label`, a row for every test photo, in the order of the list."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from defect_desktop.reports.replacing import replacing

COLUMNS = ("id", "label")


def write_submission(rows: Iterable[tuple[str, str]], target: Path) -> None:
    """Writes `rows` of id and label, as the contest's own sample is written: UTF-8, no byte order mark, line feeds.

    A scoring program reads the file, not a spreadsheet, so labels stay as they are: nothing is put before an `=`. A
    label with a comma is quoted. A file that was at `target` is replaced at the end, or kept where anything goes wrong.
    Raises ReportError.
    """
    with replacing(target, "utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
