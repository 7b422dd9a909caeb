"""The plan: the contest's counts, one path a photo, and seeds that depend on nothing else."""

from __future__ import annotations

import unicodedata
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from defect_desktop.core.taxonomy import CONTEST_COUNTS, CONTEST_TEST_COUNT
from defect_desktop.demo.plan import LABELS, contest_set, contest_test_counts, even_set


def test_the_contest_set_has_the_contests_counts():
    practice_set = contest_set(seed=0)
    assert Counter(photo.label for photo in practice_set.train) == CONTEST_COUNTS
    assert len(practice_set.train) == 3457
    assert len(practice_set.test) == CONTEST_TEST_COUNT == 792


def test_every_class_is_tested_in_the_contests_proportions():
    counts = contest_test_counts()
    assert min(counts.values()) >= 1
    for label in LABELS:
        assert abs(counts[label] - CONTEST_COUNTS[label] * 792 / 3457) <= 1


def test_the_test_order_mixes_the_classes():
    labels = [photo.label for photo in contest_set(seed=0).test]
    assert labels != sorted(labels)
    assert labels != [photo.label for photo in contest_set(seed=1).test]


@given(train=st.integers(0, 4), test=st.integers(0, 4), seed=st.integers(0, 2**40))
def test_paths_are_unique_and_composed(train: int, test: int, seed: int):
    practice_set = even_set(train, test, seed)
    paths = [photo.path for photo in practice_set.train + practice_set.test]
    assert len(set(paths)) == len(paths) == 19 * (train + test)
    assert all(unicodedata.is_normalized("NFC", str(path)) for path in paths)


def test_file_names_follow_the_contest():
    practice_set = even_set(1, 2, seed=0)
    assert {str(photo.path) for photo in practice_set.train} == {f"train/{label}/0.jpg" for label in LABELS}
    assert [str(photo.path) for photo in practice_set.test] == [f"test/{number:03}.jpg" for number in range(38)]


def test_each_photo_has_chance_of_its_own():
    practice_set = even_set(2, 1, seed=0)
    photos = practice_set.train + practice_set.test
    draws = {tuple(photo.generator(seed).integers(0, 2**62, 2)) for photo in photos for seed in (0, 1)}
    assert len(draws) == 2 * len(photos)
    assert np.array_equal(photos[0].generator(5).random(3), photos[0].generator(5).random(3))
