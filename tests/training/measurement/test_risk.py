from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from defect_desktop.training.measurement.risk import risk_coverage

VERDICTS = st.lists(st.tuples(st.sampled_from([0.2, 0.5, 0.7, 0.9, 1.0]), st.booleans()), min_size=1, max_size=40)


def test_the_curve_is_worked_out_by_hand() -> None:
    found = risk_coverage(np.array([0.6, 0.9, 0.8, 0.7]), np.array([False, True, False, True]))
    assert found.coverage == pytest.approx([0.25, 0.5, 0.75, 1.0])
    assert found.risk == pytest.approx([0, 1 / 2, 1 / 3, 2 / 4])
    assert found.area == pytest.approx((1 / 2 + 1 / 3 + 1 / 2) / 4)
    assert found.best_area == pytest.approx((1 / 3 + 2 / 4) / 4)
    assert found.random_area == 0.5
    assert [found.risk_at(share) for share in (0.01, 0.25, 0.26, 0.75, 1.0)] == pytest.approx(
        [0, 0, 1 / 2, 1 / 3, 1 / 2]
    )


@given(VERDICTS, st.randoms())
def test_neither_the_order_of_the_photos_nor_of_equally_sure_ones_matters(
    verdicts: list[tuple[float, bool]], chance: object
) -> None:
    shuffled = list(verdicts)
    chance.shuffle(shuffled)
    first, second = (
        risk_coverage(*(np.array(column) for column in zip(*each, strict=True))) for each in (verdicts, shuffled)
    )
    assert first.risk == pytest.approx(second.risk)


@given(VERDICTS)
def test_the_area_is_never_below_the_best_and_the_curve_ends_at_the_error_rate(
    verdicts: list[tuple[float, bool]],
) -> None:
    confidence, right = (np.array(column) for column in zip(*verdicts, strict=True))
    found = risk_coverage(confidence, right)
    assert found.best_area <= found.area + 1e-12
    assert found.risk[-1] == pytest.approx(found.random_area) == pytest.approx((~right).mean())
    assert risk_coverage(right.astype(float), right).area == pytest.approx(found.best_area)
    assert risk_coverage(np.full(len(right), 0.5), right).area == pytest.approx(found.random_area)
