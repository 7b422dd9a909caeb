"""The loop to compare with: timm's network, timm's data loader, AdamW, mixed precision and channels-last.

It has everything that makes such a loop quick, and leaves out what a recipe adds: no clipping, averaging, mixing,
validation or checkpoint. Each photo is decoded anew in every epoch, by as many workers as there are processors.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Generator
from pathlib import Path

import timm
import torch
from PIL import Image
from timm.data.loader import create_loader
from torch import nn
from torch.utils.data import DataLoader, Dataset

from defect_desktop.training.data.data_set import DataSet
from defect_desktop.training.learning.hardware import accelerator_on
from defect_desktop.training.recipes.recipe import Recipe
from defect_desktop.training.throughput.pace import Pace


class _Files(Dataset[tuple[object, int]]):
    """The photos of a data set as timm's loader wants them: it sets the `transform`."""

    def __init__(self, data: DataSet) -> None:
        self._paths: tuple[Path, ...] = data.paths
        self._targets: list[int] = data.targets.tolist()
        self.transform: object = None

    def __len__(self) -> int:
        return len(self._paths)

    def __getitem__(self, index: int) -> tuple[object, int]:
        assert callable(self.transform)
        with Image.open(self._paths[index]) as photo:  # noqa: TID251 - the plain loop decodes as anybody would
            return self.transform(photo.convert("RGB")), self._targets[index]


def train_plainly(data: DataSet, recipe: Recipe, device: torch.device) -> Generator[int, None, Pace]:
    """Trains the recipe's network for its epochs, in batches of its size; yields the photos of each batch."""
    began = time.perf_counter()
    # Only the precision and the search for kernels: the loop below is timm's and torch's own.
    autocast = accelerator_on(device).autocast
    network = timm.create_model(recipe.architecture, num_classes=len(data.labels), drop_rate=recipe.dropout)
    network = network.to(device).to(memory_format=torch.channels_last).train()
    optimizer = torch.optim.AdamW(network.parameters(), lr=recipe.schedule.learning_rate)
    loader = _loader(data, recipe, device)
    ends: list[float] = []
    for _ in range(recipe.schedule.epochs):
        batches = iter(loader)
        for photos, targets in batches:
            inputs = photos.to(device, memory_format=torch.channels_last, non_blocking=True)
            with autocast():
                loss = nn.functional.cross_entropy(network(inputs), targets.to(device, non_blocking=True))
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            yield len(targets)
        _wait_for(device)
        ends.append(time.perf_counter() - began)
    return Pace(len(loader) * recipe.schedule.batch, tuple(ends))


def _loader(data: DataSet, recipe: Recipe, device: torch.device) -> DataLoader[tuple[torch.Tensor, torch.Tensor]]:
    """The loader of timm at its quickest: on a GPU, photos travel in 8 bits, ahead of the step that wants them."""
    taken = recipe.preprocessing
    frozen = getattr(sys, "frozen", False)  # a frozen program would start itself anew as each worker
    loader: DataLoader[tuple[torch.Tensor, torch.Tensor]] = create_loader(
        _Files(data),  # type: ignore[arg-type] # timm asks for its own class, and uses no more of it than this
        (3, taken.height, taken.width),
        recipe.schedule.batch,
        is_training=True,
        scale=(0.8, 1.0),
        color_jitter=0.0,
        interpolation=taken.interpolation,
        mean=taken.mean,
        std=taken.std,
        num_workers=0 if frozen else os.cpu_count() or 1,
        persistent_workers=not frozen,
        pin_memory=device.type == "cuda",
        device=device,
        use_prefetcher=device.type == "cuda",
    )
    return loader


def _wait_for(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
