"""Keeps a picture that is no file yet, from the camera or the clipboard, as a photo like any other."""

from __future__ import annotations

import io
import secrets
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image

from defect_desktop import __version__
from defect_desktop.capture.folder import plain_path
from defect_desktop.core.printable import printable
from defect_desktop.core.record import PhotoFile
from defect_desktop.errors import CaptureError
from defect_desktop.vision.whole_file import written_whole

_QUALITY = 95
_LONGEST_SIDE = 65_500
"""More pixels the JPEG library does not write."""


def keep_picture(pixels: NDArray[np.uint8], taken_at: datetime, captures: Path) -> PhotoFile:
    """Writes RGB (H, W, 3) as a JPEG of full size below the folder `captures`, whole or not at all.

    `taken_at` has a time zone. Photos lie in a folder a day; their names are never used twice, whatever the clock does.
    Raises CaptureError where the photo cannot be written.
    """
    if max(pixels.shape) > _LONGEST_SIDE:
        raise _too_long(pixels)
    path = plain_path(captures) / f"{taken_at:%Y-%m-%d}" / f"{taken_at:%Y%m%d-%H%M%S}-{secrets.token_hex(4)}.jpg"
    content = _jpeg(pixels, taken_at)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(path) as file:
            file.write(content)
        status = path.stat()
    except OSError as error:
        raise _not_kept(captures, error) from error
    return PhotoFile(path, status.st_size, status.st_mtime_ns)


def kept_pictures(captures: Path) -> list[Path]:
    """The pictures that were kept below the folder `captures`, in the order of their names."""
    return sorted(plain_path(captures).glob("????-??-??/????????-??????-????????.jpg"))


def _jpeg(pixels: NDArray[np.uint8], taken_at: datetime) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=_QUALITY, subsampling=0, exif=_exif(taken_at))
    return buffer.getvalue()


def _exif(taken_at: datetime) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Software] = f"Defect Desktop {__version__}"
    offset = f"{taken_at:%z}"
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = f"{taken_at:%Y:%m:%d %H:%M:%S}"
    details[ExifTags.Base.SubsecTimeOriginal] = f"{taken_at:%f}"
    details[ExifTags.Base.OffsetTimeOriginal] = f"{offset[:3]}:{offset[3:5]}"
    return exif


def _too_long(pixels: NDArray[np.uint8]) -> CaptureError:
    height, width, _ = pixels.shape
    return CaptureError(
        ko=f"사진이 너무 큽니다({width:,} × {height:,}픽셀). "
        f"한 변이 {_LONGEST_SIDE:,}픽셀을 넘지 않게 잘라서 다시 붙여넣으세요.",
        en=f"The picture is too large ({width:,} × {height:,} pixels); "
        f"cut it so that no side is longer than {_LONGEST_SIDE:,} pixels, and paste it again.",
    )


def _not_kept(folder: Path, error: OSError) -> CaptureError:
    return CaptureError(
        ko=f"사진을 '{printable(folder)}'에 저장할 수 없습니다({error.strerror}). "
        "디스크의 남은 공간과 폴더 권한을 확인하고 다시 찍으세요.",
        en=f"The photo cannot be kept in '{printable(folder)}' ({error.strerror}); "
        "check the free space and the folder's permissions, and take it again.",
    )
