"""A model pack in a folder, to be installed from there: the bare alternative to an archive.

It is believed only as far as its hashes go, like an archive, and only the names that its card gives are read.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from defect_desktop.core.printable import printable
from defect_desktop.errors import PackError
from defect_desktop.vision.card import Card
from defect_desktop.vision.pack import CARD_FILE, Pack
from defect_desktop.vision.pack_archive import SUFFIX, unwritable
from defect_desktop.vision.whole_file import written_whole

_CHUNK = 1 << 20


class PackFolder:
    """What can be installed of a pack: see `vision.pack_archive.PackArchive`."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self.card: Card = pack.card

    @property
    def size(self) -> int:
        """What the pack takes on the disk, in bytes; raises PackError where a file is missing."""
        return self._pack.size()

    def extract(self, folder: Path) -> Generator[int, None, None]:
        """Copies the pack into the empty `folder`, the card last, and yields how many bytes more are written.

        Raises PackError where a file is not what the card promises, or where `folder` cannot be written.
        """
        for entry in self.card.files:
            yield from _write(folder / entry.file, self._pack.read_file(entry))
        yield from _write(folder / CARD_FILE, self._pack.read_card())


def pack_in(folder: Path) -> Path:
    """The one pack in a folder, whose own files may lie there, or which holds it as a folder or an archive.

    Raises PackError where there is none, or more than one.
    """
    if (folder / CARD_FILE).is_file():
        return folder
    try:
        found = sorted(entry for entry in folder.iterdir() if _looks_like_a_pack(entry))
    except OSError as error:
        raise PackError(
            ko=f"'{printable(folder)}' 폴더를 읽을 수 없습니다. 저장 장치의 연결을 확인하세요.",
            en=f"The folder '{printable(folder)}' cannot be read; check that its drive is still connected.",
        ) from error
    if not found:
        raise PackError(
            ko=f"'{printable(folder)}' 폴더에 모델 팩이 없습니다. 팩의 폴더나 {SUFFIX} 파일을 고르세요.",
            en=f"There is no model pack in '{printable(folder)}'; choose a pack's own folder, or a {SUFFIX} file.",
        )
    if len(found) > 1:
        names = ", ".join(printable(Path(entry.name)) for entry in found)
        raise PackError(
            ko=f"'{printable(folder)}' 폴더에 모델 팩이 여러 개 있습니다({names}). 그중 하나를 고르세요.",
            en=f"There are several model packs in '{printable(folder)}' ({names}); choose one of them.",
        )
    return found[0]


def _looks_like_a_pack(entry: Path) -> bool:
    if entry.name.startswith("."):
        return False
    try:
        return (entry / CARD_FILE).is_file() or (entry.suffix.lower() == SUFFIX and entry.is_file())
    except PermissionError:  # "System Volume Information", "lost+found": most drives have a folder of the system's own
        return False


def _write(target: Path, content: bytes) -> Generator[int, None, None]:
    try:
        with written_whole(target) as file:
            for start in range(0, len(content), _CHUNK):
                yield file.write(content[start : start + _CHUNK])
    except OSError as error:
        raise unwritable(target.parent) from error
