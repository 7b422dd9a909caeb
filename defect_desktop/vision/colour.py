"""Colour management: the same wall in Display P3, Adobe RGB or an old Mac's gamma becomes the same sRGB pixels.

Phones embed wide-gamut profiles. Read as if they were sRGB, their photos are paler or darker than what the networks
were trained on, and two copies of one photo can get two labels.
"""

from __future__ import annotations

import io
import logging
from functools import lru_cache

from PIL import Image, ImageCms

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
        if "srgb" in ImageCms.getProfileDescription(source).lower():
            return None
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, OSError) as error:
        _log.debug("colour profile ignored: %s", error)
        return None
