"""Trains a bag on some photos and lets it judge others, all in memory: for ablations, comparisons and tuning."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from defect_desktop.training.data.split import Indices
from defect_desktop.training.learning.bagging import BagStep, train_bag
from defect_desktop.training.learning.hardware import accelerator_on
from defect_desktop.training.learning.inference import softmax_of
from defect_desktop.training.learning.lesson import Material, Trained


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """The members' softmax for the held-out photos (photos, members, classes), and the members with their epochs."""

    predictions: NDArray[np.float32]
    members: tuple[Trained, ...]


def run_trial(
    material: Material, seed: int, device: torch.device, groups: Indices | None = None
) -> Generator[BagStep, None, Trial]:
    """Trains the material's recipe on its photos and predicts its held-out ones; yields after every step.

    Steps with a `record` end an epoch: that is where a tuner may close the generator. Predictions are those of single
    precision, as in a pack. `groups` (photos,) numbers the groups of near-duplicates. Raises TrainingError.
    """
    own_groups = np.arange(len(material.photos.targets), dtype=np.int64) if groups is None else groups
    members = yield from train_bag(material, own_groups, seed, accelerator_on(device))
    said = [_said(member, material, device) for member in members]
    return Trial(np.stack(said, axis=1), tuple(members))


def _said(member: Trained, material: Material, device: torch.device) -> NDArray[np.float32]:
    network = member.network.to(device)
    try:
        return softmax_of(network, material.held_out.pixels, material.recipe.preprocessing)
    finally:
        network.cpu()
