"""The courses of a member's training, worked out from its recipe: every step's size, learning rate and distractors."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from defect_desktop.training.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Course:
    """A stretch of training in which the learning rate rises and falls once.

    `sides` holds for every epoch the height and width in pixels of its photos.
    """

    sides: tuple[tuple[int, int], ...]
    batches_an_epoch: int
    warmup_steps: int
    peak_rate: float
    distractors: int

    @property
    def steps(self) -> int:
        """The steps of all epochs."""
        return len(self.sides) * self.batches_an_epoch

    def rates(self) -> Iterator[float]:
        """The learning rate of every step."""
        return (self.peak_rate * warmup_cosine(step, self.warmup_steps, self.steps) for step in range(self.steps))


def courses(recipe: Recipe, photos: int) -> tuple[Course, Course]:
    """The recipe's main course and the settling after it, for a sample of so many photos.

    Batches are full, so what is left over of an epoch waits for the next shuffle.
    """
    batches = max(1, photos // recipe.batch)
    height, width = recipe.preprocessing.height, recipe.preprocessing.width
    sides = tuple((round(height * scale), round(width * scale)) for scale in recipe.scales)
    warmup = round(recipe.warmup_epochs * batches)
    main = Course(sides, batches, warmup, recipe.learning_rate, recipe.distractors)
    settling = Course(((height, width),), batches, 0, recipe.settling_rate, recipe.settling_distractors)
    return main, settling


def warmup_cosine(step: int, warmup_steps: int, steps: int) -> float:
    """The learning rate at `step` (from 0) as a share of its peak: a straight rise, then half a cosine down to zero.

    The cosine is of Loshchilov & Hutter 2017 (SGDR), without restarts; the rise of Goyal et al. 2017.
    """
    if step < warmup_steps:
        return (step + 1) / (warmup_steps + 1)
    gone = (step - warmup_steps) / max(steps - warmup_steps, 1)
    return 0.5 * (1 + math.cos(math.pi * min(gone, 1.0)))
