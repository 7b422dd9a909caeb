"""From heights to light: how bright each point of a bumpy wall looks under a lamp."""

from __future__ import annotations

import cv2
import numpy as np

from defect_desktop.demo.canvas import Canvas
from defect_desktop.demo.fields import Field, resized

_AMBIENT = np.float32(0.42)
_SLOPE = np.array([[-0.5, 0.0, 0.5]], dtype=np.float32)


def shade(canvas: Canvas) -> Field:
    """H x W: brightness of each point against flat wall (1), from slopes, hollows and cast shadows."""
    relief = np.ascontiguousarray(canvas.relief)
    slope_x = np.asarray(cv2.filter2D(relief, -1, _SLOPE), dtype=np.float32)
    slope_y = np.asarray(cv2.filter2D(relief, -1, _SLOPE.T), dtype=np.float32)
    light = canvas.light
    facing = 1 - (slope_x * np.float32(light.x / light.z) + slope_y * np.float32(light.y / light.z))
    facing /= np.sqrt(1 + slope_x * slope_x + slope_y * slope_y)
    np.clip(facing, 0.0, 1.75, out=facing)
    return (_AMBIENT + (1 - _AMBIENT) * facing) * _openness(relief, canvas.unit) * canvas.shadow


def _openness(relief: Field, unit: float) -> Field:
    """Less light reaches a hollow: compare each point with the mean height around it, at a quarter of the detail."""
    coarse = resized(relief, (relief.shape[0] // 4 + 1, relief.shape[1] // 4 + 1))
    around = resized(
        np.asarray(cv2.GaussianBlur(coarse, (0, 0), max(0.3 * unit, 0.5)), dtype=np.float32),
        (relief.shape[0], relief.shape[1]),
    )
    depth = (around - relief) / np.float32(1.2 * unit)
    return 1 - np.float32(0.55) * np.clip(depth, 0, 1)
