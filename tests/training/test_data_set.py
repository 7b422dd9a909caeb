from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from defect_desktop.errors import DataSetError, SourceError
from defect_desktop.training.data_set import label_of_folder, read_data_set


def make(folder: Path, **files: str) -> Path:
    for name, file in files.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / file).write_bytes(b"x")
    return folder


@pytest.mark.parametrize(
    "name",
    [
        "창틀,문틀수정",
        unicodedata.normalize("NFD", "창틀,문틀수정"),
        "#Ucc3d#Ud2c0,#Ubb38#Ud2c0#Uc218#Uc815",
        "#UCC3D#UD2C0,문틀수정",
        "#U110e#U1161#U11bc틀,문틀수정",
    ],
)
def test_every_spelling_of_a_folder_is_one_label(name: str) -> None:
    assert label_of_folder(name) == "창틀,문틀수정"


def test_an_escape_that_is_no_character_stays() -> None:
    assert label_of_folder("#Ud800") == "#Ud800"
    assert label_of_folder("C#Unit") == "C#Unit"


def test_spellings_of_one_class_are_merged_and_leftovers_passed_over(tmp_path: Path) -> None:
    make(tmp_path, 훼손="1.png", __MACOSX="1.png", 오염="1.png", **{".cache": "1.png"})
    make(tmp_path, **{unicodedata.normalize("NFD", "훼손"): "2.png"})
    (tmp_path / "훼손" / ".DS_Store").write_bytes(b"x")
    (tmp_path / "notes.txt").write_bytes(b"x")
    data = read_data_set([tmp_path])
    assert data.labels == ("오염", "훼손")
    assert sorted(path.name for path in data.paths) == ["1.png", "1.png", "2.png"]
    assert data.targets.tolist() == [0, 1, 1]


def test_the_contest_folder_is_entered(tmp_path: Path) -> None:
    make(tmp_path / "train", 훼손="0.png", 오염="0.png")
    make(tmp_path, test="000.png")
    assert read_data_set([tmp_path]).labels == ("오염", "훼손")


def test_several_folders_are_joined_by_label(tmp_path: Path) -> None:
    first, second = make(tmp_path / "1", 훼손="0.png", 오염="0.png"), make(tmp_path / "2", 훼손="0.png", 반점="0.png")
    data = read_data_set([first, second])
    assert data.labels == ("반점", "오염", "훼손") and data.targets.tolist() == [0, 1, 2, 2]


def test_a_class_may_be_called_train(tmp_path: Path) -> None:
    assert read_data_set([make(tmp_path, train="0.png", plane="0.png")]).labels == ("plane", "train")


def test_the_order_of_a_pack_is_kept(tmp_path: Path) -> None:
    data = read_data_set([make(tmp_path, b="0.png", a="0.png")], labels=("c", "b", "a"))
    assert data.labels == ("c", "b", "a") and data.targets.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "no class folders"),
        ({"a": "0.png"}, "single class"),
        ({"a": "0.png", "b\u202e": "0.png"}, "cannot be read"),
    ],
)
def test_unusable_classes_are_refused(tmp_path: Path, files: dict[str, str], sentence: str) -> None:
    with pytest.raises(DataSetError, match=sentence):
        read_data_set([make(tmp_path, **files)])


def test_an_empty_class_is_named(tmp_path: Path) -> None:
    make(tmp_path, a="0.png", b="0.png")
    (tmp_path / "반점").mkdir()
    with pytest.raises(DataSetError, match="반점"):
        read_data_set([tmp_path])


def test_a_class_that_the_pack_does_not_know_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataSetError, match="'b'"):
        read_data_set([make(tmp_path, a="0.png", b="0.png")], labels=("a", "c"))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nowhere"):
        read_data_set([tmp_path / "nowhere"])
