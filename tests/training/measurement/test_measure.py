from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from defect_desktop.core.decision import decide
from defect_desktop.core.prediction import Prediction
from defect_desktop.training.measurement.measure import Measurement
from defect_desktop.training.photo_cache import PhotoCache
from defect_desktop.vision.pack import Pack

Measure = Callable[[np.ndarray], Measurement]


def test_every_figure_agrees_with_the_verdicts_of_the_program(
    measured: Measure, predictions: np.ndarray, cache: PhotoCache, pack: Pack
) -> None:
    found, card = measured(predictions), pack.card
    verdicts = [
        decide(Prediction(photo), card.labels, card.decision_temperature(), card.decision_thresholds())
        for photo in predictions
    ]
    truth = [card.labels[target] for target in cache.targets]
    wrong = [(verdict, label) for verdict, label in zip(verdicts, truth, strict=True) if verdict.label != label]
    wrong.sort(key=lambda pair: -pair[0].confidence)
    assert wrong
    assert [(each.said, each.label, each.needs_check) for each in found.mistakes] == [
        (verdict.label, label, verdict.needs_check) for verdict, label in wrong
    ]
    assert [each.confidence for each in found.mistakes] == pytest.approx([verdict.confidence for verdict, _ in wrong])
    assert found.present.unchecked == sum(not verdict.needs_check for verdict in verdicts)
    assert found.present.mistakes == sum(not verdict.needs_check for verdict, _ in wrong)
    for row, true_label in enumerate(card.labels):
        for column, said in enumerate(card.labels):
            pairs = zip(verdicts, truth, strict=True)
            assert found.confusion[row, column] == sum(v.label == said and t == true_label for v, t in pairs)


def test_the_gain_is_the_bag_less_the_mean_of_its_members(measured: Measure, predictions: np.ndarray) -> None:
    found = measured(predictions)
    members = [member.macro_f1 for member in found.evaluation.members]
    assert found.evaluation.gain_macro_f1 == pytest.approx(found.evaluation.bag.macro_f1 - sum(members) / 3)
    interval = found.intervals.gain_macro_f1
    assert interval.low < found.evaluation.gain_macro_f1 < interval.high
    same = measured(np.repeat(predictions[:, :1], 3, axis=1))
    assert same.evaluation.gain_macro_f1 == pytest.approx(0)
    assert same.intervals.gain_macro_f1 is None


def test_before_the_calibration_is_the_plain_mean(measured: Measure, predictions: np.ndarray, pack: Pack) -> None:
    assert pack.card.decision_temperature().sure == 1.0
    found = measured(predictions)
    assert found.before.ece == pytest.approx(found.after.ece)
    top = predictions.mean(axis=1).max(axis=1)
    assert sum(each.photos * each.confidence for each in found.before.bins) == pytest.approx(float(top.sum()))
