from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from defect_desktop.training.data.split import ALWAYS_TRAINS, make_split
from defect_desktop.training.inspection.label_errors import agreement, out_of_fold, suspicions
from tests.training.stripes import finish

CLASSES, PHOTOS, FLIPPED = 4, 240, 12


@pytest.fixture(scope="module")
def clouds() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features of four classes; labels, some of them flipped; and which ones those are."""
    generator = np.random.default_rng(3)
    truth = np.arange(PHOTOS) % CLASSES
    features = generator.normal(0, 1, (PHOTOS, 20)) + 4 * generator.normal(0, 1, (CLASSES, 20))[truth]
    flipped = generator.choice(PHOTOS, FLIPPED, replace=False)
    labels = truth.copy()
    labels[flipped] = (labels[flipped] + generator.integers(1, CLASSES, FLIPPED)) % CLASSES
    return features.astype(np.float32), labels, flipped


def test_flipped_labels_are_doubted_first(clouds: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    features, labels, flipped = clouds
    split = make_split(labels, np.arange(PHOTOS), held_out_share=0.15, folds=5, seed=0)
    moments, probabilities = finish(out_of_fold(features, labels, split))
    assert moments == [1, 2, 3, 4, 5, 6]
    assert np.allclose(probabilities.sum(axis=1), 1)
    found = suspicions(probabilities, labels)
    right = [each for each in found[:FLIPPED] if each.index in flipped]
    assert len(right) >= FLIPPED - 2  # which of two close ones comes first may differ between processors
    assert [each.suggested for each in right] == [each.index % CLASSES for each in right]
    assert 0.9 < agreement(probabilities, labels) < 1


def test_photos_of_a_class_too_small_are_not_judged() -> None:
    labels = np.array([0] * 20 + [1] * 20 + [2])
    features = np.random.default_rng(0).normal(labels[:, None], 0.1, (41, 3)).astype(np.float32)
    split = make_split(labels, np.arange(41), held_out_share=0.15, folds=3, seed=0)
    _, probabilities = finish(out_of_fold(features, labels, split))
    assert split.places[40] == ALWAYS_TRAINS and np.isnan(probabilities[40]).all()
    assert not np.isnan(probabilities[:40]).any() and suspicions(probabilities, labels) == []


PROBABILITIES = arrays.arrays(np.float64, st.tuples(st.integers(1, 30), st.just(3)), elements=st.floats(0.01, 1))


@given(PROBABILITIES, st.randoms(use_true_random=False))
def test_a_doubt_is_always_about_another_class_that_is_likelier(weights: np.ndarray, random: object) -> None:
    probabilities = weights / weights.sum(axis=1, keepdims=True)
    labels = np.array([random.randrange(3) for _ in weights])  # type: ignore[attr-defined]
    found = suspicions(probabilities, labels)
    for each in found:
        assert each.suggested != labels[each.index]
        assert each.own == probabilities[each.index, labels[each.index]] < probabilities[each.index].max()
        mean = probabilities[labels == each.suggested, each.suggested].mean()
        assert each.other == probabilities[each.index, each.suggested] >= mean
    assert [each.own for each in found] == sorted(each.own for each in found)


def test_a_class_without_photos_is_never_suggested() -> None:
    probabilities = np.array([[0.1, 0.2, 0.7], [0.2, 0.7, 0.1], [0.6, 0.2, 0.2]])
    assert all(each.suggested != 2 for each in suspicions(probabilities, np.array([0, 1, 0])))


def test_nothing_judged_agrees_with_nothing() -> None:
    nothing = np.full((3, 2), np.nan)
    assert agreement(nothing, np.array([0, 1, 0])) == 0 and suspicions(nothing, np.array([0, 1, 0])) == []
