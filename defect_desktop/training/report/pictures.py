"""Photos inside a page."""

from __future__ import annotations

import base64
import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_QUALITY = 80


def picture_uri(pixels: NDArray[np.uint8], side: int) -> str:
    """The photo (H, W, 3) as a JPEG data URI, its longer side `side` pixels or less; it is never enlarged."""
    image = Image.fromarray(pixels)
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
