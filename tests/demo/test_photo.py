"""Drawing: the same chance gives the same picture, and every class draws at every size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from defect_desktop.core.taxonomy import CONTEST_CLASSES
from defect_desktop.demo.defects import DEFECTS
from defect_desktop.demo.photo import LARGEST_DRAWN, draw_photo

LABELS = [defect.label for defect in CONTEST_CLASSES]


def draw(label: str, seed: int, size: tuple[int, int] = (120, 160)) -> np.ndarray:
    return draw_photo(label, np.random.default_rng(seed), size)


def test_every_contest_class_has_a_drawer():
    assert set(DEFECTS) == set(LABELS)


@pytest.mark.parametrize("label", LABELS)
def test_each_class_draws_at_several_sizes(label: str):
    for seed, size in enumerate([(64, 64), (97, 211), (240, 180)]):
        picture = draw(label, seed, size)
        assert picture.shape == (*size, 3)
        assert picture.dtype == np.uint8
        assert picture.std() > 2, "an empty picture"


@settings(max_examples=40, deadline=None)
@given(
    label=st.sampled_from(LABELS), seed=st.integers(0, 2**32), rows=st.integers(60, 200), columns=st.integers(60, 200)
)
def test_any_seed_and_size_draws(label: str, seed: int, rows: int, columns: int):
    assert draw(label, seed, (rows, columns)).shape == (rows, columns, 3)


@pytest.mark.parametrize("label", LABELS)
def test_the_seed_decides_the_picture(label: str):
    assert np.array_equal(draw(label, 1), draw(label, 1))
    assert not np.array_equal(draw(label, 1), draw(label, 2))


def test_a_large_photo_is_enlarged_and_gets_noise_of_its_own_size():
    size = (1000, 1400)
    assert size[0] * size[1] > LARGEST_DRAWN
    picture = draw("오염", 4, size).astype(float)
    assert picture.shape == (*size, 3)
    neighbours = np.abs(np.diff(picture[:, :, 1], axis=1))
    assert neighbours.mean() > 3, "interpolated pixels without sensor noise"
