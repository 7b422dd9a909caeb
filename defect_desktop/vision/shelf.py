"""The user's shelf of model packs: a pack appears on it whole, or does not appear, and goes at once.

Packs are prepared and thrown away in folders whose names begin with a dot, which no pack's name does, so that nothing
takes them for packs. What a killed program leaves of them is cleaned away before the next pack comes.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from defect_desktop.core.printable import printable
from defect_desktop.errors import PackError
from defect_desktop.vision.pack import pack_folders
from defect_desktop.vision.pack_archive import unwritable

_DRAFT = ".draft-"
_ASIDE = ".aside-"
_ABANDONED_SECONDS = 3600
"""A draft that was not written to for so long belongs to an installation that was killed."""
_SPARE_BYTES = 16 << 20
"""What stays free on the disk beside a new pack: a database on a full disk would fail."""


@contextmanager
def draft_on(shelf: Path, size: int) -> Iterator[Path]:
    """An empty folder on the shelf to prepare a pack of `size` bytes in; gone afterwards, unless it was put in place.

    Raises PackError where it cannot be made or the disk has too little room.
    """
    try:
        shelf.mkdir(parents=True, exist_ok=True)
        _tidy(shelf)
        free = shutil.disk_usage(shelf).free
        draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=shelf))
    except OSError as error:
        raise unwritable(shelf) from error
    try:
        if free < size + _SPARE_BYTES:
            raise _too_little_room(shelf, size + _SPARE_BYTES, free)
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def put(draft: Path, name: str) -> Path:
    """Makes the draft the pack `name` of its shelf, in the place of one that was there; returns its folder.

    The old pack steps aside until the new one stands. Raises PackError, and the old one stands again.
    """
    shelf = draft.parent
    place, old = shelf / name, standing(shelf, name)
    aside = shelf / f"{_ASIDE}{old.name}" if old else None
    try:
        draft.chmod(0o755)  # temporary folders are private, packs are not
        if old and aside:
            old.rename(aside)
        draft.rename(place)
    except OSError as error:
        if old and aside and not old.exists():
            with suppress(OSError):  # what cannot be put back now is put back by the next `_tidy`
                aside.rename(old)
        raise unwritable(place) from error
    if aside:
        with suppress(OSError):  # Windows, while something has a file of it open: the next `_tidy` takes it away
            _discard(aside)
    return place


def remove(shelf: Path, name: str) -> None:
    """Removes the pack `name` from the shelf; raises PackError where it is not there or cannot be removed."""
    folder = standing(shelf, name)
    if folder is None:
        known = ", ".join(each.name for each in pack_folders((shelf,))) or "-"
        raise PackError(
            ko=f"설치한 모델 팩 중에 '{name}'이(가) 없습니다. 지울 수 있는 팩: {known}. 이름을 확인하세요.",
            en=f"No model pack '{name}' was installed here (those that can be removed: {known}); check the name.",
        )
    try:
        _discard(folder)
    except OSError as error:
        raise PackError(
            ko=f"모델 팩 '{folder.name}'을(를) 지울 수 없습니다. "
            "폴더의 권한을 확인하고, 팩을 쓰는 프로그램을 닫으세요.",
            en=f"Model pack '{folder.name}' cannot be removed; "
            "check the permissions of its folder, and close what is using it.",
        ) from error


def standing(shelf: Path, name: str) -> Path | None:
    """What stands on the shelf as `name`, whole or not.

    In whatever case it is written, since to some file systems that is the same folder.
    """
    if not shelf.is_dir() or name.startswith("."):
        return None
    return next((folder for folder in shelf.iterdir() if folder.name.lower() == name.lower()), None)


def _tidy(shelf: Path) -> None:
    """Cleans up after an installation that was killed: the pack that it took aside comes back."""
    for aside in shelf.glob(f"{_ASIDE}*"):
        place = shelf / aside.name.removeprefix(_ASIDE)
        with suppress(OSError):  # another installation under way may have been quicker
            if place.exists():
                _discard(aside)
            else:
                aside.rename(place)
    for draft in shelf.glob(f"{_DRAFT}*"):
        with suppress(OSError):
            if time.time() - draft.stat().st_mtime > _ABANDONED_SECONDS:
                _discard(draft)


def _discard(folder: Path) -> None:
    """Removes a folder. It is renamed first: it goes at once, and nobody who knew its name can publish it half gone."""
    doomed = folder.rename(folder.with_name(f"{_DRAFT}{secrets.token_hex(4)}"))
    if doomed.is_symlink():
        doomed.unlink()
    else:
        shutil.rmtree(doomed, ignore_errors=True)


def _too_little_room(shelf: Path, needed: int, free: int) -> PackError:
    need, have = needed / 1e6, free / 1e6
    return PackError(
        ko=f"모델 팩을 설치하려면 {need:.0f} MB가 필요한데 '{printable(shelf)}'에는 {have:.0f} MB만 남았습니다. "
        "공간을 비우고 다시 하세요.",
        en=f"The model pack needs {need:.0f} MB, and only {have:.0f} MB are free in '{printable(shelf)}'; "
        "free some space and try again.",
    )
