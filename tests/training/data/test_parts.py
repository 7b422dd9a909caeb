from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from defect_desktop.errors import DataSetError
from defect_desktop.training.data.data_set import read_data_set
from defect_desktop.training.data.parts import Parts, read_parts
from defect_desktop.training.data.split import make_split
from defect_desktop.training.data.split_file import write_split
from defect_desktop.training.data.survey import survey_photos
from tests.training.stripes import STRIPES_DOWN, draw_data_set, finish


def parts_of(*sources: Path, test: Path | None = None, split: Path | None = None, seed: int = 0) -> Parts:
    _, parts = finish(read_parts(sources, test, split, seed))
    return parts


def paths_of(parts: Parts) -> list[set[Path]]:
    return [set(part.paths) for part in (parts.training, parts.validation, parts.test)]


def test_three_parts_hold_every_photo_once_and_every_class(data_folder: Path) -> None:
    moments, parts = finish(read_parts((data_folder,), None, None, 0))
    assert moments[-1].done == moments[-1].total == 2 * 32
    training, validation, test = paths_of(parts)
    assert len(training) + len(validation) + len(test) == len(training | validation | test) == 32
    assert all(len(np.unique(part.targets)) == 2 for part in (parts.training, parts.validation, parts.test))
    assert len(parts.groups) == len(parts.training.paths)


def test_the_seed_decides_and_the_fingerprint_tells(data_folder: Path) -> None:
    first, again, other = (parts_of(data_folder, seed=seed) for seed in (0, 0, 1))
    assert first.fingerprint == again.fingerprint != other.fingerprint
    assert paths_of(first) == paths_of(again) != paths_of(other)


def test_a_photo_that_the_test_holds_does_not_train(tmp_path: Path) -> None:
    data = draw_data_set(tmp_path / "data", photos=10, seed=1)
    test = draw_data_set(tmp_path / "test", photos=4, seed=2)
    copied = data / "train" / STRIPES_DOWN / "3.jpg"
    (test / "train" / STRIPES_DOWN / "copy.jpg").write_bytes(copied.read_bytes())
    parts = parts_of(data, test=test)
    training, validation, testing = paths_of(parts)
    assert parts.left_out == 1 and copied not in training | validation
    assert len(training) + len(validation) == 19 and testing == set(read_data_set((test,)).paths)


def test_a_group_of_a_split_is_left_out_as_a_whole(tmp_path: Path) -> None:
    data = draw_data_set(tmp_path / "data", photos=10, seed=1)
    _, survey = finish(survey_photos(read_data_set((data,))))
    groups = np.arange(20)
    groups[[4, 5, 6]] = 4  # say, of one room
    split = make_split(survey.data.targets, groups, held_out_share=0.3, folds=0, seed=7)
    with (tmp_path / "split.csv").open("w", encoding="utf-8", newline="") as file:
        write_split(split, survey, file)
    test = draw_data_set(tmp_path / "test", photos=4, seed=2)
    (test / "train" / STRIPES_DOWN / "copy.jpg").write_bytes(survey.data.paths[5].read_bytes())
    parts = parts_of(data, test=test, split=tmp_path / "split.csv")
    training, validation, _ = paths_of(parts)
    assert parts.left_out == 3 and not {survey.data.paths[index] for index in (4, 5, 6)} & (training | validation)


@pytest.mark.parametrize("beside_test", [False, True])
def test_a_split_says_what_is_tested_or_validated(tmp_path: Path, beside_test: bool) -> None:
    data = draw_data_set(tmp_path / "data", photos=10, seed=1)
    _, survey = finish(survey_photos(read_data_set((data,))))
    split = make_split(survey.data.targets, np.arange(20), held_out_share=0.3, folds=0, seed=7)
    with (tmp_path / "split.csv").open("w", encoding="utf-8", newline="") as file:
        write_split(split, survey, file)
    held_out = {survey.data.paths[index] for index in split.held_out_indices}
    test = draw_data_set(tmp_path / "test", photos=4, seed=2) if beside_test else None
    training, validation, testing = paths_of(parts_of(data, test=test, split=tmp_path / "split.csv"))
    assert held_out == (validation if beside_test else testing)
    assert not training & held_out and validation


def test_a_class_that_a_part_lacks_is_named(tmp_path: Path) -> None:
    data = draw_data_set(tmp_path / "data", photos=8, seed=3)
    assert not list(parts_of(data).notes())
    for photo in sorted((data / "train" / STRIPES_DOWN).iterdir())[1:]:
        photo.unlink()
    assert [note.en.split("; add")[0] for note in parts_of(data).notes()] == [
        f"There are no {part} photos of these classes: '{STRIPES_DOWN}'. They are trained, but how well is not known "
        "from these"
        for part in ("validation", "test")
    ]
    test = draw_data_set(tmp_path / "test", photos=4, seed=4)
    (note,) = parts_of(data, test=test).notes()
    assert "no validation photos" in note.en and "검증용 사진이 한 장도 없는 분류" in note.ko


def test_what_is_odd_of_the_folders_is_told(tmp_path: Path) -> None:
    data, test = (draw_data_set(tmp_path / name, photos=8, seed=seed) for seed, name in enumerate(["data", "test"]))
    (data / "train" / "loose.jpg").write_bytes(b"x")
    folder = test / "train" / STRIPES_DOWN
    (folder / "more").mkdir()
    (folder / "0.jpg").rename(folder / "more" / "0.jpg")
    beside, nested = parts_of(data, test=test).notes()
    assert "take no part: 1;" in beside.en and "in subfolders of class folders: 1;" in nested.en


def test_too_few_photos_are_refused(tmp_path: Path) -> None:
    data = draw_data_set(tmp_path / "data", photos=1, seed=1)
    with pytest.raises(DataSetError, match="too few photos to divide"):
        parts_of(data)
