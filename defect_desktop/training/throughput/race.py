"""The program's own training and the plain loop in turns, on the same photos, network, batches and epochs."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.errors import DataSetError
from defect_desktop.training.data.data_set import DataSet, read_data_set
from defect_desktop.training.data.survey import require_every_class, survey_photos
from defect_desktop.training.learning.hardware import accelerator_on, training_device
from defect_desktop.training.learning.lesson import Lesson, Material
from defect_desktop.training.learning.pretrained import FROM_SCRATCH
from defect_desktop.training.learning.trainer import train_member
from defect_desktop.training.photo_cache import PhotoCache, load_photos
from defect_desktop.training.recipes.budget import Budget, on_budget
from defect_desktop.training.recipes.presets import recipe_named
from defect_desktop.training.recipes.recipe import Recipe
from defect_desktop.training.steps import retold
from defect_desktop.training.throughput.pace import Pace
from defect_desktop.training.throughput.plain_loop import train_plainly

TURNS = 2
"""How often each trains; the quicker turn counts, since nothing but a busy machine makes one slower."""


@dataclass(frozen=True, slots=True)
class Throughput:
    """What was trained on what, and how fast either way. `device` is 'cpu', or the name of the GPU."""

    recipe: Recipe
    photos: int
    device: str
    ours: Pace
    plain: Pace


def race(sources: tuple[Path, ...], recipe: str, budget: Budget, device: str) -> Generator[Progress, None, Throughput]:
    """Trains one network either way, from random weights; yields progress in photos.

    Raises SourceError, DataSetError, DeviceError, TrainingError.
    """
    place = training_device(device)
    followed = on_budget(recipe_named(recipe), budget)
    # A settling epoch would be another length than the rest.
    followed = dataclasses.replace(followed, distractors=None)
    _require_epochs(followed)
    files = read_data_set(sources)
    looking = ProgressMeter(len(files.paths))
    survey = yield from retold(survey_photos(files), lambda _: looking.advance(1))
    require_every_class(survey)
    data = survey.data
    _require_batch(data, followed)
    meter = ProgressMeter(2 * TURNS * followed.schedule.epochs * _photos_an_epoch(data, followed))
    ours: list[Pace] = []
    plain: list[Pace] = []
    for _ in range(TURNS):
        ours.append((yield from retold(_train_our_way(data, followed, place), meter.advance)))
        plain.append((yield from retold(train_plainly(data, followed, place), meter.advance)))
    name = torch.cuda.get_device_name(place) if place.type == "cuda" else place.type
    return Throughput(followed, len(data.paths), name, _quickest(ours), _quickest(plain))


def _train_our_way(data: DataSet, recipe: Recipe, device: torch.device) -> Generator[int, None, Pace]:
    """From the files to the network, with all that the recipe adds; yields the photos of each batch."""
    began = time.perf_counter()
    photos = yield from retold(load_photos(data, recipe.caching), lambda _: 0)
    # One batch is validated, so that the epochs end as they do in a training.
    few = data.subset(np.arange(recipe.schedule.batch))
    held_out = yield from retold(load_photos(few, recipe.preprocessing), lambda _: 0)
    lesson = Lesson(Material(photos, held_out, recipe, FROM_SCRATCH), _every(photos), seed=0)
    ends: list[float] = []
    with closing(train_member(lesson, accelerator_on(device))) as training:
        for step in training:
            if step.record:  # its loss is a number by now, so the GPU has done all steps
                ends.append(time.perf_counter() - began)
            yield step.photos
    return Pace(_photos_an_epoch(data, recipe), tuple(ends))


def _every(photos: PhotoCache) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.arange(len(photos.targets), dtype=np.int64)


def _photos_an_epoch(data: DataSet, recipe: Recipe) -> int:
    """Batches are full, in both ways."""
    return len(data.paths) // recipe.schedule.batch * recipe.schedule.batch


def _quickest(turns: list[Pace]) -> Pace:
    return max(turns, key=lambda pace: pace.in_all)


def _require_epochs(recipe: Recipe) -> None:
    if recipe.schedule.epochs < 2:
        raise DataSetError(
            ko="--epochs는 2 이상이어야 합니다. 첫 에폭에는 준비 시간이 들어 있습니다.",
            en="--epochs must be 2 or more, since the first epoch holds the preparations.",
        )


def _require_batch(data: DataSet, recipe: Recipe) -> None:
    if len(data.paths) < recipe.schedule.batch:
        raise DataSetError(
            ko=f"사진이 {len(data.paths)}장뿐이라 한 배치({recipe.schedule.batch}장)가 되지 않습니다. "
            "사진을 더 넣거나 --batch를 줄이세요.",
            en=f"{len(data.paths)} photos do not make up one batch of {recipe.schedule.batch}; add photos, or lower "
            "--batch.",
        )
