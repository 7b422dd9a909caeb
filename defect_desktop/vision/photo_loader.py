"""The one photo loader: bytes of any supported file to upright 8-bit RGB, for classification, training and display.

JPEGs are decoded at reduced size where that suffices, which is most of the program's speed: the decoder skips the
detail that the resize would throw away. Everything that is wrong with a file becomes a `PhotoError`.
"""

from __future__ import annotations

import io
import logging
import stat
from pathlib import Path
from typing import Literal

import numpy as np
import pi_heif
import simplejpeg
from numpy.typing import NDArray
from PIL import ExifTags, Image, TiffImagePlugin, UnidentifiedImageError

from defect_desktop.errors import PhotoError, PhotoProblem
from defect_desktop.vision.colour import to_srgb

MAX_PIXELS = 200_000_000
"""A photo with more pixels is refused: the largest phone sensors stay below, decompression bombs do not."""

MAX_BYTES = 8 * MAX_PIXELS
"""A larger file is not read at all: so many bytes hold the most pixels uncompressed, in four channels of 16 bits."""

# Only decoders for photos: Pillow's list also holds formats that run other programs (EPS) or reach outside the file.
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF", "HEIF", "AVIF")
_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8")
_LOST = "premature end of data"
"""What libjpeg warns of where it made a part of the picture up, grey or shifted; Pillow takes that for whole."""
_BRANDS = (b"hei", b"hev", b"mif", b"msf", b"avif", b"avis")
"""What the brands of HEIF and AVIF begin with; films lie in the same container under others."""

_log = logging.getLogger(__name__)

Image.init()
pi_heif.register_heif_opener()
# The limit is enforced below with a sentence of our own; Pillow's would warn at half of its limit and raise at twice.
Image.MAX_IMAGE_PIXELS = None


def read_photo(path: Path) -> bytes:
    """The bytes of the file; raises PhotoError (missing, unreadable, empty, too large)."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # who reads a pipe waits for ever, and a device may never end
            raise PhotoError(PhotoProblem.UNREADABLE, "no regular file")
        if status.st_size > MAX_BYTES:
            raise PhotoError(PhotoProblem.TOO_LARGE, f"{status.st_size} bytes")
        content = path.read_bytes()
    except (FileNotFoundError, ValueError) as error:  # no file has a path with a NUL, but a table may
        raise PhotoError(PhotoProblem.MISSING, str(error)) from error
    except OSError as error:
        raise PhotoError(PhotoProblem.UNREADABLE, str(error)) from error
    except MemoryError as error:
        raise PhotoError(PhotoProblem.TOO_LARGE, "out of memory") from error
    if not content:
        raise PhotoError(PhotoProblem.EMPTY)
    return content


def decode_photo(content: bytes, least_side: int | None = None) -> NDArray[np.uint8]:
    """The photo as upright RGB, shape (H, W, 3).

    With `least_side`, in pixels, a JPEG may come back smaller than it is, its shorter side no shorter than that.
    Raises PhotoError (not an image, truncated, corrupt, too large).
    """
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:  # noqa: TID251 - this is the loader
            if image.width * image.height > MAX_PIXELS:
                raise PhotoError(PhotoProblem.TOO_LARGE, f"{image.width} x {image.height}")
            orientation = _orientation(image)
            pixels = _decode_jpeg(content, image, least_side)
            if pixels is None:
                pixels = np.asarray(to_srgb(_decode(image), image.info.get("icc_profile")))
    except PhotoError:
        raise
    except MemoryError as error:
        raise PhotoError(PhotoProblem.TOO_LARGE, "out of memory") from error
    except UnidentifiedImageError as error:
        problem = PhotoProblem.TRUNCATED if _breaks_off(content) else PhotoProblem.NOT_AN_IMAGE
        raise PhotoError(problem, str(error)) from error
    except Exception as error:  # decoders raise anything on damaged data; it costs this one photo
        problem = PhotoProblem.TRUNCATED if "truncated" in str(error).lower() else PhotoProblem.CORRUPT
        raise PhotoError(problem, f"{type(error).__name__}: {error}") from error
    return _upright(pixels, orientation)


def _breaks_off(content: bytes) -> bool:
    """Whether what no decoder knows begins as a photo does, so that its rest must be missing."""
    if content.startswith((b"II*\0", b"MM\0*")):
        return _lacks_directory(content)
    if content.startswith(b"RIFF"):
        return b"WEBP".startswith(content[8:12])
    return content.startswith(_SIGNATURES) or (content[4:8] == b"ftyp" and content[8:12].startswith(_BRANDS))


def _lacks_directory(tiff: bytes) -> bool:
    """Whether a TIFF ends before its directory does; one that has it whole is of a kind that no decoder knows."""
    order: Literal["little", "big"] = "little" if tiff.startswith(b"II") else "big"
    begin = int.from_bytes(tiff[4:8], order)
    entries = int.from_bytes(tiff[begin : begin + 2], order)
    return begin + 2 + 12 * entries > len(tiff)


def photo_size(content: bytes) -> tuple[int, int]:
    """Height and width of the upright photo in pixels, from its header alone; raises PhotoError (not an image)."""
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:  # noqa: TID251 - this is the loader
            size = image.height, image.width
            return size if _orientation(image) < 5 else size[::-1]
    except Exception as error:  # decoders raise anything on damaged data; it costs this one photo
        raise PhotoError(PhotoProblem.NOT_AN_IMAGE, f"{type(error).__name__}: {error}") from error


def subject_distance(content: bytes) -> float | None:
    """The metres from camera to subject, as the camera wrote them into the photo's EXIF; None where it did not."""
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:  # noqa: TID251 - this is the loader
            metres = float(image.getexif().get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.SubjectDistance])
    except Exception as error:  # noqa: BLE001 - a broken EXIF block raises anything, and must not cost the photo
        _log.debug("no subject distance: %s", error)
        return None
    # 0 means "unknown", and so does what is no number; what lies at infinity is far indeed.
    return metres if metres > 0 else None


