from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from sklearn.metrics import accuracy_score, f1_score

from defect_desktop.training.measurement.intervals import (
    Interval,
    bootstrap,
    f1_interval,
    percentile_interval,
    share_interval,
)
from defect_desktop.training.metrics import ClassScore, score


def answered(photos: int, rate: float, classes: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """True classes, and answers of which a share `rate` is right."""
    generator = np.random.default_rng(seed)
    targets = generator.integers(0, classes, photos)
    wrong = (targets + generator.integers(1, classes, photos)) % classes
    return targets, np.where(generator.random(photos) < rate, targets, wrong)


def width(interval: Interval) -> float:
    return interval.high - interval.low


@given(st.integers(1, 400), st.data())
def test_the_interval_of_a_share_is_the_librarys(trials: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, trials))
    ours, theirs = share_interval(hits, trials), binomtest(hits, trials).proportion_ci(method="wilson")
    assert (ours.low, ours.high) == (pytest.approx(theirs.low, abs=1e-9), pytest.approx(theirs.high, abs=1e-9))
    assert 0 <= ours.low <= hits / trials <= ours.high <= 1


@given(st.integers(0, 300), st.integers(0, 300), st.data())
def test_the_interval_of_an_f1_holds_it_and_is_never_a_point(support: int, said: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, min(support, said)))
    f1 = 2 * right / max(1, support + said)
    interval = f1_interval(ClassScore("a", 0.0, 0.0, f1, support, said, right))
    assert 0 <= interval.low <= f1 + 1e-12 and f1 - 1e-12 <= interval.high <= 1
    assert width(interval) > 0.005


def test_twenty_faultless_photos_promise_no_faultless_class() -> None:
    assert f1_interval(ClassScore("a", 1.0, 1.0, 1.0, 20, 20, 20)).low == pytest.approx(0.912, abs=5e-4)


def test_resamples_that_all_agree_know_no_interval() -> None:
    targets = np.repeat([0, 1], 30)
    (found,) = bootstrap(targets, [targets], np.arange(60), seed=0, draws=50)
    assert percentile_interval(found.macro_f1) is None


def test_resamples_are_scored_as_the_library_scores() -> None:
    targets, answers = answered(60, 0.7, 4, seed=1)
    # With one group a class, every resample is the data itself.
    (found,) = bootstrap(targets, [answers], groups=np.zeros(60, dtype=np.int64), seed=0, draws=3)
    for drawn, expected in (
        (found.weighted_f1, f1_score(targets, answers, average="weighted")),
        (found.macro_f1, f1_score(targets, answers, average="macro")),
        (found.accuracy, accuracy_score(targets, answers)),
    ):
        assert drawn == pytest.approx([expected] * 3)


def test_a_class_that_is_only_said_counts_in_the_macro_f1() -> None:
    targets, answers = np.array([0, 0, 1]), np.array([0, 3, 1])
    (found,) = bootstrap(targets, [answers], groups=np.zeros(3, dtype=np.int64), seed=0, draws=2)
    assert found.macro_f1 == pytest.approx([score(targets, answers, ("a", "b", "c", "d")).macro_f1] * 2)


def test_a_rare_class_is_in_every_resample() -> None:
    targets = np.repeat([0, 1], [500, 2])
    (found,) = bootstrap(targets, [targets], groups=np.arange(502), seed=0, draws=300)
    assert found.macro_f1 == pytest.approx(np.ones(300))


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    held = 0
    for seed in range(200):
        targets, answers = answered(150, 0.8, 3, seed)
        (found,) = bootstrap(targets, [answers], np.arange(150), seed=seed, draws=300)
        interval = percentile_interval(found.accuracy)
        held += interval.low <= 0.8 <= interval.high
    assert 178 <= held <= 198


def test_copies_of_a_photo_promise_no_more_than_the_photo() -> None:
    targets, answers = answered(120, 0.8, 3, seed=4)
    copies = [np.repeat(each, 6) for each in (targets, answers, np.arange(120))]

    def macro(targets: np.ndarray, answers: np.ndarray, groups: np.ndarray) -> float:
        return width(percentile_interval(bootstrap(targets, [answers], groups, seed=0)[0].macro_f1))

    once = macro(targets, answers, np.arange(120))
    assert macro(*copies) == pytest.approx(once, rel=0.1)
    assert macro(copies[0], copies[1], np.arange(720)) < 0.5 * once


def test_answers_are_compared_on_the_same_resamples_and_a_seed_repeats_them() -> None:
    targets, answers = answered(90, 0.8, 3, seed=2)
    first, second = bootstrap(targets, [answers, answers], np.arange(90), seed=7, draws=250)
    (again,) = bootstrap(targets, [answers], np.arange(90), seed=7, draws=250)
    (other,) = bootstrap(targets, [answers], np.arange(90), seed=8, draws=250)
    assert len(first.macro_f1) == 250
    assert (first.macro_f1 == second.macro_f1).all() and (first.macro_f1 == again.macro_f1).all()
    assert (first.macro_f1 != other.macro_f1).any()
    interval = percentile_interval(first.macro_f1)
    assert interval.low < f1_score(targets, answers, average="macro") < interval.high
