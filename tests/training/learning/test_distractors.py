from __future__ import annotations

import numpy as np

from defect_desktop.training.learning.distractors import draw_distractors


def test_pictures_follow_the_generator_and_differ() -> None:
    pictures = draw_distractors(3, 40, np.random.default_rng(1))
    assert pictures.shape == (3, 40, 40, 3) and pictures.dtype == np.uint8
    assert np.array_equal(pictures, draw_distractors(3, 40, np.random.default_rng(1)))
    assert not np.array_equal(pictures[0], pictures[1])
    assert (pictures.std(axis=(1, 2, 3)) > 5).all()


def test_none_may_be_asked_for() -> None:
    assert draw_distractors(0, 40, np.random.default_rng(1)).shape == (0, 40, 40, 3)
