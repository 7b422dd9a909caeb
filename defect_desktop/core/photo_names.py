"""Which files and folders are looked at where a whole folder is meant, by their names alone."""

from __future__ import annotations

from pathlib import PurePath

PHOTO_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".heic", ".heif"}
    | {".hif", ".avif"}
)
"""The file name endings, in lower case, that mark a photo in a folder. A file that is named itself needs none."""

_NO_PHOTOS_BELOW = frozenset(
    {"$recycle.bin", "system volume information", "#recycle", "@recycle", "@eadir", "__macosx"}
)
"""Folders, in lower case, in which systems, network drives and archives keep what was thrown away, and previews."""


def is_photo_name(name: str) -> bool:
    """Whether a file of this name, met in a folder, is a photo.

    A leading dot says no: programs that synchronise or copy keep unfinished files under such names, and macOS leaves a
    "._" companion beside each photo on USB sticks.
    """
    return not name.startswith(".") and PurePath(name).suffix.lower() in PHOTO_SUFFIXES


def may_hold_photos(name: str) -> bool:
    """Whether photos are looked for in a folder of this name, met below one that the user named.

    A leading dot says no here too: previews and what was thrown away lie in such folders.
    """
    return not name.startswith(".") and name.lower() not in _NO_PHOTOS_BELOW
