"""A tiny data set that can be learnt in a few steps."""

from __future__ import annotations

import io
from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

STRIPES_ACROSS, STRIPES_DOWN = "걸레받이수정", "창틀,문틀수정"


def striped(down: bool, generator: np.random.Generator, side: int = 48) -> np.ndarray:
    """Stripes, warm across and cool down, of random place and brightness, in noise: (side, side, 3) in 8 bits."""
    position = np.arange(side) + generator.integers(0, 12)
    wave = 60 * np.sign(np.sin(position * 2 * np.pi / 12))
    picture = np.broadcast_to(wave[None, :] if down else wave[:, None], (side, side))[..., None]
    colour = np.array([-30, 0, 30] if down else [30, 0, -30]) + generator.uniform(90, 150)
    noisy = picture + colour + generator.normal(0, 8, (side, side, 3))
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


def finish(generator: Generator[Any, None, Any]) -> tuple[list[Any], Any]:
    """Runs a generator to its end: what it yielded, and what it returned."""
    moments = []
    while True:
        try:
            moments.append(next(generator))
        except StopIteration as finished:
            return moments, finished.value
