"""A drawn photo as a camera file: its size, the JPEG bytes, and EXIF with orientation and capture time."""

from __future__ import annotations

import io
import math
from datetime import datetime, timedelta

import cv2
import numpy as np
from PIL import ExifTags, Image

from defect_desktop.demo.camera import Picture
from defect_desktop.demo.photo import draw_photo
from defect_desktop.demo.plan import PlannedPhoto

MAKE = "Defect Desktop"
MODEL = "drawn practice photo"
"""What the photos say they were taken with: nobody may mistake them for evidence."""

_FIRST_DAY = datetime(2025, 3, 3, 8)
_SITE_DAYS = 240
_SITE_HOURS = 10

_ORIENTATIONS = (1, 6, 8, 3, 2, 4, 5, 7)
_ORIENTATION_SHARES = (0.62, 0.19, 0.08, 0.07, 0.01, 0.01, 0.01, 0.01)
"""Phones mostly hold upright or turned; the mirrored forms are rare and break careless loaders."""

# EXIF orientation -> (rows and columns swapped?, then cv2's flip code: 0 upside down, 1 mirrored, -1 both).
_STORING: dict[int, tuple[bool, int | None]] = {
    1: (False, None), 2: (False, 1), 3: (False, -1), 4: (False, 0),
    5: (True, None), 6: (True, 0), 7: (True, -1), 8: (True, 1),
}  # fmt: skip

_ASPECTS = (4 / 3, 3 / 4, 1.04)
_ASPECT_SHARES = (0.42, 0.36, 0.22)


def draw_jpeg(photo: PlannedPhoto, seed: int, megapixels: float | None = None) -> bytes:
    """The file of one planned photo. `megapixels` asks for a camera's size; without it, about half of one."""
    rng = photo.generator(seed)
    size = choose_size(rng, megapixels)
    return encode_jpeg(draw_photo(photo.label, rng, size), rng)


def choose_size(rng: np.random.Generator, megapixels: float | None = None) -> tuple[int, int]:
    """Rows and columns of an upright photo: landscape, portrait or nearly square."""
    pixels = float(rng.uniform(0.38e6, 0.62e6)) if megapixels is None else megapixels * 1e6
    aspect = _ASPECTS[int(rng.choice(len(_ASPECTS), p=_ASPECT_SHARES))]
    return round(math.sqrt(pixels / aspect)), round(math.sqrt(pixels * aspect))


def encode_jpeg(upright: Picture, rng: np.random.Generator) -> bytes:
    """`upright` (H x W x 3) as a JPEG whose pixels lie as the sensor was held; its EXIF says how to set it upright."""
    orientation = int(rng.choice(_ORIENTATIONS, p=_ORIENTATION_SHARES))
    stored = Image.fromarray(as_stored(upright, orientation))
    buffer = io.BytesIO()
    quality = int(rng.integers(80, 96))
    stored.save(buffer, "JPEG", quality=quality, exif=_exif(orientation, _capture_time(rng)))
    return buffer.getvalue()


def as_stored(upright: Picture, orientation: int) -> Picture:
    """The pixels that EXIF `orientation` (1 to 8) brings back to `upright`."""
    is_transposed, flip_code = _STORING[orientation]
    stored = cv2.transpose(upright) if is_transposed else upright
    if flip_code is not None:
        stored = cv2.flip(stored, flip_code)
    return np.asarray(stored, dtype=np.uint8)


def _capture_time(rng: np.random.Generator) -> datetime:
    """Some second of a working day."""
    day, second = int(rng.integers(_SITE_DAYS)), int(rng.integers(_SITE_HOURS * 3600))
    return _FIRST_DAY + timedelta(days=day, seconds=second)


def _exif(orientation: int, taken: datetime) -> Image.Exif:
    exif = Image.Exif()
    stamp = taken.strftime("%Y:%m:%d %H:%M:%S")
    exif[ExifTags.Base.Make] = MAKE
    exif[ExifTags.Base.Model] = MODEL
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.DateTime] = stamp
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = stamp
    return exif
