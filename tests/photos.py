"""Draws small photos for tests."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

ORIENTATION = 0x0112


def scene(width: int = 160, height: int = 120, seed: int = 0) -> Image.Image:
    """A picture without any symmetry: coloured slopes and a few blocks placed by `seed`."""
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:height, 0:width]
    base, slope = rng.integers(20, 120, 3), rng.integers(40, 130, 3)
    pixels = base + slope * ((columns / width)[..., None] * 0.7 + (rows / height)[..., None] * 0.3)
    for _ in range(4):
        top, left = rng.integers(0, height * 3 // 4), rng.integers(0, width * 3 // 4)
        pixels[top : top + height // 5, left : left + width // 6] = rng.integers(0, 255, 3)
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def save_photos(folder: Path, count: int, size: tuple[int, int] = (160, 120), start: int = 0) -> list[Path]:
    """`count` different JPEGs in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"photo {start + number:04d}.jpg" for number in range(count)]
    for number, path in enumerate(paths):
        scene(*size, seed=start + number).save(path, quality=92)
    return paths
