"""Drawn photos whose defect's place is known: which pixels of the photo the drawing of the defect has changed."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import numpy as np

from defect_desktop.demo import camera, photo, scene
from defect_desktop.demo.canvas import Canvas, Side
from defect_desktop.demo.defects import DEFECTS

_VISIBLE_CHANGE = 0.02


def draw_located(label: str, seed: int, size: tuple[int, int] = (480, 640)) -> tuple[np.ndarray, np.ndarray]:
    """A photo (H, W, 3) with the defect `label`, and where that is: a boolean mask (H, W)."""
    found: dict[str, Any] = {}
    defect, plan, seen_from = DEFECTS[label], scene._plan, camera._seen_from

    def planned(*arguments: Any) -> Any:
        found["plan"] = plan(*arguments)
        return found["plan"]

    def drawn(turned: Canvas, *rest: Any) -> None:
        before = _layers(turned)
        defect.draw(turned, *rest)
        changed = np.abs(_layers(turned) - before).max(axis=2) > _VISIBLE_CHANGE
        found["mask"] = _turned_back(changed, found["plan"].side)

    def seen(picture: np.ndarray, rng: np.random.Generator, *rest: Any) -> np.ndarray:
        as_picture = np.repeat(found["mask"][..., None], 3, axis=2).astype(np.uint8) * 255
        found["mask"] = seen_from(as_picture, deepcopy(rng), *rest)[..., 0] > 127
        return seen_from(picture, rng, *rest)

    with (
        patch.object(scene, "_plan", planned),
        patch.object(camera, "_seen_from", seen),
        patch.dict(photo.DEFECTS, {label: replace(defect, draw=drawn)}),
    ):
        pixels = photo.draw_photo(label, np.random.default_rng(seed), size)
    return pixels, found["mask"]


def box_of(mask: np.ndarray) -> tuple[slice, slice]:
    """The rows and columns that the mask covers."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)


def _layers(canvas: Canvas) -> np.ndarray:
    return np.concatenate([canvas.albedo, canvas.relief[..., None], canvas.shadow[..., None]], axis=2)


def _turned_back(mask: np.ndarray, side: Side) -> np.ndarray:
    upright = mask[::-1] if side in (Side.TOP, Side.LEFT) else mask
    return upright.swapaxes(0, 1) if side in (Side.LEFT, Side.RIGHT) else upright
