"""Which photos make the batches of an epoch."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from torch.utils.data import WeightedRandomSampler

from defect_desktop.training.data.split import Indices
from defect_desktop.training.learning.lesson import Lesson
from defect_desktop.training.recipes.course import Epoch
from defect_desktop.training.recipes.recipe import Sampling


def draw_epoch(lesson: Lesson, epoch: Epoch) -> Iterator[Indices]:
    """The positions of the photos of each batch, one for each of the epoch's rates.

    Shuffled, each photo of the sample comes once; balanced, a photo is drawn with a weight of one over the size of its
    class. Only the lesson's seed and the epoch's number decide, so that all processes draw the same.
    """
    recipe, sample = lesson.material.recipe, lesson.sample
    state = np.random.SeedSequence(lesson.seed, spawn_key=(epoch.number, 0)).generate_state(1)
    generator = torch.Generator().manual_seed(int(state[0]))
    if recipe.sampling is Sampling.BALANCED:
        targets = lesson.material.photos.targets[sample]
        weights = 1 / np.bincount(targets)[targets]
        order = list(WeightedRandomSampler(weights.tolist(), len(sample), generator=generator))
    else:
        order = torch.randperm(len(sample), generator=generator).tolist()
    drawn, size = sample[order], recipe.schedule.batch
    return (drawn[number * size : (number + 1) * size] for number in range(len(epoch.rates)))
