"""The files: EXIF brings the stored pixels upright, says when, and says honestly that nobody took the photo."""

from __future__ import annotations

import io
from datetime import datetime

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageOps

from defect_desktop.demo.jpeg import MAKE, MODEL, as_stored, choose_size, draw_jpeg, encode_jpeg
from defect_desktop.demo.plan import even_set

# The photo loader is the program's; the tests look at the files with another pair of eyes.
open_image = getattr(Image, "open")  # noqa: B009


def reopened(content: bytes) -> Image.Image:
    return open_image(io.BytesIO(content))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_brings_the_pixels_upright(orientation: int):
    upright = np.random.default_rng(0).integers(0, 256, (5, 7, 3), dtype=np.uint8)
    image = Image.fromarray(as_stored(upright, orientation))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    buffer = io.BytesIO()
    image.save(buffer, "PNG", exif=exif)
    assert np.array_equal(np.asarray(ImageOps.exif_transpose(reopened(buffer.getvalue()))), upright)


def test_encoded_photos_come_back_upright_with_every_usual_orientation():
    rows, columns = np.mgrid[0:60, 0:90]
    upright = np.stack([rows * 4, columns * 2, 255 - rows * 4], axis=-1).astype(np.uint8)
    seen = set()
    for seed in range(60):
        image = reopened(encode_jpeg(upright, np.random.default_rng(seed)))
        seen.add(image.getexif()[ExifTags.Base.Orientation])
        again = np.asarray(ImageOps.exif_transpose(image), dtype=int)
        assert np.abs(again - upright).mean() < 6
    assert seen >= {1, 3, 6, 8}


def test_the_metadata_is_honest_and_has_a_capture_time():
    exif = reopened(draw_jpeg(even_set(1, 0, 0).train[0], seed=0)).getexif()
    assert (exif[ExifTags.Base.Make], exif[ExifTags.Base.Model]) == (MAKE, MODEL)
    stamp = exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal]
    taken = datetime.strptime(stamp, "%Y:%m:%d %H:%M:%S")
    assert 8 <= taken.hour < 18


def test_the_same_photo_is_the_same_bytes():
    first, second = even_set(2, 0, 0).train[:2]
    assert draw_jpeg(first, seed=3) == draw_jpeg(first, seed=3)
    assert draw_jpeg(first, seed=3) != draw_jpeg(first, seed=4)
    assert draw_jpeg(first, seed=3) != draw_jpeg(second, seed=3)


def test_sizes_are_about_the_contests_or_what_was_asked():
    rng = np.random.default_rng(0)
    sizes = [choose_size(rng) for _ in range(300)]
    assert 0.4e6 < np.mean([rows * columns for rows, columns in sizes]) < 0.65e6
    assert any(rows > columns for rows, columns in sizes)
    assert any(columns > rows for rows, columns in sizes)
    assert (3000, 4000) in {choose_size(rng, 12) for _ in range(20)}
