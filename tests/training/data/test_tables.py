from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defect_desktop.errors import DataSetError, SourceError
from defect_desktop.training.data.tables import LABEL, PATH, read_table

CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(
    lambda cell: cell == cell.strip()
)


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "labels.csv"
    file.write_bytes(text.encode(encoding))
    return file


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8), bom=st.booleans())
def test_what_a_csv_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], bom: bool
) -> None:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([("Label", "note", " Img_Path "), *rows])
    file = write(tmp_path_factory.mktemp("table"), buffer.getvalue(), "utf-8-sig" if bom else "utf-8")
    assert [row.cells for row in read_table(file, (PATH, LABEL))] == [(path, label) for label, _, path in rows]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.mktemp("table") / "labels.csv"
    file.write_bytes(b"path,label\n" + content)
    try:
        rows = read_table(file, (PATH, LABEL))
    except DataSetError:
        return
    assert rows and all(len(row.cells) == 2 for row in rows)


def test_korean_excel_is_read_and_lines_are_counted(tmp_path: Path) -> None:
    file = write(tmp_path, '파일명,라벨\r\n\r\n1.jpg,"창틀,문틀수정"\r\n"두\n줄.jpg",훼손\r\n', "cp949")
    rows = read_table(file, (PATH, LABEL))
    assert [(row.line, row.cells) for row in rows] == [(3, ("1.jpg", "창틀,문틀수정")), (5, ("두\n줄.jpg", "훼손"))]


@pytest.mark.parametrize(
    "header",
    [
        "사진 경로,하자 유형",
        "사진_경로, 하자_유형 ",
        "파일\u00a0이름,라벨",
        "File Name,Class Name",
        "FILEPATH,class_name",
    ],
)
def test_a_header_is_known_however_its_words_are_parted(tmp_path: Path, header: str) -> None:
    file = write(tmp_path, f"{header}\n1.jpg,훼손\n")
    assert [row.cells for row in read_table(file, (PATH, LABEL))] == [("1.jpg", "훼손")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no column for the photo's path; name it 'path'"),
        ("path,name\na,b\n", "no column for the label; name it 'label'"),
        ("path,file,label\na,b,c\n", r"may be the photo's path \('path', 'file'\)"),
        ("path,label\n", "lists no photos"),
        ("path,label\na,b\nc\n", "Line 3 .* short of columns"),
        ("path,label\na,창틀,문틀수정\n", "Line 2 .* more columns than the header; put a label .* in quotation marks"),
        ('path,label\n"a,b\n', "no valid CSV"),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(DataSetError, match=sentence):
        read_table(write(tmp_path, text), (PATH, LABEL))


def test_other_encodings_are_told(tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    file.write_bytes(b"path,label\n\xff\xff,a\n")
    with pytest.raises(DataSetError, match="CSV UTF-8"):
        read_table(file, (PATH, LABEL))
    with pytest.raises(SourceError, match="nowhere"):
        read_table(tmp_path / "nowhere.csv", (PATH, LABEL))
