from __future__ import annotations

import numpy as np
import pytest

from defect_desktop.training.metrics import score, score_bag, score_members

LABELS = ("a", "b", "c")


def test_scores_are_worked_out_by_hand() -> None:
    scores = score(np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1]), LABELS)
    # a: precision 1, recall 2/3; b: precision 1/2, recall 1; c does not occur and is not in the mean.
    assert [each.f1 for each in scores.classes] == [pytest.approx(0.8), pytest.approx(2 / 3), 0.0]
    assert scores.weighted_f1 == pytest.approx(0.75 * 0.8 + 0.25 * 2 / 3)
    assert scores.macro_f1 == pytest.approx((0.8 + 2 / 3) / 2)
    assert scores.accuracy == 0.75 and scores.photos == 4
    assert [each.support for each in scores.classes] == [3, 1, 0]


def test_a_class_that_no_photo_shows_does_not_count_in_the_mean() -> None:
    """Else one stray answer would weigh as much as a class, in the bag or in a member alone."""
    scores = score(np.array([0, 0, 1, 1]), np.array([0, 2, 1, 1]), LABELS)
    assert scores.macro_f1 == pytest.approx((2 / 3 + 1) / 2)


def test_few_photos_of_a_class_are_no_evidence() -> None:
    targets = np.repeat([0, 1], [20, 19])
    assert [each.is_evidence for each in score(targets, targets, LABELS).classes] == [True, False, False]


def test_the_bag_is_the_mean_of_its_members() -> None:
    members = np.array([[[0.6, 0.4, 0.0], [0.6, 0.4, 0.0], [0.0, 0.9, 0.1]]])
    target = np.array([1])
    assert score_bag(members, target, LABELS).accuracy == 1.0
    assert [each.accuracy for each in score_members(members, target, LABELS)] == [0.0, 0.0, 1.0]
