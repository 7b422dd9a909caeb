"""The contest's list of unlabelled test photos (Dacon 236082): `test.csv` with the columns `id` and `img_path`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from defect_desktop.core.printable import printable
from defect_desktop.errors import DataSetError
from defect_desktop.language import Bilingual
from defect_desktop.training.data.listed_files import ListedFiles
from defect_desktop.training.data.tables import PATH, Column, Row, read_table, require_any_file, require_cells

ID = Column(Bilingual(ko="사진 번호", en="the photo's id"), ("id",))


@dataclass(frozen=True, slots=True)
class TestPhoto:
    """A photo to be labelled, by the id that the submission names it with."""

    __test__ = False  # its name looks like a test to pytest

    id: str
    path: Path


def read_test_list(test_csv: Path) -> list[TestPhoto]:
    """The test photos in the order of the list; paths are relative to the list's folder. No photo is opened here.

    Raises SourceError where the list cannot be read, DataSetError where it is no list of photos, names an id twice,
    or where none of its photos is there.
    """
    rows = read_table(test_csv, (ID, PATH))
    _require_unique_ids(test_csv, rows)
    files = ListedFiles(test_csv.parent)
    photos = []
    for row in rows:
        require_cells(test_csv, row, (ID, PATH))
        number, path = row.cells
        photos.append(TestPhoto(number, files.find(path)))
    require_any_file(test_csv, [photo.path for photo in photos])
    return photos


def _require_unique_ids(test_csv: Path, rows: list[Row]) -> None:
    lines: dict[str, int] = {}
    for row in rows:
        number = row.cells[0]
        before = lines.setdefault(number, row.line)
        if before != row.line:
            raise DataSetError(
                ko=f"'{printable(test_csv)}' {row.line}번째 줄의 사진 번호 '{number}'은(는) "
                f"{before}번째 줄에도 있습니다. 번호를 고친 뒤 다시 시도하세요.",
                en=f"Line {row.line} of '{printable(test_csv)}' gives the id '{number}', "
                f"which line {before} has already; correct one of them.",
            )
