"""Typed fields of numbers over a picture: noise, blur, shift, resize. Everything drawn is built from these."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.floating[Any]]
"""H x W (one number a pixel) or H x W x 3 (red, green, blue from 0 to 1); float32 wherever it covers the picture."""

_GRAIN_SIDE = 1536


def smooth_noise(rng: np.random.Generator, shape: tuple[int, int], cell: float | tuple[float, float]) -> Field:
    """H x W noise of mean about 0 and deviation below 1, whose lumps are `cell` pixels wide (or (rows, columns))."""
    cell_y, cell_x = cell if isinstance(cell, tuple) else (cell, cell)
    rows = max(2, round(shape[0] / cell_y) + 1)
    columns = max(2, round(shape[1] / cell_x) + 1)
    return resized(rng.standard_normal((rows, columns), dtype=np.float32), shape)


def fractal_noise(rng: np.random.Generator, shape: tuple[int, int], cell: float, octaves: int = 3) -> Field:
    """H x W noise whose lumps of `cell` pixels carry finer and fainter lumps, each half as large."""
    total = smooth_noise(rng, shape, cell)
    for octave in range(1, octaves):
        step = cell / 2**octave
        if step < 1.5:
            break
        total += smooth_noise(rng, shape, step) * np.float32(0.55**octave)
    return total


def line_noise(rng: np.random.Generator, along: Field, cell: float) -> Field:
    """A jagged random function of the coordinate `along` (any shape, pixels), with a knot every `cell` pixels."""
    low, high = float(along.min()), float(along.max())
    knots = np.arange(low - cell, high + 2 * cell, max(cell, 0.5))
    values = rng.standard_normal(knots.size)
    return np.interp(along, knots, values).astype(np.float32)


def grain(rng: np.random.Generator, shape: tuple[int, int]) -> Field:
    """H x W white noise of deviation 1. A window of one fixed sheet: drawing it anew for every photo costs too much."""
    sheet = _grain_sheet()
    top, left = (int(value) for value in rng.integers(0, _GRAIN_SIDE, size=2))
    repeats = (1 + (top + shape[0] - 1) // _GRAIN_SIDE, 1 + (left + shape[1] - 1) // _GRAIN_SIDE)
    if repeats != (1, 1):
        sheet = np.tile(sheet, repeats)
    return sheet[top : top + shape[0], left : left + shape[1]]


@lru_cache(maxsize=1)
def _grain_sheet() -> Field:
    sheet = np.random.default_rng(19).standard_normal((_GRAIN_SIDE, _GRAIN_SIDE), dtype=np.float32)
    sheet.setflags(write=False)
    return sheet


def resized(field: Field, shape: tuple[int, int]) -> Field:
    """`field` stretched smoothly, or shrunk by averaging, to `shape` (rows, columns)."""
    method = cv2.INTER_AREA if shape[0] < field.shape[0] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(field, (shape[1], shape[0]), interpolation=method), dtype=np.float32)


def blurred(field: Field, sigma: float) -> Field:
    """`field` blurred by a Gaussian of `sigma` pixels."""
    if sigma < 0.15:
        return field
    return np.asarray(
        cv2.GaussianBlur(np.ascontiguousarray(field), (0, 0), sigma, borderType=cv2.BORDER_REPLICATE), dtype=np.float32
    )


def shifted(field: Field, dx: float, dy: float) -> Field:
    """`field` moved by (`dx`, `dy`) pixels to the right and down; zeros come in at the border."""
    matrix = np.array([[1, 0, dx], [0, 1, dy]], dtype=np.float64)
    size = (field.shape[1], field.shape[0])
    return np.asarray(cv2.warpAffine(np.ascontiguousarray(field), matrix, size), dtype=np.float32)


def ramp(field: Field, soft: float = 1.0) -> Field:
    """0 where `field` <= 0, 1 where it is >= `soft`, and a smooth step between."""
    t = np.clip(field / np.float32(max(soft, 1e-6)), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)


def axes(shape: tuple[int, int], x: float, y: float, angle: float = 0.0) -> tuple[Field, Field]:
    """Two H x W coordinate fields with their origin at (`x`, `y`): along and across the direction `angle` (radians)."""
    xs = (np.arange(shape[1], dtype=np.float32) - np.float32(x))[None, :]
    ys = (np.arange(shape[0], dtype=np.float32) - np.float32(y))[:, None]
    cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    return xs * cos + ys * sin, ys * cos - xs * sin


def disc(along: Field, across: Field, radius_along: float, radius_across: float) -> Field:
    """1 at the origin, 0 on the rim of the ellipse with these radii (pixels), negative outside."""
    return np.asarray(1 - np.sqrt((along / radius_along) ** 2 + (across / radius_across) ** 2), dtype=np.float32)
