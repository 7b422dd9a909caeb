"""Checks a submission against the contest's `sample_submission.csv`, before hours are spent on it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from defect_desktop.core.printable import printable
from defect_desktop.errors import DataSetError
from defect_desktop.training.data.contest import ID
from defect_desktop.training.data.tables import LABEL, read_table

SAMPLE_FILE = "sample_submission.csv"


def check_form(sample: Path, columns: Sequence[str], ids: Sequence[str]) -> None:
    """Raises DataSetError unless a file with these `columns` and `ids` has the form of `sample`.

    That is: the same header, the same ids, as many of them, and in the same order. The sample's labels are placeholders
    and are not looked at. Raises SourceError where the sample cannot be read.
    """
    rows = read_table(sample, (ID, LABEL))
    header = _header(sample)
    if header != list(columns):
        raise DataSetError(
            ko=f"'{printable(sample)}'의 제목 줄이 '{','.join(columns)}'가 아니라 '{','.join(header)}'입니다. "
            "대회에서 받은 제출 양식인지 확인하세요.",
            en=f"The header of '{printable(sample)}' is '{','.join(header)}' instead of '{','.join(columns)}'; "
            "check that it is the contest's own sample.",
        )
    expected = [row.cells[0] for row in rows]
    if len(expected) != len(ids):
        raise DataSetError(
            ko=f"'{printable(sample)}'에는 {len(expected)}행이 있는데 시험 목록에는 사진이 {len(ids)}장 있습니다. "
            "같은 대회에서 받은 파일인지 확인하세요.",
            en=f"'{printable(sample)}' has {len(expected)} rows, but the test list has {len(ids)} photos; "
            "check that both files come from the same contest.",
        )
    for row, wanted, given in zip(rows, expected, ids, strict=True):
        if wanted != given:
            raise DataSetError(
                ko=f"'{printable(sample)}' {row.line}번째 줄의 번호는 '{wanted}'인데 시험 목록의 같은 자리는 "
                f"'{given}'입니다. 두 파일의 번호와 순서를 맞추세요.",
                en=f"Line {row.line} of '{printable(sample)}' has the id '{wanted}', but the test list has '{given}' "
                "in its place; the two files must hold the same ids in the same order.",
            )


def _header(sample: Path) -> list[str]:
    with sample.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return next(csv.reader(file))
