from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from defect_desktop.training.measurement.reliability import BINS, reliability


def test_the_error_is_worked_out_by_hand() -> None:
    found = reliability(np.array([0.55, 0.58, 0.95, 1.0]), np.array([True, False, True, True]))
    assert [(each.photos, each.confidence, each.accuracy) for each in found.bins] == [
        (2, pytest.approx(0.565), 0.5),
        (2, pytest.approx(0.975), 1.0),
    ]
    assert found.ece == pytest.approx((2 * 0.065 + 2 * 0.025) / 4)


def test_a_confidence_that_means_what_it_says_has_a_small_error() -> None:
    generator = np.random.default_rng(0)
    confidence = generator.uniform(0.1, 1.0, 20_000)
    right = generator.random(20_000) < confidence
    assert reliability(confidence, right).ece < 0.015
    assert reliability(np.minimum(1.0, confidence + 0.2), right).ece > 0.1


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_every_photo_is_in_one_bin_that_holds_its_confidence(verdicts: list[tuple[float, bool]]) -> None:
    confidence, right = (np.array(column) for column in zip(*verdicts, strict=True))
    found = reliability(confidence, right)
    assert sum(each.photos for each in found.bins) == len(verdicts)
    assert sum(each.photos * each.accuracy for each in found.bins) == pytest.approx(right.sum())
    assert all(each.low - 1e-9 <= each.confidence <= each.high + 1e-9 for each in found.bins)
    assert all(each.high - each.low == pytest.approx(1 / BINS) for each in found.bins)
    assert 0 <= found.ece <= 1
