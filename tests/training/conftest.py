"""A recipe and data that train in seconds."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from defect_desktop.training.data_set import DataSet, read_data_set
from defect_desktop.training.photo_cache import PhotoCache
from defect_desktop.training.recipe import RECIPES, STARTER, Recipe
from tests.training.stripes import STRIPES_ACROSS, STRIPES_DOWN, draw_data_set, striped


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
        cache_side=36,
        members=2,
        scales=(0.75, 1.0, 1.0),
        batch=8,
        held_out_share=0.25,
        ema_decay=0.8,
        settling_distractors=2,
    )
    monkeypatch.setitem(RECIPES, recipe.name, recipe)
    return recipe


@pytest.fixture(scope="session")
def striped_cache() -> PhotoCache:
    """Twenty striped photos of 36 pixels in memory, classes in turn."""
    generator = np.random.default_rng(5)
    pixels = np.stack([striped(bool(number % 2), generator, side=36) for number in range(20)])
    targets = np.arange(20, dtype=np.int64) % 2
    return PhotoCache((STRIPES_ACROSS, STRIPES_DOWN), pixels, targets, failures=(), fingerprint="")
