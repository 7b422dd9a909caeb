"""Model packs: a folder with a card, one `.safetensors` file a member and perhaps compiled forms.

They are believed only as far as their hashes go.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from defect_desktop.core.printable import printable
from defect_desktop.errors import PackError
from defect_desktop.vision.card import Card, PackFile, parse_card

CARD_FILE = "card.json"


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack whose card has been read and checked. Files are checked each time they are read, never trusted."""

    folder: Path
    card: Card
    fingerprint: str
    """The SHA-256 of the card's bytes in hex: it covers all files, since the card holds their hashes."""

    def read_card(self) -> bytes:
        """The bytes of the card; raises PackError where they are no longer those that were read and checked."""
        try:
            content = (self.folder / CARD_FILE).read_bytes()
        except OSError as error:
            raise self._lacking(CARD_FILE) from error
        if hashlib.sha256(content).hexdigest() != self.fingerprint:
            raise self._changed(CARD_FILE)
        return content

    def read_file(self, entry: PackFile) -> bytes:
        """The bytes of one of the card's files; raises PackError where they are not the bytes the card promises."""
        try:
            content = (self.folder / entry.file).read_bytes()
        except OSError as error:
            raise self._lacking(entry.file) from error
        if hashlib.sha256(content).hexdigest() != entry.sha256:
            raise self._changed(entry.file)
        return content

    def verify(self) -> None:
        """Reads every file and checks its hash; raises PackError at the first that fails."""
        for entry in self.card.files:
            self.read_file(entry)

    def size(self) -> int:
        """The bytes of its files on the disk; raises PackError where one of them is missing."""
        total = 0
        for file in (CARD_FILE, *(entry.file for entry in self.card.files)):
            try:
                total += (self.folder / file).stat().st_size
            except OSError as error:
                raise self._lacking(file) from error
        return total

    def _lacking(self, file: str) -> PackError:
        return PackError(
            ko=f"모델 팩 '{self.card.name}'에 '{file}' 파일이 없거나 읽을 수 없습니다. 팩 전체를 다시 복사하세요.",
            en=f"Model pack '{self.card.name}' lacks a readable '{file}'; copy the whole pack again.",
        )

    def _changed(self, file: str) -> PackError:
        return PackError(
            ko=f"모델 팩 '{self.card.name}'의 '{file}' 파일이 변경되었거나 손상되었습니다. "
            "믿을 수 있는 원본에서 다시 복사하세요.",
            en=f"'{file}' of model pack '{self.card.name}' was changed or damaged; "
            "copy the pack again from a source you trust.",
        )


def open_pack(folder: Path) -> Pack:
    """The pack in `folder`; raises PackError where there is none or its card cannot be used."""
    try:
        content = (folder / CARD_FILE).read_bytes()
    except OSError as error:
        raise PackError(
            ko=f"'{folder}' 폴더에 모델 팩이 없습니다({CARD_FILE} 없음). 팩 폴더 전체를 복사했는지 확인하세요.",
            en=f"There is no model pack in '{folder}' (no {CARD_FILE}); check that the whole folder was copied.",
        ) from error
    return Pack(folder, parse_card(content, folder.name), hashlib.sha256(content).hexdigest())


def find_pack(name: str, shelves: Sequence[Path]) -> Pack:
    """The pack called `name`, from the first of the `shelves` that has it; or the pack in the folder `name`.

    Only what is no more than a name is looked for on the shelves: `./name` is a folder.
    """
    for folder in (*_on_shelves(name, shelves), Path(name)):
        if _holds_pack(folder):
            return open_pack(folder)
    known = ", ".join(folder.name for folder in pack_folders(shelves)) or "-"
    raise PackError(
        ko=f"모델 팩 '{name}'을(를) 찾을 수 없습니다. 설치된 팩: {known}. 이름이나 폴더 경로를 확인하세요.",
        en=f"There is no model pack '{name}' (installed: {known}); check the name or the folder.",
    )


def require_one_meaning(name: str, shelves: Sequence[Path]) -> None:
    """Raises PackError where `name` is that of a pack on the shelves and of another in the working folder.

    For names that a person typed there: those that the window keeps are of the shelves, wherever it was started.
    """
    here = Path(name)
    shelved = next(filter(_holds_pack, _on_shelves(name, shelves)), None)
    if shelved and _holds_pack(here) and not _have_same_card(shelved, here):
        raise PackError(
            ko=f"모델 팩 '{name}'이(가) 둘입니다. 설치된 팩은 '{printable(shelved)}', "
            f"지금 폴더에 있는 팩은 './{name}'(으)로 적으세요.",
            en=f"There are two model packs '{name}'; write '{printable(shelved)}' for the installed one, "
            f"'./{name}' for the one in this folder.",
        )


def _on_shelves(name: str, shelves: Sequence[Path]) -> Iterator[Path]:
    is_path = Path(name).name != name
    return (shelf / name for shelf in shelves if not is_path)


def _holds_pack(folder: Path) -> bool:
    return os.path.isfile(folder / CARD_FILE)  # noqa: PTH113 - Path.is_file raises for names that no file could have


def _have_same_card(folder: Path, other: Path) -> bool:
    try:
        return (folder / CARD_FILE).read_bytes() == (other / CARD_FILE).read_bytes()
    except OSError:  # one that cannot be read says what is wrong with it once it is named
        return False


def pack_folders(shelves: Sequence[Path]) -> Iterator[Path]:
    """The folders of all packs on the shelves, usable or not; a pack on an earlier shelf hides its namesakes.

    Folders whose names begin with a dot hold packs that are being written, or what was left of them.
    """
    seen: set[str] = set()
    for shelf in shelves:
        if not shelf.is_dir():
            continue
        for folder in sorted(shelf.iterdir()):
            if folder.name in seen or folder.name.startswith("."):
                continue
            if _holds_pack(folder):
                seen.add(folder.name)
                yield folder
