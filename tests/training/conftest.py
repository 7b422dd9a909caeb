"""A tiny data set that can be learnt in a few steps, and a recipe for it."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from defect_desktop.training.data_set import DataSet, read_data_set
from defect_desktop.training.photo_cache import PhotoCache
from defect_desktop.training.recipe import RECIPES, STARTER, Recipe

STRIPES_ACROSS, STRIPES_DOWN = "걸레받이수정", "창틀,문틀수정"


def striped(down: bool, generator: np.random.Generator, side: int = 48) -> np.ndarray:
    """Stripes of a random colour and place, in noise: (side, side, 3) in 8 bits."""
    position = np.arange(side) + generator.integers(0, 12)
    wave = 60 * np.sign(np.sin(position * 2 * np.pi / 12))
    picture = np.broadcast_to(wave[None, :] if down else wave[:, None], (side, side))[..., None]
    noisy = picture + generator.uniform(80, 170, 3) + generator.normal(0, 8, (side, side, 3))
    return noisy.clip(0, 255).astype(np.uint8)


def write_jpeg(path: Path, pixels: np.ndarray) -> None:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=90)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue())


def draw_data_set(folder: Path, photos: int, seed: int) -> Path:
    """`photos` of each of the two classes, in the contest's layout."""
    generator = np.random.default_rng(seed)
    for label, down in ((STRIPES_ACROSS, False), (STRIPES_DOWN, True)):
        for number in range(photos):
            write_jpeg(folder / "train" / label / f"{number}.jpg", striped(down, generator))
    return folder


def finish(generator):
    """Runs a generator to its end: what it yielded, and what it returned."""
    moments = []
    while True:
        try:
            moments.append(next(generator))
        except StopIteration as finished:
            return moments, finished.value


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_data_set(tmp_path_factory.mktemp("data"), photos=16, seed=0)


@pytest.fixture(scope="session")
def data(data_folder: Path) -> DataSet:
    return read_data_set(data_folder)


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> Recipe:
    """The starter recipe, cut down to 32 pixels, two members and a few steps; known by its name."""
    recipe = dataclasses.replace(
        STARTER,
        name="tiny",
        preprocessing=dataclasses.replace(STARTER.preprocessing, height=32, width=32),
        cache_side=36,
        members=2,
        epochs=6,
        batch=8,
        held_out_share=0.25,
        ema_decay=0.8,
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
