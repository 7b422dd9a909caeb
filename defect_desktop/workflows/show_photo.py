"""Photos for a person's eyes: upright pixels of a size that suits a screen, from the loader that inference uses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from defect_desktop.vision.photo_loader import decode_photo, read_photo

ShowPhoto = Callable[[Path, int, int], NDArray[np.uint8]]
"""What `show_photo` is, for whoever is given it or a stand-in."""


def show_photo(path: Path, width: int, height: int) -> NDArray[np.uint8]:
    """The photo as RGB (H, W, 3), made to fit into width × height pixels but never enlarged. Raises PhotoError."""
    pixels = decode_photo(read_photo(path), least_side=min(width, height))
    high, wide = pixels.shape[:2]
    scale = min(width / wide, height / high)
    if scale >= 1:
        return pixels
    size = (max(1, round(wide * scale)), max(1, round(high * scale)))
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0))
