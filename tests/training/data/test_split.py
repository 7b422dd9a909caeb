from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from defect_desktop.errors import DataSetError
from defect_desktop.training.data.split import ALWAYS_TRAINS, HELD_OUT, Split, make_split

TARGETS = np.repeat(np.arange(4), [100, 20, 3, 1])
ALONE = np.arange(len(TARGETS))

# Photos as (class, group): groups may hold photos of several classes, as near-duplicates with wrong labels do.
PHOTOS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 25)), min_size=1, max_size=80)


def arrays(photos: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    targets, groups = np.array(photos, dtype=np.int64).T
    return targets, groups


def classes_of_one_label(photos: list[tuple[int, int]]) -> bool:
    return len({group for _, group in photos}) == len(set(photos))


@given(PHOTOS, st.floats(0, 0.9), st.integers(0, 1000))
def test_no_group_crosses_and_every_class_trains(photos: list[tuple[int, int]], share: float, seed: int) -> None:
    targets, groups = arrays(photos)
    split = make_split(targets, groups, held_out_share=share, folds=0, seed=seed)
    training, held_out = split.training_indices, split.held_out_indices
    assert sorted([*training, *held_out]) == list(range(len(targets)))
    assert not set(groups[training]) & set(groups[held_out])
    assert set(targets[training]) == set(targets.tolist())
    if share == 0:
        assert not len(held_out)


@given(PHOTOS.filter(classes_of_one_label), st.floats(0.01, 0.5), st.integers(0, 1000))
def test_a_class_of_two_groups_is_held_out_too(photos: list[tuple[int, int]], share: float, seed: int) -> None:
    targets, groups = arrays(photos)
    split = make_split(targets, groups, held_out_share=share, folds=0, seed=seed)
    several = {each for each in targets.tolist() if len(set(groups[targets == each])) > 1}
    assert set(targets[split.held_out_indices].tolist()) == several


@given(PHOTOS, st.integers(2, 6), st.integers(0, 1000))
def test_folds_divide_what_trains(photos: list[tuple[int, int]], folds: int, seed: int) -> None:
    targets, groups = arrays(photos)
    try:
        split = make_split(targets, groups, held_out_share=0.2, folds=folds, seed=seed)
    except DataSetError:
        return
    validated: list[int] = []
    for fold in range(folds):
        training, validating = split.fold_indices(fold)
        assert len(validating) and not set(groups[training]) & set(groups[validating])
        assert set(targets[training]) == set(targets.tolist())
        assert not set(training) & set(split.held_out_indices)
        validated.extend(validating)
    always = np.flatnonzero(split.places == ALWAYS_TRAINS)
    assert sorted([*validated, *always]) == split.training_indices.tolist()


def test_each_class_gives_its_share() -> None:
    split = make_split(TARGETS, ALONE, held_out_share=0.1, folds=4, seed=3)
    assert np.bincount(TARGETS[split.held_out_indices], minlength=4).tolist() == [10, 2, 1, 0]
    for fold in range(4):
        _, validating = split.fold_indices(fold)
        assert abs(np.bincount(TARGETS[validating], minlength=4) - [22.5, 4.5, 0.5, 0]).max() <= 1
    assert split.places[-1] == ALWAYS_TRAINS


def test_a_large_group_is_not_held_out_where_smaller_ones_do() -> None:
    targets = np.zeros(60, dtype=np.int64)
    groups = np.array([0] * 40 + list(range(1, 21)))
    for seed in range(20):
        split = make_split(targets, groups, held_out_share=0.1, folds=0, seed=seed)
        assert len(split.held_out_indices) == 6


def test_the_seed_decides_the_split() -> None:
    def places(seed: int) -> list[int]:
        return make_split(TARGETS, ALONE, held_out_share=0.1, folds=3, seed=seed).places.tolist()

    assert places(3) == places(3) != places(4)


@pytest.mark.parametrize(("photos", "folds"), [(3, 4), (1, 2)])
def test_too_few_photos_for_the_folds_are_told(photos: int, folds: int) -> None:
    targets = np.repeat(np.arange(2), photos)
    with pytest.raises(DataSetError, match=f"for {folds} folds"):
        make_split(targets, np.arange(len(targets)), held_out_share=0.0, folds=folds, seed=0)


def test_what_is_held_out_is_in_no_fold() -> None:
    split = Split(groups=np.arange(4), places=np.array([HELD_OUT, 0, 1, ALWAYS_TRAINS]), folds=2)
    assert [part.tolist() for part in split.fold_indices(0)] == [[2, 3], [1]]
    assert split.training_indices.tolist() == [1, 2, 3]
