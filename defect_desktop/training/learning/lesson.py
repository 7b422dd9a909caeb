"""What a member is trained on and how, and what comes of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from torch import nn

from defect_desktop.language import Bilingual
from defect_desktop.training.data.split import Indices
from defect_desktop.training.learning.pretrained import Start
from defect_desktop.training.photo_cache import PhotoCache
from defect_desktop.training.recipes.recipe import Recipe


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What all members of a bag have in common.

    `photos` are prepared as the recipe's `caching` says, `held_out` as its network takes them; those are what the
    members are validated on after every epoch.
    """

    photos: PhotoCache
    held_out: PhotoCache
    recipe: Recipe
    start: Start


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """One member's part: the positions of its photos in the material, its seed, and the networks it learns from."""

    material: Material
    sample: Indices
    seed: int
    teachers: tuple[nn.Module, ...] = ()

    @property
    def fingerprint(self) -> str:
        """A SHA-256 in hex of what the same network follows from; the teachers follow from the same themselves."""
        material = self.material
        facts = {
            "recipe": material.recipe.declaration(),
            "labels": material.photos.labels,
            "photos": [material.photos.fingerprint, material.held_out.fingerprint],
            "start": material.start.fingerprint,
            "seed": self.seed,
            "sample": self.sample.tolist(),
        }
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class EpochRecord:
    """What an epoch, `number` from 1, came to: its mean loss, and the F1 on the held-out photos after it.

    The `seconds` that it took, this validation included, are not part of what it came to.
    """

    number: int
    loss: float
    macro_f1: float
    weighted_f1: float
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of one member. `epoch` and `step` count from 1, `step` over all epochs; `photos` were in the batch.

    `record` comes with the last step of an epoch. `note` tells the person who waits what was changed on the way.
    """

    epoch: int
    epochs: int
    step: int
    steps: int
    photos: int
    loss: float
    learning_rate: float
    record: EpochRecord | None = None
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """A member in evaluation mode on the CPU, and its epochs."""

    network: nn.Module
    records: tuple[EpochRecord, ...]
