"""Pictures of nothing in particular, so that a member learns to say that it sees nothing it knows.

A network that has only ever seen its classes is sure of one of them whatever it is shown. Trained to answer pictures
of something else with how common the classes are, it stays unsure there (Hendrycks et al. 2019, "Deep Anomaly
Detection with Outlier Exposure"). No photos are needed for that: a few regions, each filled with noise of natural
scenes' spectrum or with dead leaves, opaque shapes of all sizes that hide each other, share enough of the statistics
of real pictures (Lee, Mumford & Huang 2001, "Occlusion Models for Natural Images"; Baradad et al. 2021, "Learning to
See by Looking at Noise"). Dead leaves alone do not: foliage was still taken for mould.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]
"""H x W x channels; colours from 0 to 255."""

_CELLS = (2, 4, 8, 16, 32, 64, 128)


def draw_distractors(photos: int, side: int, generator: np.random.Generator) -> NDArray[np.uint8]:
    """Pictures of shape (photos, side, side, 3) in 8-bit RGB."""
    pictures = np.empty((photos, side, side, 3), dtype=np.uint8)
    for picture in pictures:
        picture[:] = _scene(side, generator).clip(0, 255)
    return pictures


def _scene(side: int, generator: np.random.Generator) -> Picture:
    """A surface, and up to three others that cover parts of it."""
    picture = _surface(side, generator)
    for _ in range(generator.integers(1, 4)):
        outline = _blob(side, generator) if generator.random() < 0.5 else _horizon(side, generator)
        picture += _mask(outline, side, generator) * (_surface(side, generator) - picture)
    return picture


def _blob(side: int, generator: np.random.Generator) -> NDArray[np.float64]:
    """A polygon about a point, (corners, 2)."""
    corners = generator.integers(3, 9)
    angles = np.sort(generator.uniform(0, 2 * np.pi, corners))
    reach = side * generator.uniform(0.1, 0.6) * generator.uniform(0.5, 1.2, corners)
    around = np.stack([np.cos(angles), np.sin(angles)], axis=1) * reach[:, np.newaxis]
    return np.asarray(around + generator.uniform(-0.1, 1.1, 2) * side)


def _horizon(side: int, generator: np.random.Generator) -> NDArray[np.float64]:
    """What lies below a rough line across the picture, or to the right of one down it; (corners, 2)."""
    along = np.linspace(-10, side + 10, 12)
    roughness = side * generator.uniform(0, 0.06)
    line = np.stack([along, side * generator.uniform(0.1, 0.9) + generator.normal(0, roughness, 12).cumsum()], axis=1)
    below = np.concatenate([line, [[side + 10, side + 10], [-10, side + 10]]])
    return below[:, ::-1] if generator.random() < 0.3 else below


def _mask(outline: NDArray[np.float64], side: int, generator: np.random.Generator) -> Picture:
    """1 within the outline, 0 outside; sometimes out of focus."""
    mask = np.zeros((side, side), dtype=np.uint8)
    cv2.fillPoly(mask, [outline.round().astype(np.int32)], (255,), cv2.LINE_AA)
    if generator.random() < 0.3:
        mask = np.asarray(cv2.GaussianBlur(mask, (0, 0), side * generator.uniform(0.004, 0.03)), dtype=np.uint8)
    return np.divide(mask, 255, dtype=np.float32)[:, :, np.newaxis]


def _surface(side: int, generator: np.random.Generator) -> Picture:
    """One colour, or leaves about one colour, in uneven light and with colours that run."""
    colour = generator.uniform(20, 235) + generator.normal(0, 30, 3)
    picture = np.empty((side, side, 3), dtype=np.float32)
    picture[:] = colour
    if generator.random() < 0.5:
        _scatter_leaves(picture, colour, generator)
    picture *= np.exp(_noise(side, 1, generator) * np.float32(generator.choice((0.05, 0.15, 0.35, 0.7))))
    picture += _noise(side, 3, generator) * np.float32(generator.choice((0, 5, 15, 30)))
    return picture


def _scatter_leaves(picture: Picture, colour: NDArray[np.float64], generator: np.random.Generator) -> None:
    """Ellipses whose number falls with the cube of their radius, so that all scales cover alike."""
    side = len(picture)
    leaves = int(generator.integers(100, 700))
    most, least = generator.uniform(0.005, 0.05) ** -2, generator.uniform(0.06, 0.5) ** -2
    radii = side * (most - generator.random(leaves) * max(most - least, 0)) ** -0.5
    breadths = radii * (1 - generator.uniform(0, 1) * generator.random(leaves))
    axes = np.stack([radii, breadths], axis=1).round().astype(int).clip(min=1).tolist()
    centres = generator.integers(0, side, (leaves, 2)).tolist()
    angles = generator.uniform(0, 180) + generator.normal(0, generator.choice((10, 40, 180)), leaves)
    colours = colour + generator.normal(0, generator.uniform(5, 60), (leaves, 1))
    colours = colours + generator.normal(0, generator.uniform(0, 20), (leaves, 3))
    for centre, axis, angle, each in zip(centres, axes, angles, colours.tolist(), strict=True):
        cv2.ellipse(picture, centre, axis, float(angle), 0, 360, each, -1, cv2.LINE_AA)


def _noise(side: int, channels: int, generator: np.random.Generator) -> Picture:
    """Noise at all scales, of mean 0 and a standard deviation near 1; half of the time in streaks."""
    stretch = float(np.exp(generator.normal(0, 0.5))) if generator.random() < 0.5 else 1.0
    slope = generator.uniform(-0.3, 1.0)
    weights = np.array(_CELLS, dtype=np.float32) ** np.float32(-slope)
    noise = np.zeros((side, side, channels), dtype=np.float32)
    for cells, weight in zip(_CELLS, weights / np.linalg.norm(weights), strict=True):
        rows, columns = (max(1, min(side, int(count))) for count in (cells * stretch, cells / stretch))
        grid = generator.standard_normal((rows, columns, channels), dtype=np.float32)
        noise += weight * cv2.resize(grid, (side, side), interpolation=cv2.INTER_CUBIC).reshape(noise.shape)
    return noise
