"""A recipe and data that train in seconds."""

from __future__ import annotations

import dataclasses
import gc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from defect_desktop.training.data.data_set import DataSet, read_data_set
from defect_desktop.training.learning.lesson import Material
from defect_desktop.training.learning.pretrained import FROM_SCRATCH
from defect_desktop.training.photo_cache import PhotoCache
from defect_desktop.training.recipes.presets import RECIPES, STARTER
from defect_desktop.training.recipes.recipe import (
    Augmentation,
    Bag,
    Descent,
    Distractors,
    Loss,
    Mix,
    Recipe,
    Sampling,
    Schedule,
)
from defect_desktop.training.report import page
from tests.training.stripes import STRIPES_ACROSS, STRIPES_DOWN, draw_data_set, striped


@pytest.fixture(scope="session", autouse=True)
def light_garbage() -> Iterator[None]:
    """Accelerate collects garbage after every member: without the libraries' own objects that takes no time."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages without their fonts, whose cutting takes half a second and is tested where it is done."""
    monkeypatch.setattr(page, "font_faces", lambda *_: "@font-face { src: url(data:,); }")


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_data_set(tmp_path_factory.mktemp("data"), photos=16, seed=0)


@pytest.fixture(scope="session")
def data(data_folder: Path) -> DataSet:
    return read_data_set([data_folder])


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> Recipe:
    """The starter recipe, cut down to 32 pixels, two members and a few steps; known by its name."""
    recipe = dataclasses.replace(
        STARTER,
        name="tiny",
        preprocessing=dataclasses.replace(STARTER.preprocessing, height=32, width=32),
        bag=Bag(members=2),
        schedule=dataclasses.replace(STARTER.schedule, epochs=3, scales=(0.75, 1.0, 1.0), batch=8),
        descent=dataclasses.replace(STARTER.descent, ema_decay=0.8),
        distractors=Distractors(a_batch=4, settling_rate=4e-4, settling_a_batch=2),
        held_out_share=0.25,
    )
    monkeypatch.setitem(RECIPES, recipe.name, recipe)
    return recipe


def stripes_in_memory(photos: int, side: int, seed: int) -> PhotoCache:
    """Striped photos, classes in turn."""
    generator = np.random.default_rng(seed)
    pixels = np.stack([striped(bool(number % 2), generator, side) for number in range(photos)])
    targets = np.arange(photos, dtype=np.int64) % 2
    return PhotoCache((STRIPES_ACROSS, STRIPES_DOWN), pixels, targets, failures=(), fingerprint="")


@pytest.fixture(scope="session")
def small() -> Recipe:
    """A recipe for a network of a few thousand weights at 32 pixels, from scratch, that uses most of what there is."""
    return Recipe(
        name="small",
        architecture="test_efficientnet",
        preprocessing=dataclasses.replace(STARTER.preprocessing, height=32, width=32),
        cache_scale=1.0,
        dropout=0.1,
        bag=Bag(members=2),
        schedule=Schedule(epochs=3, batch=8, learning_rate=5e-3, warmup_epochs=0.5),
        descent=Descent(weight_decay=0.01, clip_norm=2.0, layer_decay=0.9, ema_decay=0.8),
        loss=Loss(label_smoothing=0.05, prior_strength=0.5),
        sampling=Sampling.SHUFFLED,
        augmentation=Augmentation(
            least_scale=0.8,
            brightness=0.2,
            contrast=0.2,
            gamma=1.3,
            colour=0.06,
            blur=0.7,
            noise=0.02,
            operations=1,
            magnitude=0.3,
        ),
        mix=Mix(probability=0.5, cutmix_alpha=1.0, mixup_alpha=0.2),
        distractors=None,
        held_out_share=0.25,
        unchecked_error_rate=0.01,
    )


@pytest.fixture(scope="session")
def material(small: Recipe) -> Material:
    """Twenty striped photos to train on and ten held out, in memory."""
    return Material(stripes_in_memory(20, 32, seed=5), stripes_in_memory(10, 32, seed=6), small, FROM_SCRATCH)
