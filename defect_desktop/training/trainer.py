"""Trains one member, a step at a time."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from timm.utils.model_ema import ModelEmaV3
from torch import Tensor, nn

from defect_desktop.errors import DataSetError
from defect_desktop.training.augmentation import augment
from defect_desktop.training.course import courses
from defect_desktop.training.distractors import draw_distractors
from defect_desktop.training.hardware import autocast
from defect_desktop.training.losses import NO_CLASS, AdjustedCrossEntropy
from defect_desktop.training.photo_cache import PhotoCache
from defect_desktop.training.pretrained import create_network
from defect_desktop.training.recipe import Recipe
from defect_desktop.training.split import Indices


@dataclass(frozen=True, slots=True)
class Step:
    """One step of one member. `epoch` and `step` count from 1, `step` over all epochs; `photos` were in the batch.

    The settling is the last of the epochs.
    """

    epoch: int
    epochs: int
    step: int
    steps: int
    photos: int
    loss: float
    learning_rate: float


def train_member(
    cache: PhotoCache, sample: Indices, recipe: Recipe, seed: int, device: torch.device
) -> Generator[Step, None, nn.Module]:
    """Trains a network on the photos of `cache` at the positions `sample`; yields after every step.

    Returns the network with its averaged weights, in evaluation mode. The same seed on the same machine gives the same
    network; torch's own seed is set on the way. Raises DataSetError where the loss ceases to be a number.
    """
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    network = create_network(recipe.architecture, len(cache.labels), recipe.dropout)
    plan = courses(recipe, len(sample))
    epochs, steps = sum(len(course.sides) for course in plan), sum(course.steps for course in plan)
    epoch = step = 0
    for number, course in enumerate(plan):
        training = _Training(network, cache, sample, recipe, seed + number, device)
        rates = course.rates()
        for side in course.sides:
            epoch += 1
            for chosen in _batches(sample, course.batches_an_epoch, recipe.batch, generator):
                step += 1
                rate = next(rates)
                loss = training.step(chosen, side, course.distractors, rate, generator)
                yield Step(epoch, epochs, step, steps, len(chosen), loss, rate)
        network = training.averaged()
    return network.eval()


def _batches(sample: Indices, batches: int, size: int, generator: torch.Generator) -> Iterator[Indices]:
    """The positions in shuffled order, `size` at a time."""
    shuffled = sample[torch.randperm(len(sample), generator=generator).numpy()]
    return (shuffled[start * size : (start + 1) * size] for start in range(batches))


class _Training:
    """A network in training for a course, with everything that changes along with it."""

    def __init__(
        self,
        network: nn.Module,
        cache: PhotoCache,
        sample: Indices,
        recipe: Recipe,
        seed: int,
        device: torch.device,
    ) -> None:
        self._cache = cache
        self._recipe = recipe
        self._device = device
        self._chance = np.random.default_rng(seed)
        self._network = network.to(device).to(memory_format=torch.channels_last).train()
        self._average = ModelEmaV3(self._network, decay=recipe.ema_decay, use_warmup=True)
        self._optimizer = torch.optim.AdamW(_decay_groups(self._network, recipe.weight_decay))
        counts = torch.bincount(torch.from_numpy(cache.targets[sample]), minlength=len(cache.labels))
        self._loss = AdjustedCrossEntropy(counts, recipe.prior_strength, recipe.label_smoothing).to(device)
        self._mean = torch.tensor(recipe.preprocessing.mean, device=device).view(1, 3, 1, 1)
        self._std = torch.tensor(recipe.preprocessing.std, device=device).view(1, 3, 1, 1)
        self._steps = 0

    def step(
        self, chosen: Indices, side: tuple[int, int], distractors: int, rate: float, generator: torch.Generator
    ) -> float:
        """One step on the photos at `chosen` and so many distractors, at `side` (height, width) pixels; the loss."""
        nothing = draw_distractors(distractors, self._recipe.cache_side, self._chance)
        inputs = self._inputs(np.concatenate([self._cache.pixels[chosen], nothing]), side, generator)
        targets = np.append(self._cache.targets[chosen], np.full(distractors, NO_CLASS, dtype=np.int64))
        with autocast(self._device):
            logits = self._network(inputs)
        loss = self._loss(logits, torch.from_numpy(targets).to(self._device))
        value = float(loss.item())
        if not math.isfinite(value):
            raise _diverged(self._recipe)
        self._descend(loss, rate)
        return value

    def averaged(self) -> nn.Module:
        """The network with the average of its weights over the steps."""
        network: nn.Module = self._average.module
        return network

    def _inputs(self, pictures: NDArray[np.uint8], side: tuple[int, int], generator: torch.Generator) -> Tensor:
        """Varied and normalised: (batch, 3, height, width)."""
        pixels = torch.from_numpy(pictures).to(self._device)
        photos = pixels.permute(0, 3, 1, 2).float() / 255
        varied = augment(photos, side, self._recipe.augmentation, generator)
        return ((varied - self._mean) / self._std).contiguous(memory_format=torch.channels_last)

    def _descend(self, loss: Tensor, rate: float) -> None:
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._network.parameters(), self._recipe.clip_norm)
        self._optimizer.step()
        self._steps += 1
        self._average.update(self._network, step=self._steps)


def _decay_groups(network: nn.Module, weight_decay: float) -> list[dict[str, object]]:
    """Only matrices decay: a bias or a batch norm's scale near zero is no simpler than another."""
    parameters = list(network.parameters())
    return [
        {"params": [each for each in parameters if each.ndim > 1], "weight_decay": weight_decay},
        {"params": [each for each in parameters if each.ndim <= 1], "weight_decay": 0.0},
    ]


def _diverged(recipe: Recipe) -> DataSetError:
    return DataSetError(
        ko=f"학습이 발산했습니다(손실이 숫자가 아님). 레시피 '{recipe.name}'의 학습률 "
        f"{recipe.learning_rate:g}을(를) 낮추고 다시 학습하세요.",
        en=f"The training diverged (its loss is not a number); lower the learning rate {recipe.learning_rate:g} "
        f"of recipe '{recipe.name}' and train again.",
    )
