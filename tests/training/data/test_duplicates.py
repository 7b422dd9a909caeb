from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from defect_desktop.training.data.data_set import DataSet
from defect_desktop.training.data.duplicates import Duplicates, find_duplicates, particular
from defect_desktop.training.data.survey import Survey, look_at
from tests.training.data.altered import WAYS, altered, drawn, jpeg
from tests.training.stripes import finish


def survey_of(contents: Sequence[bytes]) -> Survey:
    paths = tuple(Path(f"{number}.jpg") for number in range(len(contents)))
    data = DataSet(("훼손",), paths, np.zeros(len(paths), dtype=np.int64))
    return Survey(data, tuple(look_at(content) for content in contents), unreadable=())


def duplicates_of(contents: Sequence[bytes]) -> Duplicates:
    moments, found = finish(find_duplicates(survey_of(contents)))
    assert moments == ([len(contents)] if contents else [])
    return found


def blank_wall(seed: int) -> Image.Image:
    """A lit wall without any pattern, in the noise of a camera."""
    generator = np.random.default_rng(seed)
    light = (
        np.linspace(*generator.uniform(140, 220, 2), 320) + np.linspace(*generator.uniform(-15, 15, 2), 240)[:, None]
    )
    noisy = light[..., None] + generator.normal(0, 3, (240, 320, 3))
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


def one_make(seed: int) -> Image.Image:
    """A product of one make, like hundreds of others but for its own faint scratches."""
    image = drawn(1000)
    generator = np.random.default_rng(seed)
    pen = ImageDraw.Draw(image)
    for _ in range(3):
        start, end = generator.integers(0, 240, 2), generator.integers(0, 240, 2)
        pen.line([*start.tolist(), *end.tolist()], fill=(60, 60, 60), width=3)
    return image


@pytest.mark.parametrize("way", WAYS)
def test_copies_are_found_and_nothing_else(way: str) -> None:
    originals = [drawn(seed) for seed in range(12)]
    found = duplicates_of([*(jpeg(image) for image in originals), *(altered(image, way) for image in originals[:6])])
    assert found.pairs.tolist() == [[number, 12 + number] for number in range(6)]
    assert found.mirrored.tolist() == [way == "mirrored"] * 6
    assert [group.tolist() for group in found.copies()] == [[number, 12 + number] for number in range(6)]
    assert len(np.unique(found.groups)) == 12


def test_blank_walls_are_no_copies_of_each_other() -> None:
    assert not len(duplicates_of([jpeg(blank_wall(seed)) for seed in range(40)]).pairs)


def test_of_photos_without_any_detail_only_equal_files_are_copies() -> None:
    plain = [jpeg(Image.new("RGB", (100, 100), (grey,) * 3)) for grey in (90, 90, 90, 140)]
    found = duplicates_of(plain)
    assert found.pairs.tolist() == [[0, 1], [1, 2]] and found.similarity.tolist() == [1, 1]
    assert [group.tolist() for group in found.copies()] == [[0, 1, 2]]


def test_what_many_photos_share_makes_no_copies() -> None:
    alike = [jpeg(one_make(seed)) for seed in range(60)]
    found = duplicates_of([*alike, jpeg(one_make(7), 60)])
    assert [7, 60] in found.pairs.tolist() and len(found.copies()[0]) <= 4


def test_a_few_copies_are_not_taken_for_what_all_share() -> None:
    details = np.random.default_rng(0).normal(0, 1, (30, 8, 8)).astype(np.float32)
    details[:8] = details[0]
    left = particular(details)
    assert np.corrcoef(left[0].ravel(), (details[0] - details.mean(axis=0)).ravel())[0, 1] > 0.99


def test_labels_that_contradict_each_other_are_listed_surest_first() -> None:
    originals = [drawn(seed) for seed in range(3)]
    copies = [altered(originals[0], "cropped"), altered(originals[1], "equal"), altered(originals[2], "darker")]
    found = duplicates_of([*(jpeg(image) for image in originals), *copies])
    conflicts = found.conflicts(np.array([0, 0, 0, 1, 1, 0]))
    assert found.pairs[conflicts].tolist() == [[1, 4], [0, 3]]


def test_nothing_and_one_photo_are_no_trouble() -> None:
    assert duplicates_of([]).copies() == []
    assert duplicates_of([jpeg(drawn(0))]).groups.tolist() == [0]


@pytest.mark.slow
def test_ten_thousand_photos_are_a_matter_of_seconds() -> None:
    generator = np.random.default_rng(0)
    looks = survey_of([jpeg(drawn(seed)) for seed in range(50)]).looks
    many = tuple(
        dataclasses.replace(
            looks[number % 50],
            content=str(number),
            hashes=generator.random((2, 64)) < 0.5,
            thumbnail=generator.permutation(looks[number % 50].thumbnail.ravel()).reshape(48, 48),
        )
        for number in range(10_000)
    )
    paths = tuple(Path(str(number)) for number in range(10_000))
    survey = Survey(DataSet(("a",), paths, np.zeros(10_000, dtype=np.int64)), many, ())
    moments, found = finish(find_duplicates(survey))
    assert moments[-1] == 10_000 and len(found.pairs) < 5
