"""Light: where the main lamp stands, and how its light and colour vary over the picture."""

from __future__ import annotations

import math

import numpy as np

from defect_desktop.demo.canvas import Light
from defect_desktop.demo.fields import Field, axes, ramp, resized, smooth_noise

_COARSE = 12
"""The light changes slowly: it is worked out for one in this many pixels, each way."""


def choose_light(rng: np.random.Generator, raking: bool) -> Light:
    """A lamp or window, mostly from above or a side; `raking` light grazes the wall, as an inspector holds a torch."""
    angle = float(rng.uniform(-math.pi, 0)) if rng.random() < 0.8 else float(rng.uniform(0, math.pi))
    height = float(rng.uniform(0.22, 0.42)) if raking or rng.random() < 0.2 else float(rng.uniform(0.42, 0.85))
    flat = math.sqrt(1 - height**2)
    return Light(flat * math.cos(angle), flat * math.sin(angle), height)


def illumination(rng: np.random.Generator, shape: tuple[int, int], light: Light) -> Field:
    """H x W x 3: how much light of each colour falls on each point; about 1 in the middle."""
    small = (shape[0] // _COARSE + 2, shape[1] // _COARSE + 2)
    along, across = axes(small, small[1] / 2, small[0] / 2)
    reach = max(small)
    towards = (along * light.x + across * light.y) / reach
    level = 1 + np.float32(rng.uniform(0.0, 0.5)) * towards
    level = level * _vignette(rng, along, across, reach)
    if rng.random() < 0.35:
        level = level * _lamp(rng, small, reach)
    if rng.random() < 0.3:
        level = level * _soft_shadow(rng, small, reach)
    level = level * (1 + np.float32(0.02) * smooth_noise(rng, small, reach / 4))
    return resized(np.clip(level, 0.2, 1.7)[..., None] * _colour_cast(rng, towards), shape)


def _vignette(rng: np.random.Generator, along: Field, across: Field, reach: int) -> Field:
    distance = (along**2 + across**2) / np.float32(reach / 2) ** 2
    return 1 - np.float32(rng.uniform(0, 0.1)) * distance


def _lamp(rng: np.random.Generator, shape: tuple[int, int], reach: int) -> Field:
    """The cone of a ceiling spot or a torch: bright around one point, falling off."""
    along, across = axes(shape, float(rng.uniform(0, shape[1])), float(rng.uniform(-0.2, 1) * shape[0]))
    spread = np.float32(rng.uniform(0.35, 0.9) * reach)
    glow = np.exp(-(along**2 + across**2) / (2 * spread**2))
    floor = np.float32(rng.uniform(0.6, 0.85))
    return np.asarray(floor + (1.25 - floor) * glow, dtype=np.float32)


def _soft_shadow(rng: np.random.Generator, shape: tuple[int, int], reach: int) -> Field:
    """Half of the wall in the shadow of something outside the picture."""
    x, y = float(rng.uniform(0.1, 0.9) * shape[1]), float(rng.uniform(0.1, 0.9) * shape[0])
    along, _ = axes(shape, x, y, float(rng.uniform(-math.pi, math.pi)))
    softness = float(rng.uniform(0.05, 0.5)) * reach
    return 1 - np.float32(rng.uniform(0.12, 0.45)) * ramp(along, softness)


def _colour_cast(rng: np.random.Generator, towards: Field) -> Field:
    """Warm bulbs to blue daylight, with a little of both where two lamps mix; green is left alone."""
    warmth = float(np.clip(rng.normal(0.02, 0.06), -0.12, 0.17))
    warm = warmth + np.float32(rng.normal(0, 0.04)) * towards
    green = np.full_like(warm, 1 + float(rng.normal(0, 0.012)))
    return np.stack([1 + warm, green, 1 - 1.15 * warm], axis=-1).astype(np.float32)
