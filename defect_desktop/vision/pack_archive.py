"""A model pack as one zip file: what travels on a USB stick.

The archive holds the pack's files and nothing else, flat. They are stored, not deflated: weights in half precision
shrink by 8 % only (measured on the starter pack), while a stored archive is written and read at the speed of the drive
and has the same bytes whichever deflate library wrote it. Archives that another program deflated are read too.

An archive is believed only as far as its card's hashes go, and only the names that the card gives are ever written.
"""

from __future__ import annotations

import hashlib
import os
import stat
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from defect_desktop.core.printable import printable
from defect_desktop.errors import PackError
from defect_desktop.vision.card import Card, parse_card
from defect_desktop.vision.pack import CARD_FILE, Pack
from defect_desktop.vision.whole_file import written_whole

SUFFIX = ".zip"

_CHUNK = 1 << 20
_LARGEST_CARD = 4 << 20
_MOST_EXPANSION = 20
"""How many times larger than in the archive a file may become; deflate reaches 1,000 on zeros, weights 1.1."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every entry, the first a zip file can name: the same pack gives the same bytes."""
_ENCRYPTED = 0x1
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
"""Names that Windows keeps for devices, with any suffix (Microsoft, "Naming Files, Paths, and Namespaces")."""
_DAMAGED = (BadZipFile, LargeZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error)
"""What `zipfile` raises on archives that are none, damaged, or made to confuse it."""


class PackArchive:
    """An open archive whose card and table of contents have been checked; its files are checked on the way out."""

    def __init__(self, file: Path, archive: ZipFile) -> None:
        self._file = file
        self._archive = archive
        self._entries = _entries_by_name(file, archive)
        with _reading(file):
            self._card_content = archive.read(self._entries[CARD_FILE])
        self.card: Card = parse_card(self._card_content, file.name)
        _check_names(file, self.card)
        _check_contents(file, self.card, set(self._entries))

    @property
    def size(self) -> int:
        """What the pack takes on the disk, in bytes."""
        return sum(entry.file_size for entry in self._entries.values())

    def extract(self, folder: Path) -> Generator[int, None, None]:
        """Writes the pack into the empty `folder`, and yields how many bytes more are written.

        The card comes last, so that a folder without one is no pack. Raises PackError where a file is not what the
        card promises, where the archive cannot be read, or where `folder` cannot be written.
        """
        for entry in self.card.files:
            digest = yield from self._copy(entry.file, folder / entry.file)
            if digest != entry.sha256:
                raise PackError(
                    ko=f"'{printable(self._file)}' 안의 '{entry.file}' 파일이 변경되었거나 손상되었습니다. "
                    "믿을 수 있는 원본에서 다시 복사하세요.",
                    en=f"'{entry.file}' in '{printable(self._file)}' was changed or damaged; "
                    "copy the archive again from a source you trust.",
                )
        _write_card(folder, self._card_content)
        yield len(self._card_content)

    def _copy(self, name: str, target: Path) -> Generator[int, None, str]:
        """Copies one entry; returns the SHA-256 of its bytes in hex."""
        digest = hashlib.sha256()
        chunks = _chunks(self._file, self._archive, self._entries[name])
        try:
            with target.open("xb") as file:
                for chunk in chunks:
                    digest.update(chunk)
                    file.write(chunk)
                    yield len(chunk)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise unwritable(target.parent) from error
        return digest.hexdigest()


@contextmanager
def open_archive(file: Path) -> Iterator[PackArchive]:
    """The archive in `file`. Raises PackError where it holds no pack that this program can use, or anything else."""
    with _reading(file):
        archive = ZipFile(file)
    with archive:
        yield PackArchive(file, archive)


def write_archive(pack: Pack, file: Path) -> Generator[int, None, None]:
    """Writes the pack to `file`, whole or not at all, and yields how many bytes more are written.

    Raises PackError where the pack is not whole or `file` cannot be written.
    """
    if file.suffix.lower() != SUFFIX:
        raise PackError(
            ko=f"모델 팩은 {SUFFIX} 파일로만 내보냅니다. '{printable(file)}' 대신 {SUFFIX}로 끝나는 이름을 쓰세요.",
            en=f"Model packs are exported to {SUFFIX} files; give a name that ends in {SUFFIX}, "
            f"not '{printable(file)}'.",
        )
    try:
        with written_whole(file) as target, ZipFile(target, "w") as archive:
            yield from _add(archive, CARD_FILE, pack.read_card())
            for entry in pack.card.files:
                yield from _add(archive, entry.file, pack.read_file(entry))
    except OSError as error:
        raise unwritable(file) from error


