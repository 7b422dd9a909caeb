from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageCms

from defect_desktop.vision.photo_loader import decode_photo
from tests.photos import scene


def swapped_profile(name: str = "swap") -> bytes:
    """The sRGB profile as `name`, of four letters, its red and blue primaries exchanged: an effect nobody can miss."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(profile[128:132], "big")
    entries = {bytes(profile[132 + 12 * n : 136 + 12 * n]): 132 + 12 * n for n in range(count)}
    red, blue = entries[b"rXYZ"], entries[b"bXYZ"]
    profile[red + 4 : red + 12], profile[blue + 4 : blue + 12] = (
        profile[blue + 4 : blue + 12],
        profile[red + 4 : red + 12],
    )
    return bytes(profile).replace("sRGB".encode("utf-16-be"), name.encode("utf-16-be"))


def decoded(image: Image.Image, profile: bytes | None, file_format: str = "PNG") -> np.ndarray:
    buffer = io.BytesIO()
    image.save(buffer, file_format, **({"icc_profile": profile} if profile else {}))
    return decode_photo(buffer.getvalue())


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_an_embedded_profile_is_applied(file_format: str) -> None:
    pixels = decoded(Image.new("RGB", (32, 32), (255, 0, 0)), swapped_profile(), file_format)
    red, green, blue = pixels.reshape(-1, 3).mean(axis=0)
    assert blue > 240
    assert red < 15
    assert green < 15


def test_a_profile_that_calls_itself_srgb_is_believed_by_what_it_does() -> None:
    pixels = decoded(Image.new("RGB", (32, 32), (255, 0, 0)), swapped_profile("sRGB"))
    assert pixels[0, 0].tolist() == decoded(Image.new("RGB", (32, 32), (255, 0, 0)), swapped_profile())[0, 0].tolist()
    assert pixels[0, 0, 2] > 240


@pytest.mark.parametrize("name", ["sRGB", "test"])
def test_srgb_by_any_name_and_no_profile_change_nothing(name: str) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    named = srgb.replace("sRGB".encode("utf-16-be"), name.encode("utf-16-be"))
    assert (decoded(scene(), named) == np.asarray(scene())).all()
    assert (decoded(scene(), None) == np.asarray(scene())).all()


@pytest.mark.parametrize("profile", [b"broken", b"\0" * 200, swapped_profile()[:300]])
def test_a_broken_profile_is_ignored(profile: bytes) -> None:
    assert (decoded(scene(), profile) == np.asarray(scene())).all()


def test_a_profile_for_other_pixels_is_ignored() -> None:
    assert decoded(scene().convert("CMYK"), swapped_profile(), "JPEG").shape == (120, 160, 3)
