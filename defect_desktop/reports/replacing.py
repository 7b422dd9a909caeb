"""Writes a report whole or not at all: under another name first, renamed when it is complete and on the disk."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from defect_desktop.core.photo_names import is_photo_name
from defect_desktop.core.printable import printable
from defect_desktop.errors import ReportError
from defect_desktop.language import Bilingual

_DENIED = Bilingual(
    ko="보고서를 쓸 수 없습니다: {path}. 엑셀 등에서 열려 있으면 닫고, 아니면 쓸 수 있는 다른 위치를 고르세요.",
    en="The report cannot be written: {path}; "
    "close it if it is open in Excel or elsewhere, or choose a place that you may write to.",
)
_NO_FOLDER = Bilingual(
    ko="보고서를 저장할 폴더가 없습니다: {path}. 폴더를 만들거나 다른 위치를 고르세요.",
    en="The folder for the report does not exist: {path}; create it or choose another place.",
)
_NOT_A_FILE = Bilingual(
    ko="보고서를 저장할 위치가 파일이 아닙니다: {path}. 파일 이름까지 적으세요.",
    en="The report's place is not a file: {path}; give the name of a file.",
)
_FULL = Bilingual(
    ko="디스크가 가득 차서 보고서를 쓸 수 없습니다: {path}. 공간을 비우거나 다른 위치를 고르세요.",
    en="The disk is full and the report cannot be written: {path}; free some space or choose another place.",
)
_FAILED = Bilingual(
    ko="보고서를 쓰는 중에 오류가 났습니다: {path}. 저장 장치를 확인하거나 다른 위치를 고르세요.",
    en="Writing the report failed: {path}; check the drive or choose another place.",
)

_FAULTS: dict[int | None, Bilingual] = {
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: _DENIED,
    errno.ENOENT: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EISDIR: _NOT_A_FILE,
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
}


def check_target(target: Path) -> None:
    """Raises ReportError if a report could not be written to `target`, so that nobody waits hours to learn it."""
    with _faults_told(target):
        partial = _partial_beside(target)
        partial.touch(exist_ok=False)
        partial.unlink()


def prepare_folder(folder: Path, names: Sequence[str]) -> None:
    """Makes the folder of a report; raises ReportError if it, or files of these names in it, could not be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        shown = printable(folder)
        raise ReportError(
            ko=f"보고서 폴더를 만들 수 없습니다: {shown}. 쓸 수 있는 다른 위치를 고르세요.",
            en=f"The folder for the report cannot be made: {shown}; choose a place that you may write to.",
        ) from error
    for name in names:
        check_target(folder / name)


@contextmanager
def replacing(target: Path, encoding: str) -> Iterator[TextIO]:
    """A text file that takes the place of `target` when the block ends well, and leaves no trace when it does not.

    Line ends are written as given, lone surrogates as backslash escapes. Raises ReportError.
    """
    with _faults_told(target):
        partial = _partial_beside(target)
        try:
            with partial.open("x", encoding=encoding, errors="backslashreplace", newline="") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            partial.replace(target.resolve())
        finally:
            partial.unlink(missing_ok=True)


def _partial_beside(target: Path) -> Path:
    """A new name in the folder of `target`, or of what it links to: a rename is only atomic within one drive."""
    target = target.resolve()
    _require_no_photo(target)
    if target.exists():
        if not target.is_file():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        target.open("r+b").close()  # a program that has the file open, on Windows, would stop the rename
    return target.with_name(f".defect-desktop-{secrets.token_hex(4)}.partial")


def _require_no_photo(target: Path) -> None:
    """Raises ReportError where a photo would be lost: `--csv *.jpg` names one, once the shell has spelled it out."""
    if is_photo_name(target.name):
        shown = printable(target)
        raise ReportError(
            ko=f"보고서 이름이 사진의 이름입니다: {shown}. 사진이 지워지지 않도록 다른 이름(예: results.csv)을 쓰세요.",
            en=f"The report bears the name of a photo: {shown}; "
            "lest a photo is lost, give it another name, such as results.csv.",
        )


@contextmanager
def _faults_told(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        fault, shown = _FAULTS.get(error.errno, _FAILED), printable(target)
        raise ReportError(ko=fault.ko.format(path=shown), en=fault.en.format(path=shown)) from error