def unwritable(path: Path) -> PackError:
    """The error that tells that a pack cannot be written to `path`."""
    return PackError(
        ko=f"'{printable(path)}'에 모델 팩을 쓸 수 없습니다. 쓰기 권한과 남은 디스크 공간을 확인하세요.",
        en=f"The model pack cannot be written to '{printable(path)}'; check the permissions and the free space there.",
    )


def _add(archive: ZipFile, name: str, content: bytes) -> Generator[int, None, None]:
    entry = ZipInfo(name, _EPOCH)
    entry.create_system = 3  # Unix, on whichever system this runs: the same bytes everywhere
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    entry.file_size = len(content)
    with archive.open(entry, "w") as target:
        for start in range(0, len(content), _CHUNK):
            yield target.write(content[start : start + _CHUNK])


def _write_card(folder: Path, content: bytes) -> None:
    try:
        with written_whole(folder / CARD_FILE) as file:
            file.write(content)
    except OSError as error:
        raise unwritable(folder) from error


def _chunks(file: Path, archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    """The bytes of an entry; never more than it declares, which `zipfile` sees to."""
    with _reading(file), archive.open(entry) as source:
        while chunk := source.read(_CHUNK):
            yield chunk


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    """Turns whatever an unreadable archive raises into PackError."""
    try:
        yield
    except _DAMAGED as error:
        raise PackError(
            ko=f"'{printable(file)}'은(는) 모델 팩이 아니거나 손상되었습니다. 원본에서 다시 복사하세요.",
            en=f"'{printable(file)}' is no model pack or is damaged; copy it again from its source.",
        ) from error
    except OSError as error:
        raise PackError(
            ko=f"'{printable(file)}'을(를) 읽을 수 없습니다. 파일과 저장 장치의 연결을 확인하세요.",
            en=f"'{printable(file)}' cannot be read; check that it is there and that its drive is still connected.",
        ) from error


def _entries_by_name(file: Path, archive: ZipFile) -> dict[str, ZipInfo]:
    """The entries by the names they were given in the archive, each of them a plain file of a sound size."""
    entries: dict[str, ZipInfo] = {}
    for entry in archive.infolist():
        # `filename` is already mended by zipfile, which would hide backslashes and NULs; `orig_filename` is not.
        if entry.orig_filename in entries or not _is_sound(entry):
            raise _foreign(file, entry.orig_filename)
        entries[entry.orig_filename] = entry
    if CARD_FILE not in entries:
        raise _lacking(file, CARD_FILE)
    if entries[CARD_FILE].file_size > _LARGEST_CARD:
        raise _foreign(file, CARD_FILE)
    return entries


def _is_sound(entry: ZipInfo) -> bool:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return (
        kind in (0, stat.S_IFREG)
        and entry.compress_type in (ZIP_STORED, ZIP_DEFLATED)
        and not entry.flag_bits & _ENCRYPTED
        and (entry.compress_type == ZIP_DEFLATED or entry.file_size == entry.compress_size)
        and entry.file_size <= _MOST_EXPANSION * entry.compress_size + _CHUNK
    )


def _check_contents(file: Path, card: Card, present: set[str]) -> None:
    promised = {CARD_FILE, *(entry.file for entry in card.files)}
    if extra := sorted(present - promised):
        raise _foreign(file, extra[0])
    if missing := sorted(promised - present):
        raise _lacking(file, missing[0])


def _check_names(file: Path, card: Card) -> None:
    """Refuses names that some file system takes for another file, for a device, or writes differently."""
    names = [entry.file for entry in card.files]
    for name in (card.name, *names):
        if name.split(".")[0].lower() in _DEVICES or name.endswith("."):
            raise _foreign(file, name)
    if len({name.lower() for name in names}) < len(names):
        raise _foreign(file, names[-1])


def _foreign(file: Path, name: str) -> PackError:
    shown = printable(Path(name.replace("\0", "\\0")))
    return PackError(
        ko=f"'{printable(file)}'에 모델 팩의 것이 아닌 '{shown}'이(가) 들어 있습니다. "
        "믿을 수 있는 곳에서 ‘모델’ 페이지의 ‘내보내기’나 'models export'로 다시 내보낸 파일을 받으세요.",
        en=f"'{printable(file)}' holds '{shown}', which does not belong in a model pack; "
        "have somebody you trust export the pack again, with “Export” on the page “Models” or with 'models export'.",
    )


def _lacking(file: Path, name: str) -> PackError:
    return PackError(
        ko=f"'{printable(file)}'에 '{name}'이(가) 없어서 모델 팩이 아닙니다. "
        "‘모델’ 페이지의 ‘내보내기’나 'models export'로 다시 내보내세요.",
        en=f"'{printable(file)}' lacks '{name}' and is no model pack; "
        "export the pack again, with “Export” on the page “Models” or with 'models export'.",
    )
