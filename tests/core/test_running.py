from __future__ import annotations

import numpy as np
import pytest

from defect_desktop.core.prediction import Prediction
from defect_desktop.core.running import SMOOTHING_SECONDS, RunningPrediction

STAIN = Prediction(np.array([[0.9, 0.1], [0.7, 0.3]], np.float32))
TEAR = Prediction(np.array([[0.1, 0.9], [0.2, 0.8]], np.float32))


def test_the_first_frame_is_the_opinion() -> None:
    assert (RunningPrediction().add(STAIN, 1000.0).members == STAIN.members).all()


def test_one_odd_frame_does_not_turn_the_opinion_and_a_second_of_them_does() -> None:
    running = RunningPrediction()
    for frame in range(20):
        running.add(STAIN, frame / 20)
    assert running.add(TEAR, 1.0).members.mean(axis=0).argmax() == 0
    for frame in range(20):
        opinion = running.add(TEAR, 1 + (frame + 1) / 20)
    assert opinion.members.mean(axis=0).argmax() == 1


def test_it_stays_a_probability() -> None:
    running = RunningPrediction()
    for number in range(50):
        opinion = running.add((STAIN, TEAR)[number % 2], number * 0.03)
        assert opinion.members.sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_the_pace_of_the_frames_does_not_matter() -> None:
    slow, fast = RunningPrediction(), RunningPrediction()
    slow.add(STAIN, 0.0), fast.add(STAIN, 0.0)
    for frame in range(1, 31):
        quick = fast.add(TEAR, frame / 30)
    for frame in range(1, 11):
        calm = slow.add(TEAR, frame / 10)
    assert quick.members == pytest.approx(calm.members, abs=1e-5)


def test_after_a_gap_what_was_before_is_forgotten() -> None:
    running = RunningPrediction()
    running.add(STAIN, 0.0)
    assert running.add(TEAR, 10 * SMOOTHING_SECONDS).members == pytest.approx(TEAR.members, abs=1e-3)
