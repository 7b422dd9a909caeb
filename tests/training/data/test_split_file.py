from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from defect_desktop.errors import DataSetError, SourceError
from defect_desktop.training.data.data_set import read_data_set
from defect_desktop.training.data.split import ALWAYS_TRAINS, HELD_OUT, Split, make_split
from defect_desktop.training.data.split_file import read_split, write_split
from defect_desktop.training.data.survey import Survey, survey_photos
from tests.photos import save_photos
from tests.training.stripes import finish


def survey(folder: Path) -> Survey:
    return finish(survey_photos(read_data_set([folder])))[1]


def write(split: Split, photos: Survey, file: Path) -> Path:
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        write_split(split, photos, stream)
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_photos(tmp_path / "data" / "train" / "창틀,문틀수정", 12)
    save_photos(tmp_path / "data" / "train" / "=훼손", 8, start=20)
    return tmp_path / "data"


@pytest.fixture
def photos(folder: Path) -> Survey:
    return survey(folder)


@pytest.fixture
def split(photos: Survey) -> Split:
    groups = np.array([0, 0, *range(1, 19)])
    return make_split(photos.data.targets, groups, held_out_share=0.2, folds=3, seed=1)


@pytest.fixture
def file(split: Split, photos: Survey, tmp_path: Path) -> Path:
    return write(split, photos, tmp_path / "split.csv")


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8-sig")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8-sig")


def test_a_split_comes_back_as_it_was(split: Split, photos: Survey, file: Path) -> None:
    again = read_split(file, photos)
    assert again.places.tolist() == split.places.tolist() and again.groups.tolist() == split.groups.tolist()
    assert again.folds == 3


def test_a_person_and_a_spreadsheet_can_read_it(split: Split, file: Path) -> None:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert list(lines[0]) == ["path", "label", "part", "fold", "group", "sha256"]
    assert lines[0]["path"] == "./=훼손/photo 0020.jpg" and lines[0]["label"] == "'=훼손"
    assert [line["part"] == "held_out" for line in lines] == [place == -2 for place in split.places]
    assert {line["fold"] for line in lines if line["part"] == "held_out"} == {""}
    assert {line["fold"] for line in lines if line["part"] == "train"} == {"1", "2", "3"}


def test_photos_may_be_renamed_and_moved(split: Split, folder: Path, file: Path) -> None:
    (folder / "train" / "창틀,문틀수정" / "photo 0003.jpg").rename(folder / "train" / "창틀,문틀수정" / "a.jpg")
    moved = folder.rename(folder.with_name("elsewhere"))
    again = survey(moved)
    places = dict(zip((look.content for look in again.looks), read_split(file, again).places.tolist(), strict=True))
    before = read_split(file, again)
    assert sorted(before.places.tolist()) == sorted(split.places.tolist())
    with file.open(encoding="utf-8-sig", newline="") as stream:
        for line in csv.DictReader(stream):
            assert (places[line["sha256"]] == -2) == (line["part"] == "held_out")


def test_photos_that_came_went_or_changed_their_label_are_counted(folder: Path, file: Path) -> None:
    (folder / "train" / "=훼손" / "photo 0020.jpg").unlink()
    (folder / "train" / "=훼손" / "photo 0021.jpg").rename(folder / "train" / "창틀,문틀수정" / "b.jpg")
    save_photos(folder / "train" / "=훼손", 1, start=50)
    with pytest.raises(DataSetError, match=r"2 are new or labelled otherwise \(for instance .*jpg'\), 2 are gone"):
        read_split(file, survey(folder))


def test_a_photo_that_is_gone_is_told(folder: Path, file: Path) -> None:
    (folder / "train" / "=훼손" / "photo 0020.jpg").unlink()
    with pytest.raises(DataSetError, match="0 are new or labelled otherwise, 1 are gone"):
        read_split(file, survey(folder))


def test_a_group_that_was_torn_apart_is_told(photos: Survey, tmp_path: Path) -> None:
    split = Split(np.array([0, 0, *range(1, 19)]), np.array([0, 1] * 10), folds=2)
    with pytest.raises(DataSetError, match="group 1 lie on different sides"):
        read_split(write(split, photos, tmp_path / "split.csv"), photos)


def test_a_class_that_has_nothing_to_train_on_is_told(photos: Survey, tmp_path: Path) -> None:
    places = np.where(photos.data.targets == 1, HELD_OUT, ALWAYS_TRAINS)
    split = Split(np.arange(len(places)), places, folds=0)
    with pytest.raises(DataSetError, match=f"no photo of the class '{photos.data.labels[1]}' is left"):
        read_split(write(split, photos, tmp_path / "split.csv"), photos)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (",train,", ",test,", r"in line \d+ .* cannot be read"),
        (",held_out,,", ",held_out,,x", r"in line \d+ .* cannot be read"),
        (",train,1,", ",train,99999999999999,", r"in line \d+ .* cannot be read"),
        ("sha256", "sha1", "no column for the file's SHA-256"),
        (",train,", ",train,9\n,", "short of columns"),
    ],
)
def test_an_edited_file_is_told(photos: Survey, file: Path, old: str, new: str, sentence: str) -> None:
    edit(file, old, new)
    with pytest.raises(DataSetError, match=sentence):
        read_split(file, photos)


def test_a_fold_without_photos_is_told(photos: Survey, tmp_path: Path) -> None:
    split = Split(np.arange(20), np.array([0, 2] * 10), folds=3)
    with pytest.raises(DataSetError, match="a fold without photos"):
        read_split(write(split, photos, tmp_path / "split.csv"), photos)


def test_a_missing_file_is_told(photos: Survey, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"nowhere\.csv"):
        read_split(tmp_path / "nowhere.csv", photos)
