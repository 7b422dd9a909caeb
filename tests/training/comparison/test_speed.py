from __future__ import annotations

import dataclasses
import gc
import weakref

import pytest
import torch
from torch import nn

from defect_desktop.training.comparison import speed
from defect_desktop.training.comparison.speed import measure_speeds
from defect_desktop.training.recipes.recipe import Recipe
from tests.training.stripes import finish


def test_a_larger_photo_takes_longer(small: Recipe) -> None:
    large = dataclasses.replace(small, preprocessing=dataclasses.replace(small.preprocessing, height=512, width=512))
    rounds, (quick, slow) = finish(measure_speeds((small, large), 2, torch.device("cpu")))
    assert rounds == list(range(1, len(rounds) + 1))
    assert 0 < quick < slow


def test_one_network_at_a_time_is_in_memory_and_one_that_does_not_fit_costs_only_its_own(
    small: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[weakref.ref[nn.Module]] = []
    real = speed.create_network

    def made_alone(architecture: str, *rest: object) -> nn.Module:
        gc.collect()
        assert not any(network() for network in made)
        if architecture == "test_vit":
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
        network = real(architecture, *rest)
        made.append(weakref.ref(network))
        return network

    monkeypatch.setattr(speed, "create_network", made_alone)
    large = dataclasses.replace(small, architecture="test_vit")
    _, (quick, none, again) = finish(measure_speeds((small, large, small), 2, torch.device("cpu")))
    assert quick > 0 and again > 0
    assert none.en.startswith("The speed could not be measured (the memory ran out)")


def test_nothing_takes_no_time() -> None:
    assert finish(measure_speeds((), 2, torch.device("cpu")))[1] == []
