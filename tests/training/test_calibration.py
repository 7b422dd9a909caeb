from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from defect_desktop.core.decision import Thresholds, decide
from defect_desktop.core.prediction import AS_IT_IS, Prediction, Temperature
from defect_desktop.training.calibration import (
    TEMPERATURES,
    Evidence,
    calibrate,
    choose_thresholds,
    exit_early,
    fit_temperature,
)
from defect_desktop.training.card_maker import calibrated_card
from defect_desktop.training.early_exit import EarlyExitFit
from defect_desktop.vision.card import parse_card
from defect_desktop.vision.pack import open_pack


def softmax(logits: np.ndarray) -> np.ndarray:
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def ensemble(photos: int, temperature: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Members' softmax (photos, 3, 6) and targets drawn so that `temperature` is the right one for their mean."""
    generator = np.random.default_rng(seed)
    members = softmax(generator.normal(0, 8, (photos, 1, 6)) + generator.normal(0, 0.5, (photos, 3, 6)))
    true = softmax(np.log(members.mean(axis=1)) / temperature)
    targets = np.array([generator.choice(6, p=row) for row in true])
    return members.astype(np.float32), targets


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.5])
def test_a_known_temperature_is_recovered(temperature: float) -> None:
    members, targets = ensemble(4000, temperature)
    found = fit_temperature(members.mean(axis=1, dtype=np.float64), targets)
    assert found.sure == found.unsure == pytest.approx(temperature, rel=0.08)


def test_enough_photos_that_agree_let_the_first_member_answer_alone(tiny_shelf: Path) -> None:
    members, targets = ensemble(700, 1.0)
    members[:] = members[:, :1]
    draft = open_pack(tiny_shelf / "tiny").card
    promised = calibrate(members, targets, error_rate=0.05)
    assert promised.early_exit == EarlyExitFit(sure=float(members.max(axis=2).min()), share=1.0)
    fitted = calibrated_card(draft, promised)
    assert parse_card(fitted.as_json(), "tiny").sure == promised.early_exit.sure
    too_few = calibrated_card(draft, calibrate(members[:500], targets[:500], error_rate=0.05))
    assert (too_few.sure, too_few.format) == (None, draft.format)


ALL_MUST_AGREE = Thresholds(confidence=0.5, margin=0.1, agreement=0.9)


def told(first: float, others_agree: bool, photos: int) -> np.ndarray:
    """The softmax of three members for class 0, the first as sure as that; the others each of their own mind or not."""
    sure = [first, *[(1 - first) / 3] * 3]
    others = [sure, sure] if others_agree else [[0.3, 0.4, 0.2, 0.1], [0.3, 0.1, 0.4, 0.2]]
    return np.tile(np.array([sure, *others], dtype=np.float32), (photos, 1, 1))


def test_no_photo_goes_unchecked_since_the_others_were_not_asked() -> None:
    members = np.concatenate([told(0.9, True, 700), told(0.8, False, 50)])
    fit = exit_early(members, AS_IT_IS, ALL_MUST_AGREE)
    assert fit is not None
    assert 0.8 < fit.sure <= 0.9001
    assert exit_early(members, AS_IT_IS, Thresholds(0.4, 0.1, 0.3)).sure == pytest.approx(0.8)  # nobody need agree


def test_no_picture_of_nothing_goes_unchecked_since_the_others_were_not_asked() -> None:
    photos = np.concatenate([told(0.9, True, 650), told(0.97, True, 650)])
    fit = exit_early(photos, AS_IT_IS, ALL_MUST_AGREE, nothing=told(0.95, False, 1))
    assert fit is not None
    assert fit.sure == pytest.approx(0.97)
    assert exit_early(photos, AS_IT_IS, ALL_MUST_AGREE, nothing=told(0.98, False, 1)) is None


def test_one_member_cannot_exit_early() -> None:
    assert exit_early(told(0.9, True, 1000)[:, :1], AS_IT_IS, ALL_MUST_AGREE) is None


def test_faultless_and_hopeless_softmax_stay_within_bounds() -> None:
    sure = np.array([[0.9, 0.1], [0.1, 0.9]])
    assert TEMPERATURES[0] <= fit_temperature(sure, np.array([0, 1])).sure < 0.2
    assert fit_temperature(sure, np.array([1, 0])).sure == pytest.approx(TEMPERATURES[1], rel=1e-6)
    assert np.isfinite(fit_temperature(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([1, 0])).sure)


