"""The one path from a decoded photo to a network's input, shared by classification and training.

The settings travel in the model pack's card, so a network always sees what it was trained on. Pixels stay 8-bit until
the engine normalises a whole batch: the queue before the engine is four times smaller that way.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PIL import Image


class Interpolation(StrEnum):
    """How pixels are averaged when a photo is resized; always antialiased."""

    BILINEAR = "bilinear"
    BICUBIC = "bicubic"
    LANCZOS = "lanczos"


class CropMode(StrEnum):
    """What becomes of a photo whose shape is not the network's.

    `SQUASH` keeps every part of the photo and gives up its aspect ratio: the right choice where a defect may lie at
    the very edge. `CENTER` keeps the aspect ratio and gives up the edges.
    """

    SQUASH = "squash"
    CENTER = "center"


_RESAMPLING = {
    Interpolation.BILINEAR: Image.Resampling.BILINEAR,
    Interpolation.BICUBIC: Image.Resampling.BICUBIC,
    Interpolation.LANCZOS: Image.Resampling.LANCZOS,
}


_DECODE_MARGIN = 1.5
"""How much finer than the input a reduced decode stays: the antialiased resize then hides how the decoder averaged."""


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """A network's input: `height` × `width` pixels, normalised with `mean` and `std` a channel (for values 0 to 1).

    `crop_share` is how much of the photo's shorter side a `CENTER` crop keeps; `SQUASH` crops to that share on both
    sides.
    """

    height: int
    width: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    interpolation: Interpolation
    crop_mode: CropMode
    crop_share: float

    @property
    def decode_side(self) -> int:
        """The shorter side, in pixels, that a photo must keep when it is decoded at reduced size for this input."""
        return math.ceil(_DECODE_MARGIN * max(self.height, self.width) / self.crop_share)

    def fit(self, photo: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The photo (H, W, 3) cropped and resized to (height, width, 3), still 8-bit RGB."""
        resized = Image.fromarray(photo).resize(
            (self.width, self.height), _RESAMPLING[self.interpolation], box=self.seen_part(*photo.shape[:2])
        )
        return np.asarray(resized)

    def seen_part(self, high: int, wide: int) -> tuple[float, float, float, float]:
        """What the network sees of a photo of `high` × `wide` pixels: the left, top, right and bottom edge in it."""
        if self.crop_mode is CropMode.SQUASH:
            box_high, box_wide = high * self.crop_share, wide * self.crop_share
        else:
            scale = min(high / self.height, wide / self.width) * self.crop_share
            # Rounding may put the box a hair outside the photo, where it may not be.
            box_high, box_wide = min(high, self.height * scale), min(wide, self.width * scale)
        left, top = (wide - box_wide) / 2, (high - box_high) / 2
        return left, top, left + box_wide, top + box_high
