from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from defect_desktop.errors import DataSetError
from defect_desktop.training.data.contest import read_test_list


def write(folder: Path, *rows: str) -> Path:
    (folder / "test").mkdir(exist_ok=True)
    for name in ("000.png", "001.png", unicodedata.normalize("NFD", "벽지.png"), "#Ubc18#Uc810.png"):
        (folder / "test" / name).write_bytes(b"x")
    file = folder / "test.csv"
    file.write_text("\n".join(("id,img_path", *rows)), encoding="utf-8-sig")
    return file


def test_the_photos_come_in_the_order_of_the_list(tmp_path: Path) -> None:
    photos = read_test_list(write(tmp_path, "TEST_001,./test/001.png", "", "TEST_000,./test/000.png", "T,./test/9.png"))
    assert [(photo.id, photo.path.name) for photo in photos] == [
        ("TEST_001", "001.png"), ("TEST_000", "000.png"), ("T", "9.png"),
    ]  # fmt: skip
    assert [photo.path.exists() for photo in photos] == [True, True, False]


def test_files_are_found_under_other_spellings(tmp_path: Path) -> None:
    absolute = tmp_path / "test" / "000.png"
    rows = ("a,.\\test\\001.png", "b,test/벽지.png", "c,test/반점.png", f"d,{absolute}", f"e,{'long' * 200}.png")
    paths = [photo.path for photo in read_test_list(write(tmp_path, *rows))]
    assert [path.is_file() for path in paths[:4]] == [True] * 4
    assert paths[3] == absolute and paths[4].name.startswith("longlong")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (("A,test/000.png", "A,test/001.png"), "Line 3 .* the id 'A', which line 2 has already"),
        (("A,test/000.png", ",test/001.png"), "Line 3 .* lacks the photo's id"),
        (("A,elsewhere/000.png",), "None of the photos .*elsewhere"),
    ],
)
def test_a_list_that_cannot_be_answered_is_told(tmp_path: Path, rows: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(DataSetError, match=sentence):
        read_test_list(write(tmp_path, *rows))
