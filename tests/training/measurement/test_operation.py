from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from defect_desktop.core.decision import Thresholds
from defect_desktop.training.calibration import Evidence
from defect_desktop.training.measurement.operation import choose, operate


def evidence(photos: int, seed: int) -> Evidence:
    """Photos whose confidence means what it says."""
    generator = np.random.default_rng(seed)
    confidence = 1 - 0.7 * generator.random(photos) ** 3
    right = generator.random(photos) < confidence
    return Evidence(confidence, 2 * confidence - 1, generator.choice([2 / 3, 1.0], photos), right, np.arange(photos))


def test_what_thresholds_do_is_counted_by_hand() -> None:
    photos = Evidence(
        confidence=np.array([0.9, 0.9, 0.9, 0.4]),
        margin=np.array([0.8, 0.8, 0.1, 0.1]),
        agreement=np.ones(4),
        right=np.array([True, False, False, True]),
        group=np.arange(4),
    )
    found = operate(photos, Thresholds(0.5, 0.5, 0.5))
    assert (found.photos, found.unchecked, found.mistakes) == (4, 2, 1)
    assert (found.unchecked_share, found.error_rate) == (0.5, 0.5)
    assert operate(photos, Thresholds(1.0, 1.0, 1.0)).error_rate is None


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 400), st.integers(0, 5), st.sampled_from([0.01, 0.05, 0.2]))
def test_the_choice_keeps_its_error_rate_where_it_was_made(photos: int, seed: int, error_rate: float) -> None:
    found = choose(evidence(photos, seed), 3, error_rate, seed)
    assert found.here.mistakes <= error_rate * found.here.unchecked
    assert found.here == operate(evidence(photos, seed), found.thresholds)
    assert found.elsewhere.photos == found.here.photos == photos


def test_cross_validation_expects_what_new_photos_then_show() -> None:
    few = choose(evidence(500, 1), 3, 0.05, seed=0)
    new = operate(evidence(20_000, 2), few.thresholds)
    assert few.elsewhere.error_rate == pytest.approx(new.error_rate, abs=0.025)
    assert few.elsewhere.unchecked_share == pytest.approx(new.unchecked_share, abs=0.1)


def test_copies_cannot_vouch_for_each_other() -> None:
    # Every photo is there a hundred times, and one is wrong.
    confidence = np.repeat([0.99, 0.95, 0.85, 0.8, 0.7, 0.9], 100)
    right = np.repeat([True, True, True, True, True, False], 100)
    one_by_one = Evidence(confidence, confidence, np.ones(600), right, np.arange(600))
    copies = replace(one_by_one, group=np.repeat(np.arange(6), 100))
    apart, together = (choose(each, 1, 0.02, seed=0) for each in (one_by_one, copies))
    assert apart.here.unchecked > 0 == together.here.unchecked == together.elsewhere.unchecked
