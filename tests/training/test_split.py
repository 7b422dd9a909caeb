from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from defect_desktop.training.split import bootstrap, hold_out

TARGETS = np.repeat(np.arange(4), [100, 20, 3, 1])


@given(st.lists(st.integers(0, 4), min_size=1, max_size=60), st.floats(0.01, 0.99), st.integers(0, 1000))
def test_every_photo_is_on_one_side_and_every_class_trains(classes: list[int], share: float, seed: int) -> None:
    targets = np.array(classes, dtype=np.int64)
    training, held_out = hold_out(targets, share, seed)
    assert sorted([*training, *held_out]) == list(range(len(targets)))
    assert set(targets[training]) == set(classes)
    assert {int(each) for each in targets[held_out]} == {each for each in classes if classes.count(each) > 1}


def test_each_class_gives_its_share() -> None:
    _, held_out = hold_out(TARGETS, 0.1, seed=3)
    assert np.bincount(TARGETS[held_out], minlength=4).tolist() == [10, 2, 1, 0]


def test_the_seed_decides_the_split() -> None:
    assert np.array_equal(hold_out(TARGETS, 0.1, 3)[1], hold_out(TARGETS, 0.1, 3)[1])
    assert not np.array_equal(hold_out(TARGETS, 0.1, 3)[1], hold_out(TARGETS, 0.1, 4)[1])


def test_a_bootstrap_sample_keeps_the_class_sizes_and_repeats_photos() -> None:
    sample = bootstrap(TARGETS, seed=1)
    assert np.array_equal(np.bincount(TARGETS[sample]), np.bincount(TARGETS))
    assert 0.55 < len(np.unique(sample[:100])) / 100 < 0.72  # 1 - 1/e of the photos are expected to be drawn
    assert np.array_equal(sample, bootstrap(TARGETS, seed=1))
    assert not np.array_equal(sample, bootstrap(TARGETS, seed=2))
