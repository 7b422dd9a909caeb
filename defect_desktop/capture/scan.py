"""One look at a folder that is watched: its photos with their sizes and times, as cheaply as a network share allows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from defect_desktop.capture.folder import is_new, plain_path, real_path
from defect_desktop.core.photo_names import is_photo_name, may_hold_photos
from defect_desktop.core.printable import printable
from defect_desktop.core.record import PhotoFile
from defect_desktop.errors import SourceError

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Scan:
    """What one look found: the photos, sorted by path within each folder, and the subfolders that could not be read."""

    photos: tuple[PhotoFile, ...]
    unreadable: tuple[Path, ...] = ()


def _deaf() -> None:
    """Hears nothing."""


def scan_folder(folder: Path, heard: Callable[[], None] = _deaf) -> Scan:
    """Every photo below `folder`; raises SourceError where it cannot be read itself.

    `heard` is called with every sign of life that the folder gives: of many photos on a slow share a look takes long.

    Sizes and times come from the listing where the system has them there (Windows): they may be a little old, which
    only delays a photo.
    """
    folder = plain_path(folder)
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise _unreachable(folder, error) from error
    unreadable: list[Path] = []
    photos = tuple(_hearing(_photos_below(folder, unreadable, {real_path(folder)}, heard), heard))
    return Scan(photos, tuple(unreadable))


def _hearing(answers: Iterable[_T], heard: Callable[[], None]) -> Iterator[_T]:
    for answer in answers:
        heard()
        yield answer


def _photos_below(
    folder: Path, unreadable: list[Path], visited: set[str], heard: Callable[[], None]
) -> Iterator[PhotoFile]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(_hearing(listing, heard), key=lambda entry: entry.name)
    except OSError:
        unreadable.append(folder)
        return
    folders = [entry for entry in entries if may_hold_photos(entry.name) and _is_folder(entry)]
    yield from (_examine(entry) for entry in entries if is_photo_name(entry.name) and not _is_folder(entry))
    for entry in folders:
        # A link that leads back up must not be followed for ever.
        if is_new(Path(entry.path), visited):
            yield from _photos_below(Path(entry.path), unreadable, visited, heard)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _examine(entry: os.DirEntry[str]) -> PhotoFile:
    try:
        status = entry.stat()
    except OSError:
        return PhotoFile(Path(entry.path), None, None)
    return PhotoFile(Path(entry.path), status.st_size, status.st_mtime_ns)


def _unreachable(folder: Path, error: OSError) -> SourceError:
    return SourceError(
        ko=f"'{printable(folder)}' 폴더를 읽을 수 없습니다({error.strerror}). 연결이나 이름을 확인하세요. "
        "다시 나타나면 저절로 이어집니다.",
        en=f"The folder '{printable(folder)}' cannot be read ({error.strerror}); check its connection or name. "
        "The watch goes on by itself once it is back.",
    )
