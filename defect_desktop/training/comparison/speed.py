"""How long networks take for one photo on this machine, each measured under the same conditions."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from statistics import median

import torch
from torch import nn

from defect_desktop.language import Bilingual
from defect_desktop.training.comparison.failure import untimed
from defect_desktop.training.learning.memory import MEMORY_ERRORS
from defect_desktop.training.learning.pretrained import FROM_SCRATCH, create_network
from defect_desktop.training.recipes.recipe import Recipe

_TURNS, _WARM_UP, _ROUNDS = 3, 3, 7


def measure_speeds(
    recipes: Sequence[Recipe], classes: int, device: torch.device
) -> Generator[int, None, list[float | Bilingual]]:
    """The milliseconds of one forward pass of each recipe's network with one photo, or why they are not known.

    One network at a time is in memory. Each has several turns, so that a machine that is busy for a while is so for
    all, and the median counts; yields the turns done. Weights do not change the time, so they are random: networks of
    an earlier session are measured beside those of this one.
    """
    seconds: list[list[float]] = [[] for _ in recipes]
    problems: dict[int, Bilingual] = {}
    for turn in range(_TURNS):
        for number, recipe in enumerate(recipes):
            try:
                seconds[number] += _turn(recipe, classes, device) if number not in problems else []
            except MEMORY_ERRORS as error:
                problems[number] = untimed(error)
            yield turn * len(recipes) + number + 1
    return [problems.get(number) or 1000 * median(taken) for number, taken in enumerate(seconds)]


def _turn(recipe: Recipe, classes: int, device: torch.device) -> list[float]:
    """The seconds of some forward passes of a network, which is gone afterwards."""
    network, photo = _network(recipe, classes, device), _photo(recipe, device)
    taken = []
    for _ in range(_WARM_UP + _ROUNDS):
        began = time.perf_counter()
        _run(network, photo)
        taken.append(time.perf_counter() - began)
    return taken[_WARM_UP:]


def _network(recipe: Recipe, classes: int, device: torch.device) -> nn.Module:
    network = create_network(recipe.architecture, classes, recipe.dropout, FROM_SCRATCH)
    return network.to(device).to(memory_format=torch.channels_last).eval()


def _photo(recipe: Recipe, device: torch.device) -> torch.Tensor:
    photo = torch.rand(1, 3, recipe.preprocessing.height, recipe.preprocessing.width, device=device)
    return photo.contiguous(memory_format=torch.channels_last)


@torch.inference_mode()
def _run(network: nn.Module, photo: torch.Tensor) -> None:
    network(photo)
    if photo.device.type == "cuda":
        torch.cuda.synchronize()
