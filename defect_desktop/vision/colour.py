"""Colour management: the same wall in Display P3, Adobe RGB or an old Mac's gamma becomes the same sRGB pixels.

Phones embed wide-gamut profiles. Read as if they were sRGB, their photos are paler or darker than what the networks
were trained on, and two copies of one photo can get two labels.
"""

from __future__ import annotations

import io
import logging
from functools import lru_cache

import numpy as np
from PIL import Image, ImageCms

_LEVELS = np.linspace(0, 255, 9).round().astype(np.uint8)
_COLOURS = np.stack(np.meshgrid(_LEVELS, _LEVELS, _LEVELS), axis=-1).reshape(27, 27, 3)
_ROUNDING = 2
"""Grey levels by which profiles of sRGB itself, of whatever maker, differ from it."""

_log = logging.getLogger(__name__)


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """An RGB or CMYK image, whose pixels are those of the ICC profile, as sRGB.

    A profile that is broken or describes another kind of pixels is ignored: the photo is worth more than its hue.
    """
    transform = _transform(profile, image.mode) if profile else None
    if transform is None:
        return image.convert("RGB")
    return transform.apply(image)


@lru_cache(maxsize=32)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """The way to sRGB; None where there is nothing to do or nothing that can be done. Photos share few profiles."""
    try:
        source = ImageCms.getOpenProfile(io.BytesIO(profile))
        transform = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, OSError) as error:
        _log.debug("colour profile ignored: %s", error)
        return None
    return None if mode == "RGB" and _changes_nothing(transform) else transform


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Whether it leads from sRGB to sRGB. Names tell nothing: phones write "DCI-P3 D65 Gamut with sRGB Transfer"."""
    changed = np.asarray(transform.apply(Image.fromarray(_COLOURS)), dtype=np.int16)
    return bool((np.abs(changed - _COLOURS) <= _ROUNDING).all())
