"""One practice photo, from a label and a random generator to pixels."""

from __future__ import annotations

import math

import numpy as np

from defect_desktop.demo.camera import Picture, add_sensor_noise, enlarged, photograph
from defect_desktop.demo.defects import DEFECTS
from defect_desktop.demo.lighting import illumination
from defect_desktop.demo.relief import shade
from defect_desktop.demo.scene import VISIBLE, draw_scene

LARGEST_DRAWN = 1_200_000
"""Pixels; a larger photo is drawn at this size and enlarged before the sensor's noise is added."""


def draw_photo(label: str, rng: np.random.Generator, size: tuple[int, int]) -> Picture:
    """A photo of a papered wall with the defect `label`: `size` is (rows, columns); the result is rows x columns x 3.

    The same generator state gives the same picture. `label` is one of the 19 contest labels.
    """
    drawn = _drawn_size(size)
    short = min(drawn)
    zoom = float(np.clip(np.exp(rng.normal(-0.05, 0.25)), 0.6, 1.6))
    framed = VISIBLE[1] - VISIBLE[0]
    shape = (math.ceil(drawn[0] / framed), math.ceil(drawn[1] / framed))
    canvas = draw_scene(DEFECTS[label], rng, shape, short / 100 * zoom)
    radiance = canvas.albedo
    radiance *= shade(canvas)[..., None]
    radiance *= illumination(rng, shape, canvas.light)
    picture = photograph(radiance, rng, drawn, VISIBLE)
    if drawn == size:
        add_sensor_noise(picture, rng, least=0.8)
        return picture
    large = enlarged(picture, size)
    add_sensor_noise(large, rng, least=6.0)
    return large


def _drawn_size(size: tuple[int, int]) -> tuple[int, int]:
    shrink = math.sqrt(size[0] * size[1] / LARGEST_DRAWN)
    return size if shrink <= 1 else (round(size[0] / shrink), round(size[1] / shrink))
