from __future__ import annotations

import dataclasses

import torch

from defect_desktop.training.comparison.speed import measure_speeds
from defect_desktop.training.recipes.recipe import Recipe
from tests.training.stripes import finish


def test_a_larger_photo_takes_longer(small: Recipe) -> None:
    large = dataclasses.replace(small, preprocessing=dataclasses.replace(small.preprocessing, height=512, width=512))
    rounds, (quick, slow) = finish(measure_speeds((small, large), 2, torch.device("cpu")))
    assert rounds == list(range(1, len(rounds) + 1))
    assert 0 < quick < slow


def test_nothing_takes_no_time() -> None:
    assert finish(measure_speeds((), 2, torch.device("cpu")))[1] == []
