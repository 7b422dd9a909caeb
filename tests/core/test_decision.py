from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from defect_desktop.core.decision import CheckReason, Thresholds, decide
from defect_desktop.core.prediction import AS_IT_IS, Prediction, Temperature

temperatures = st.builds(Temperature, st.floats(0.2, 5.0), st.floats(0.2, 5.0))
NEVER = Thresholds(confidence=0.0, margin=0.0, agreement=0.0)


def prediction(*rows: list[float]) -> Prediction:
    return Prediction(np.array(rows, dtype=np.float32))


@st.composite
def predictions(draw: st.DrawFn) -> Prediction:
    shape = draw(st.tuples(st.integers(1, 5), st.integers(2, 20)))
    raw = draw(hnp.arrays(np.float64, shape, elements=st.floats(1e-6, 1.0)))
    return Prediction((raw / raw.sum(axis=1, keepdims=True)).astype(np.float32))


def test_the_members_are_averaged() -> None:
    verdict = decide(prediction([0.6, 0.3, 0.1], [0.2, 0.7, 0.1]), "abc", AS_IT_IS, NEVER)
    assert [ranked.label for ranked in verdict.top] == ["b", "a", "c"]
    assert verdict.confidence == pytest.approx(0.5)
    assert verdict.margin == pytest.approx(0.1)
    assert verdict.agreement == 0.5


@given(predictions(), temperatures)
def test_a_temperature_never_changes_the_order(given: Prediction, temperature: Temperature) -> None:
    plain, calibrated = given.calibrated(AS_IT_IS), given.calibrated(temperature)
    assert calibrated.sum() == pytest.approx(1.0)
    assert plain.argmax() == calibrated.argmax()
    assert plain == pytest.approx(given.members.mean(axis=0), abs=1e-5)


@given(predictions(), st.floats(1.5, 5.0), st.floats(1.5, 5.0))
def test_a_high_temperature_makes_the_verdict_less_sure(given: Prediction, sure: float, unsure: float) -> None:
    assert given.calibrated(Temperature(sure, unsure)).max() <= given.calibrated(AS_IT_IS).max() + 1e-9


def test_what_is_known_is_sharpened_and_a_guess_is_not() -> None:
    temperature = Temperature(sure=0.5, unsure=1.0)
    known, guess = prediction([0.8, 0.1, 0.1]), prediction([0.36, 0.32, 0.32])
    assert known.calibrated(temperature).max() > 0.87
    assert guess.calibrated(temperature).max() == pytest.approx(0.36, abs=0.001)


@given(predictions())
def test_a_verdict_is_consistent(given: Prediction) -> None:
    labels = [str(index) for index in range(given.members.shape[1])]
    verdict = decide(given, labels, AS_IT_IS, NEVER)
    probabilities = [ranked.probability for ranked in verdict.top]
    assert probabilities == sorted(probabilities, reverse=True)
    assert len(verdict.top) == min(3, len(labels))
    assert 1 / len(given.members) <= verdict.agreement <= 1 or verdict.agreement == 0
    assert not verdict.needs_check


@pytest.mark.parametrize(
    ("thresholds", "reason"),
    [
        (Thresholds(0.7, 0.0, 0.0), CheckReason.LOW_CONFIDENCE),
        (Thresholds(0.0, 0.5, 0.0), CheckReason.CLOSE_SECOND),
        (Thresholds(0.0, 0.0, 0.6), CheckReason.MEMBERS_DISAGREE),
    ],
)
def test_each_threshold_asks_for_a_check(thresholds: Thresholds, reason: CheckReason) -> None:
    verdict = decide(prediction([0.9, 0.1], [0.4, 0.6]), "ab", AS_IT_IS, thresholds)
    assert verdict.check_reasons == (reason,)
    assert verdict.needs_check


def test_members_that_all_agree_satisfy_the_strictest_threshold() -> None:
    unanimous = prediction([0.75, 0.25], [0.6, 0.4], [0.9, 0.1])
    assert not decide(unanimous, "ab", AS_IT_IS, Thresholds(0.0, 0.0, agreement=1.0)).needs_check


def test_where_every_photo_is_to_be_checked_certainty_is_no_excuse() -> None:
    certain = prediction([1.0, 0.0], [1.0, 0.0])
    verdict = decide(certain, "ab", AS_IT_IS, Thresholds(confidence=1.0, margin=1.0, agreement=1.0))
    assert verdict.confidence == 1.0 and verdict.needs_check