def _decode_jpeg(content: bytes, image: Image.Image, least_side: int | None) -> NDArray[np.uint8] | None:
    """The fast way for ordinary JPEGs; None where Pillow must decide (CMYK, damaged data, other formats)."""
    if image.format not in ("JPEG", "MPO") or image.mode not in ("RGB", "L"):
        return None
    try:
        height, width = _reduced_size(image.height, image.width, least_side)
        pixels: NDArray[np.uint8] = simplejpeg.decode_jpeg(
            content, colorspace="RGB", min_height=height, min_width=width
        )
    except ValueError as error:
        if _LOST in str(error):
            image.load()  # raises where the file breaks off, which is what mostly loses data
            raise PhotoError(PhotoProblem.CORRUPT, str(error)) from error
        # libjpeg also warns of harmless oddities, so Pillow, which knows the difference, has the last word.
        _log.debug("fast JPEG decoding refused, trying Pillow: %s", error)
        return None
    # Most photos have no profile: they never go through Pillow, whose every step copies them.
    profile = image.info.get("icc_profile")
    return np.asarray(to_srgb(Image.fromarray(pixels), profile)) if profile else pixels


def _reduced_size(height: int, width: int, least_side: int | None) -> tuple[int, int]:
    """The smallest eighths of the size that suffice: those that are whole pixels, or else twice as fine ones.

    Where a size is not whole, the decoder adds a row or column that is only partly covered; turned and mirrored copies
    of a photo are then shifted against each other by a part of a pixel, which must be small against the input's.
    """
    for eighths in range(1, 8):
        whole = height * eighths % 8 == 0 and width * eighths % 8 == 0
        reduced = -(-height * eighths // 8), -(-width * eighths // 8)
        if least_side and min(reduced) >= least_side * (1 if whole else 2):
            return reduced
    return height, width


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation, 1 to 8, still to be applied; 1 where there is none, or none that can be read."""
    if image.format == "TIFF":  # Pillow turns these itself: their size at once, their pixels as it decodes them
        return 1
    try:
        value = image.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception as error:  # noqa: BLE001 - a broken EXIF block raises anything, and must not cost the photo
        _log.debug("EXIF cannot be read: %s", error)
        return 1
    return value if value in range(1, 9) else 1


def _upright(pixels: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """Applies an EXIF orientation: values from 5 are transposed, and each is then mirrored on the axes it needs."""
    if orientation >= 5:
        pixels = pixels.transpose(1, 0, 2)
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    return np.ascontiguousarray(pixels)


def _decode(image: Image.Image) -> Image.Image:
    """Decodes with Pillow: any mode to RGB or CMYK, the first frame of an animation, transparency over white."""
    image.load()
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        grey = np.asarray(image, dtype=np.float32)
        return Image.fromarray(_deep_grey_to_rgb(grey, _full_scale(grey, image), _white_is_zero(image)))
    if image.has_transparency_data and not _is_unset(image):
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return image if image.mode == "CMYK" else image.convert("RGB")


def _is_unset(image: Image.Image) -> bool:
    """Whether the transparency is no such thing: Windows' own drawing fills a BMP's colours, and leaves it at zero."""
    return image.format == "BMP" and image.mode == "RGBA" and image.getchannel("A").getextrema() == (0, 0)


def _white_is_zero(image: Image.Image) -> bool:
    """Whether a TIFF counts up from white; Pillow turns those of 8 bits around, but not the deeper ones."""
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return False
    return bool(image.tag_v2.get(TiffImagePlugin.PHOTOMETRIC_INTERPRETATION) == 0)


def _deep_grey_to_rgb(grey: NDArray[np.float32], full_scale: float, white_is_zero: bool) -> NDArray[np.uint8]:
    """Grey of more than 8 bits to RGB, by the numbers' full scale: a dark photo stays dark."""
    light = grey.clip(0, full_scale) * (255.0 / full_scale)
    if white_is_zero:
        light = 255.0 - light
    eight_bit = np.nan_to_num(light).round().astype(np.uint8)  # floating-point files may hold what is no number
    return np.repeat(eight_bit[:, :, np.newaxis], 3, axis=2)


def _full_scale(grey: NDArray[np.float32], image: Image.Image) -> float:
    """White in a deep grey image: whole numbers have as many bits as the file says; for others there is no rule.

    Of those, and of whole numbers that are deeper than any camera's, the brightest pixel decides.
    """
    if image.mode.startswith("I;16"):
        return 2.0 ** _bits(image) - 1
    brightest = float(grey.max(initial=0.0, where=np.isfinite(grey)))
    return next((scale for scale in (1.0, 255.0, 65535.0) if brightest <= scale), brightest)


def _bits(image: Image.Image) -> int:
    """How many bits a pixel of 16 in memory has in its file: cameras for inspection write TIFFs of 12."""
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return 16
    return int(image.tag_v2[TiffImagePlugin.BITSPERSAMPLE][0])
