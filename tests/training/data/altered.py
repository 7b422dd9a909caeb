"""What becomes of a photo before it turns up a second time."""

from __future__ import annotations

import io

from PIL import Image, ImageEnhance

from tests.photos import scene


def jpeg(image: Image.Image, quality: int = 90) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def drawn(seed: int) -> Image.Image:
    return scene(320, 240, seed)


def altered(image: Image.Image, way: str) -> bytes:
    wide, high = image.size
    ways = {
        "equal": lambda: jpeg(image),
        "compressed": lambda: jpeg(image, 40),
        "shrunk": lambda: jpeg(image.resize((wide // 2, high // 2)), 80),
        "mirrored": lambda: jpeg(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)),
        "darker": lambda: jpeg(ImageEnhance.Brightness(image).enhance(0.75)),
        "cropped": lambda: jpeg(image.crop((wide // 40, high // 40, wide - wide // 40, high - high // 40))),
    }
    return ways[way]()


WAYS = ("equal", "compressed", "shrunk", "mirrored", "darker", "cropped")
