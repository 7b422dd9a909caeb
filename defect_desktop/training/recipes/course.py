"""The course of a member's training, worked out from its recipe: every epoch's size, learning rates and additions."""

from __future__ import annotations

import math
from dataclasses import dataclass

from defect_desktop.training.recipes.recipe import Recipe, Schedule


@dataclass(frozen=True, slots=True)
class Epoch:
    """One epoch, `number` from 1: a learning rate for each of its batches, photos of `side` (height, width) pixels.

    `settling`: it starts from the averaged weights, with a fresh optimizer and fresh averages.
    """

    number: int
    rates: tuple[float, ...]
    side: tuple[int, int]
    distractors: int = 0
    reweighted: bool = False
    settling: bool = False


def course_of(recipe: Recipe, photos: int) -> tuple[Epoch, ...]:
    """All epochs of a member that trains on so many photos.

    Batches are full, so what is left over of an epoch waits for the next shuffle.
    """
    schedule = recipe.schedule
    batches = max(1, photos // schedule.batch)
    epochs = tuple(_epoch(recipe, index, batches) for index in range(schedule.epochs))
    return (*epochs, *_settling(recipe, batches))


def warmup_cosine(step: int, warmup_steps: int, steps: int) -> float:
    """The learning rate at `step` (from 0) as a share of its peak: a straight rise, then half a cosine down to zero.

    The cosine is of Loshchilov & Hutter 2017 (SGDR), without restarts; the rise of Goyal et al. 2017.
    """
    if step < warmup_steps:
        return (step + 1) / (warmup_steps + 1)
    gone = (step - warmup_steps) / max(steps - warmup_steps, 1)
    return 0.5 * (1 + math.cos(math.pi * min(gone, 1.0)))


def _epoch(recipe: Recipe, index: int, batches: int) -> Epoch:
    schedule = recipe.schedule
    scale = schedule.scales[index * len(schedule.scales) // schedule.epochs]
    return Epoch(
        number=index + 1,
        rates=tuple(_rate(schedule, index, step, batches) for step in range(batches)),
        side=(round(recipe.preprocessing.height * scale), round(recipe.preprocessing.width * scale)),
        distractors=recipe.distractors.a_batch if recipe.distractors else 0,
        reweighted=recipe.loss.class_balance > 0 and index >= recipe.loss.reweighted_from * schedule.epochs,
    )


def _rate(schedule: Schedule, index: int, step: int, batches: int) -> float:
    """The learning rate of batch `step` of epoch `index`, both from 0."""
    warmup_steps = round(schedule.warmup_epochs * batches)
    step += index * batches
    if schedule.gamma is None:
        return schedule.learning_rate * warmup_cosine(step, warmup_steps, schedule.epochs * batches)
    return schedule.learning_rate * min(1.0, (step + 1) / (warmup_steps + 1)) * schedule.gamma**index


def _settling(recipe: Recipe, batches: int) -> tuple[Epoch, ...]:
    distractors = recipe.distractors
    if distractors is None:
        return ()
    return (
        Epoch(
            number=recipe.schedule.epochs + 1,
            rates=tuple(distractors.settling_rate * warmup_cosine(step, 0, batches) for step in range(batches)),
            side=(recipe.preprocessing.height, recipe.preprocessing.width),
            distractors=distractors.settling_a_batch,
            reweighted=recipe.loss.class_balance > 0,
            settling=True,
        ),
    )
