"""Bagging: members trained alike on different bootstrap samples, whose softmax is averaged (Breiman 1996)."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from torch import nn

from defect_desktop.training.photo_cache import PhotoCache
from defect_desktop.training.recipe import Recipe
from defect_desktop.training.split import bootstrap
from defect_desktop.training.steps import retold
from defect_desktop.training.trainer import Step, train_member


@dataclass(frozen=True, slots=True)
class BagStep:
    """One step of the bag: `member` of `members`, counted from 1, made `step`."""

    member: int
    members: int
    step: Step


def member_seeds(seed: int, members: int) -> tuple[int, ...]:
    """A seed for each member, far apart however near the seeds of two bags are."""
    return tuple(int(state) for state in np.random.SeedSequence(seed).generate_state(members))


def train_bag(
    cache: PhotoCache, recipe: Recipe, seed: int, device: torch.device
) -> Generator[BagStep, None, list[nn.Module]]:
    """Trains the recipe's members one after another; yields after every step, returns the networks on the CPU.

    Raises DataSetError as `train_member` does.
    """
    networks: list[nn.Module] = []
    for number, own_seed in enumerate(member_seeds(seed, recipe.members), start=1):
        training = train_member(cache, bootstrap(cache.targets, own_seed), recipe, own_seed, device)
        network = yield from retold(training, partial(BagStep, number, recipe.members))
        networks.append(network.cpu())
    return networks