def test_pictures_of_nothing_stay_unsure_while_photos_are_sharpened() -> None:
    members, targets = ensemble(2000, 0.5)
    mean = members.mean(axis=1, dtype=np.float64)
    guesses = softmax(np.random.default_rng(2).normal(0, 0.3, (300, 6)))
    alone, with_guesses = fit_temperature(mean, targets), fit_temperature(mean, targets, guesses)
    assert alone.scale(guesses).max(axis=1).mean() > guesses.max(axis=1).mean() + 0.05
    assert with_guesses.scale(guesses).max(axis=1).mean() < guesses.max(axis=1).mean() + 0.02
    assert with_guesses.sure < 0.8 < with_guesses.unsure


@pytest.mark.parametrize("error_rate", [0.01, 0.05])
def test_thresholds_meet_the_error_rate_and_keep_it_on_new_photos(error_rate: float) -> None:
    members, targets = ensemble(3000, 1.0)
    calibration = calibrate(members, targets, error_rate)
    assert calibration.photos == 3000
    assert calibration.unchecked_mistakes <= error_rate * calibration.unchecked
    assert calibration.unchecked > 1000

    fresh, fresh_targets = ensemble(3000, 1.0, seed=1)
    evidence = Evidence.gather(fresh, fresh_targets, calibration.temperature)
    unchecked = evidence.unchecked(calibration.thresholds)
    assert (~evidence.right[unchecked]).mean() < 2 * error_rate


def test_the_evidence_is_what_the_decision_rules_say() -> None:
    members, targets = ensemble(50, 1.0)
    evidence = Evidence.gather(members, targets, temperature=Temperature(1.7, 1.2))
    thresholds = Thresholds(confidence=0.7, margin=0.5, agreement=0.9)
    unchecked = evidence.unchecked(thresholds)
    for index, photo in enumerate(members):
        verdict = decide(Prediction(photo), list("abcdef"), Temperature(1.7, 1.2), thresholds)
        assert verdict.confidence == pytest.approx(evidence.confidence[index])
        assert verdict.margin == pytest.approx(evidence.margin[index])
        assert verdict.needs_check != unchecked[index]
        assert (verdict.label == "abcdef"[targets[index]]) == evidence.right[index]


def test_few_photos_promise_nothing() -> None:
    members = np.full((20, 3, 2), [0.95, 0.05], dtype=np.float32)
    calibration = calibrate(members, np.zeros(20, dtype=np.int64), error_rate=0.01)
    assert calibration.unchecked == 0 and calibration.thresholds == Thresholds(1.0, 1.0, 1.0)


def test_where_all_are_to_be_checked_even_certain_photos_are() -> None:
    certain = np.tile(np.array([1.0, 0.0], dtype=np.float32), (20, 3, 1))
    evidence = Evidence.gather(certain, np.ones(20, dtype=np.int64), Temperature(1.0, 1.0))
    assert evidence.unchecked(choose_thresholds(evidence, members=3, error_rate=0.01)).sum() == 0


def test_the_strictest_of_equal_thresholds_is_taken() -> None:
    evidence = Evidence(
        confidence=np.full(500, 0.805),
        margin=np.full(500, 0.605),
        agreement=np.ones(500),
        right=np.ones(500, bool),
        group=np.arange(500),
    )
    thresholds = choose_thresholds(evidence, members=3, error_rate=0.01)
    assert (thresholds.confidence, thresholds.margin) == (pytest.approx(0.8), pytest.approx(0.6))
    assert thresholds.agreement == pytest.approx(5 / 6)


def test_members_that_disagree_are_stopped_where_they_are_the_ones_that_err() -> None:
    agreement = np.repeat([1.0, 2 / 3], [400, 50])
    evidence = Evidence(np.full(450, 0.9), np.full(450, 0.8), agreement, agreement == 1.0, np.arange(450))
    assert evidence.unchecked(choose_thresholds(evidence, members=3, error_rate=0.01)).sum() == 400


@pytest.mark.parametrize(("shots", "promised"), [(40, False), (1, True)])
def test_shots_of_one_wall_are_one_piece_of_evidence(shots: int, promised: bool) -> None:
    members = np.tile(np.float32([0.96, 0.02, 0.02]), (800, 3, 1))
    found = calibrate(members, np.zeros(800, dtype=np.int64), 0.01, groups=np.arange(800) // shots)
    assert (found.unchecked > 0, found.early_exit is not None) == (promised, promised)


def test_one_wrong_shot_makes_a_wall_a_mistake() -> None:
    right = np.ones(400, dtype=np.bool_)
    right[::4] = False
    alike = np.full(400, 0.9)
    evidence = Evidence(alike, alike, np.ones(400), right, np.arange(400) // 4)
    assert evidence.unchecked(choose_thresholds(evidence, members=3, error_rate=0.5)).sum() == 0
    apart = dataclasses.replace(evidence, group=np.arange(400))
    assert evidence.unchecked(choose_thresholds(apart, members=3, error_rate=0.5)).sum() == 400
