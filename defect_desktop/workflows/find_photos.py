"""Finds the photos in what a person named."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from defect_desktop.capture.folder import list_photos
from defect_desktop.core.record import PhotoFile
from defect_desktop.errors import SourceError


def find_photos(sources: Iterable[Path]) -> list[PhotoFile]:
    """The photos in files and folders. Raises SourceError, also where there are none."""
    photos = list_photos(sources)
    if not photos:
        raise SourceError(
            ko="사진을 찾지 못했습니다. 사진(JPEG, PNG, HEIC 등)이 있는 폴더를 고르세요.",
            en="There are no photos there; choose a folder that holds photos (JPEG, PNG, HEIC, ...).",
        )
    return photos
