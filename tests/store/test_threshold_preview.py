"""The database counts by the very rule that decides."""

import numpy as np
import pytest

from defect_desktop.core.decision import Thresholds, decide
from defect_desktop.core.prediction import AS_IT_IS, Prediction
from defect_desktop.core.record import Outcome, PhotoFile
from defect_desktop.errors import PhotoProblem
from defect_desktop.store.threshold_preview import CheckCount
from tests.store.samples import SETTINGS

LABELS = ("훼손", "오염", "꼬임")
LENIENT = Thresholds(0.0, 0.0, 0.0)


def predictions(count):
    generator = np.random.default_rng(5)
    return [Prediction(generator.dirichlet((0.6, 0.3, 0.2), size=3).astype(np.float32)) for _ in range(count)]


@pytest.mark.parametrize(
    "thresholds",
    [
        LENIENT,
        Thresholds(0.5, 0.0, 0.0),
        Thresholds(0.0, 0.3, 0.0),
        Thresholds(0.0, 0.0, 0.9),
        Thresholds(0.6, 0.2, 0.9),
        Thresholds(1.0, 0.0, 0.0),
    ],
)
def test_the_count_is_what_the_rule_says(database, tmp_path, thresholds):
    made = predictions(60)
    run = database.begin_run(SETTINGS)
    photos = [PhotoFile(tmp_path / f"{number}.jpg", 10, number) for number in range(61)]
    outcomes = [
        Outcome(photo, f"{number:064x}", verdict=decide(made[number], LABELS, AS_IT_IS, LENIENT))
        for number, photo in enumerate(photos[:60])
    ]
    outcomes.append(Outcome(photos[60], "", problem=PhotoProblem.EMPTY))
    database.add_outcomes(run, list(enumerate(outcomes)))
    checks = sum(decide(one, LABELS, AS_IT_IS, thresholds).needs_check for one in made)
    assert database.count_checks(thresholds) == CheckCount(60, checks)


def test_only_the_latest_verdict_of_a_photo_counts(database, tmp_path):
    photo = PhotoFile(tmp_path / "1.jpg", 10, 1)
    for shares in ((0.5, 0.3, 0.2), (0.9, 0.05, 0.05)):
        prediction = Prediction(np.array([shares] * 3, np.float32))
        verdict = decide(prediction, LABELS, AS_IT_IS, LENIENT)
        database.add_outcomes(database.begin_run(SETTINGS), [(0, Outcome(photo, "a" * 64, verdict=verdict))])
    assert database.count_checks(Thresholds(0.8, 0.0, 0.0)) == CheckCount(1, 0)
