"""How long networks take for one photo on this machine, each measured under the same conditions."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from statistics import median

import torch
from torch import nn

from defect_desktop.training.learning.pretrained import FROM_SCRATCH, create_network
from defect_desktop.training.recipes.recipe import Recipe

_WARM_UP, _ROUNDS = 3, 20


def measure_speeds(recipes: Sequence[Recipe], classes: int, device: torch.device) -> Generator[int, None, list[float]]:
    """The milliseconds of one forward pass of each recipe's network with one photo; yields the rounds done.

    They run in turns, so that a machine that is busy for a while is so for all, and the median counts. Weights do not
    change the time, so they are random: networks of an earlier session are measured beside those of this one.
    """
    networks = [_network(recipe, classes, device) for recipe in recipes]
    photos = [_photo(recipe, device) for recipe in recipes]
    seconds: list[list[float]] = [[] for _ in recipes]
    for number in range(_WARM_UP + _ROUNDS):
        for network, photo, taken in zip(networks, photos, seconds, strict=True):
            began = time.perf_counter()
            _run(network, photo)
            if number >= _WARM_UP:
                taken.append(time.perf_counter() - began)
        yield number + 1
    return [1000 * median(taken) for taken in seconds]


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
