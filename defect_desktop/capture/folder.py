"""The photos in files and folders that the user names: listed once, each photo once, in a stable order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import TypeVar

from defect_desktop.core.photo_names import is_photo_name, may_hold_photos
from defect_desktop.core.printable import printable
from defect_desktop.core.record import PhotoFile
from defect_desktop.errors import SourceError

_Path = TypeVar("_Path", bound=PurePath)


def list_photos(sources: Iterable[Path]) -> list[PhotoFile]:
    """Every photo in the sources, folders with all their subfolders but hidden ones, sorted within each folder.

    A photo that is reached twice, by overlapping sources or through links, is listed once, under the first path. A
    subfolder that cannot be read is listed as if it were a photo, so that the results say in words what is missing.
    Raises SourceError where a source does not exist or a folder that was named cannot be read.
    """
    folders: set[str] = set()
    files: set[str] = set()
    return [
        _examine(path)
        for source in sources
        for path in _photo_paths(plain_path(source), folders)
        if is_new(path, files)
    ]


def plain_path(path: Path) -> Path:
    """The absolute path, without `..` unless that leads elsewhere, behind a link: results know a photo by its path.

    Where the system takes capitals for small letters (Windows), all is spelled as on the drive.
    """
    absolute = path.absolute()
    real = real_path(absolute)
    if ".." in absolute.parts:
        plain = Path(os.path.normpath(absolute))
        absolute = plain if real_path(plain) == real else absolute
    return spelled_as(absolute, Path(real))


def spelled_as(path: _Path, real: _Path) -> _Path:
    """The path, with names that end `real` too spelled as there; what comes before them may lead through links."""
    parts = list(path.parts)
    for place, (named, spelled) in enumerate(zip(reversed(path.parts), reversed(real.parts), strict=False), start=1):
        if type(path)(named) != type(real)(spelled):
            break
        parts[-place] = spelled
    return type(path)(*parts)


def _photo_paths(source: Path, visited: set[str]) -> Iterator[Path]:
    if not os.path.lexists(source):
        raise SourceError(
            ko=f"'{printable(source)}'을(를) 찾을 수 없습니다. 경로와 저장 장치의 연결을 확인하세요.",
            en=f"'{printable(source)}' does not exist; check the path and that its drive is connected.",
        )
    if not source.is_dir():
        yield source
        return
    try:
        os.scandir(source).close()
    except OSError as error:
        raise SourceError(
            ko=f"'{printable(source)}' 폴더를 열 수 없습니다({error.strerror}). 폴더의 권한과 저장 장치를 확인하세요.",
            en=f"The folder '{printable(source)}' cannot be opened ({error.strerror}); check its permissions.",
        ) from error
    yield from _walk(source, visited)


def _walk(top: Path, visited: set[str]) -> Iterator[Path]:
    """The photos below a folder. Links to folders are followed, and a loop ends where it meets a folder again."""
    unreadable: list[OSError] = []
    for place, folders, files in os.walk(top, followlinks=True, onerror=unreadable.append):
        folder = Path(place)
        folders[:] = [name for name in sorted(folders) if may_hold_photos(name) and is_new(folder / name, visited)]
        yield from (folder / name for name in sorted(files) if is_photo_name(name))
    yield from (Path(error.filename) for error in unreadable)


def is_new(path: Path, visited: set[str]) -> bool:
    """Whether the path leads to what was not `visited` yet; from now on it was."""
    real = real_path(path)
    known = real in visited
    visited.add(real)
    return not known


def real_path(path: Path) -> str:
    """Where the path leads, or itself where its drive is gone: there Windows raises; whoever opens it is told."""
    try:
        return os.path.realpath(path)
    except OSError:
        return str(path)


def _examine(path: Path) -> PhotoFile:
    try:
        status = path.stat()
    except OSError:
        # It is listed all the same: the pipeline will say in words why it cannot be classified.
        return PhotoFile(path, None, None)
    return PhotoFile(path, status.st_size, status.st_mtime_ns)
