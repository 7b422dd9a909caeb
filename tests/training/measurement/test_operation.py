from __future__ import annotations

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
    return Evidence(confidence, 2 * confidence - 1, generator.choice([2 / 3, 1.0], photos), right)


def test_what_thresholds_do_is_counted_by_hand() -> None:
    photos = Evidence(
        confidence=np.array([0.9, 0.9, 0.9, 0.4]),
        margin=np.array([0.8, 0.8, 0.1, 0.1]),
        agreement=np.ones(4),
        right=np.array([True, False, False, True]),
    )
    found = operate(photos, Thresholds(0.5, 0.5, 0.5))
    assert (found.photos, found.unchecked, found.mistakes) == (4, 2, 1)
    assert (found.unchecked_share, found.error_rate) == (0.5, 0.5)
    assert operate(photos, Thresholds(1.0, 1.0, 1.0)).error_rate is None


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 400), st.integers(0, 5), st.sampled_from([0.01, 0.05, 0.2]))
def test_the_choice_keeps_its_error_rate_where_it_was_made(photos: int, seed: int, error_rate: float) -> None:
    found = choose(evidence(photos, seed), 3, error_rate, np.arange(photos), seed)
    assert found.here.mistakes <= error_rate * found.here.unchecked
    assert found.here == operate(evidence(photos, seed), found.thresholds)
    assert found.elsewhere.photos == found.here.photos == photos


def test_cross_validation_expects_what_new_photos_then_show() -> None:
    few = choose(evidence(500, 1), 3, 0.05, np.arange(500), seed=0)
    new = operate(evidence(20_000, 2), few.thresholds)
    assert few.elsewhere.error_rate == pytest.approx(new.error_rate, abs=0.025)
    assert few.elsewhere.unchecked_share == pytest.approx(new.unchecked_share, abs=0.1)


def test_copies_cannot_vouch_for_each_other() -> None:
    # Every photo is there a hundred times, and one is wrong. Apart, its own copies would tell the thresholds.
    confidence = np.repeat([0.99, 0.95, 0.85, 0.8, 0.7, 0.9], 100)
    right = np.repeat([True, True, True, True, True, False], 100)
    copies = Evidence(confidence, confidence, np.ones(600), right)
    together = choose(copies, 1, 0.02, np.repeat(np.arange(6), 100), seed=0)
    apart = choose(copies, 1, 0.02, np.arange(600), seed=0)
    assert apart.elsewhere.mistakes == 0 < together.elsewhere.mistakes
