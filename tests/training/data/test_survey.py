from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from defect_desktop.errors import DataSetError, PhotoProblem
from defect_desktop.training.data.data_set import read_data_set
from defect_desktop.training.data.survey import look_at, require_every_class, survey_photos
from tests.photos import ORIENTATION, save_photos
from tests.training.data.altered import drawn, jpeg
from tests.training.stripes import finish


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_photos(tmp_path / "훼손", 3)
    save_photos(tmp_path / "오염", 2, start=10)
    return tmp_path


def test_a_look_measures_the_upright_photo(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    file = tmp_path / "turned.jpg"
    drawn(1).save(file, exif=exif)
    look = look_at(file.read_bytes())
    assert (look.height, look.width) == (320, 240)
    assert look.content == hashlib.sha256(file.read_bytes()).hexdigest()
    assert look.thumbnail.shape == (48, 48) and look.hashes.shape == (2, 64)


def test_brightness_and_sharpness_mean_what_they_say() -> None:
    dark, bright = (look_at(jpeg(Image.new("RGB", (300, 300), (grey,) * 3))) for grey in (20, 240))
    assert (round(dark.brightness), round(bright.brightness)) == (20, 240) and dark.sharpness == 0
    sharp, blurred = look_at(jpeg(drawn(2))), look_at(jpeg(drawn(2).filter(ImageFilter.GaussianBlur(4))))
    assert blurred.sharpness < sharp.sharpness / 4


def test_the_mirror_image_has_the_mirrored_hash() -> None:
    photo = look_at(jpeg(drawn(3)))
    mirrored = look_at(jpeg(drawn(3).transpose(Image.Transpose.FLIP_LEFT_RIGHT)))
    assert np.count_nonzero(photo.hashes[1] != mirrored.hashes[0]) <= 4
    assert np.count_nonzero(photo.hashes[0] != mirrored.hashes[0]) > 16


def test_files_that_are_no_photos_are_set_apart(folder: Path) -> None:
    (folder / "훼손" / "notes.txt").write_bytes(b"no photo")
    (folder / "오염" / "empty.jpg").write_bytes(b"")
    moments, survey = finish(survey_photos(read_data_set([folder])))
    assert moments == list(range(1, 8))
    assert survey.data.counts() == {"오염": 2, "훼손": 3} and len(survey.looks) == 5
    assert [(each.path.name, each.label, each.problem) for each in survey.unreadable] == [
        ("empty.jpg", "오염", PhotoProblem.EMPTY), ("notes.txt", "훼손", PhotoProblem.NOT_AN_IMAGE),
    ]  # fmt: skip


def test_the_fingerprint_follows_content_and_labels_not_names(folder: Path) -> None:
    def fingerprint() -> str:
        return finish(survey_photos(read_data_set([folder])))[1].fingerprint()

    before = fingerprint()
    (folder / "훼손" / "photo 0000.jpg").rename(folder / "훼손" / "z.jpg")
    assert fingerprint() == before
    (folder / "훼손" / "z.jpg").rename(folder / "오염" / "z.jpg")
    assert fingerprint() != before


def test_a_class_without_photos_is_named_with_an_example(folder: Path) -> None:
    (folder / "반점").mkdir()
    (folder / "반점" / "broken.jpg").write_bytes(b"no photo")
    _, survey = finish(survey_photos(read_data_set([folder])))
    with pytest.raises(DataSetError, match=r"'반점' has 0 readable photos; for instance 'broken\.jpg'"):
        require_every_class(survey)


def test_a_class_of_one_photo_is_named_where_two_are_needed(folder: Path) -> None:
    save_photos(folder / "반점", 1, start=20)
    _, survey = finish(survey_photos(read_data_set([folder], labels=("반점", "오염", "훼손", "피스"))))
    require_every_class(survey)
    with pytest.raises(DataSetError, match=r"'반점' has too few photos \(1\)"):
        require_every_class(survey, least=2)
