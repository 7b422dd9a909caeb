"""Installs a model pack from a zip file, or from a folder: a USB stick, say."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.errors import PackError
from defect_desktop.paths import Paths
from defect_desktop.vision import shelf
from defect_desktop.vision.card import Card
from defect_desktop.vision.pack import Pack, open_pack
from defect_desktop.vision.pack_archive import PackArchive, open_archive
from defect_desktop.vision.pack_folder import PackFolder, pack_in
from defect_desktop.workflows.clear_forms import clear_forms


class PackTakenError(PackError):
    """A pack of this name is there already, in the version `present`, and was not to be replaced by `offered`.

    `present` is empty where the pack can no longer be read.
    """

    def __init__(self, *, ko: str, en: str, name: str, present: str, offered: str) -> None:
        super().__init__(ko=ko, en=en)
        self.name, self.present, self.offered = name, present, offered

    def __reduce__(self) -> tuple[object, ...]:
        facts = {"name": self.name, "present": self.present, "offered": self.offered}
        return partial(type(self), ko=self.sentence.ko, en=self.sentence.en, **facts), ()


def install_pack(source: Path, paths: Paths, replace: bool = False) -> Generator[Progress, None, Pack]:
    """Yields progress in bytes; returns the installed pack. Closing the generator leaves everything as it was.

    With `replace`, the pack takes the place of an installed one of its name; a pack that came with the program stays
    and is hidden by it. Raises PackError where the source holds no pack that can be believed, or where it has no
    place, and PackTakenError where one of its name is there and `replace` was not asked for.
    """
    with _opened(source) as found:
        if not replace:
            _require_free(found.card, paths)
        meter = ProgressMeter(found.size)
        with shelf.draft_on(paths.user_models, found.size) as draft:
            for written in found.extract(draft):
                yield meter.advance(written)
            pack = open_pack(shelf.put(draft, found.card.name))
        clear_forms(paths)
        return pack


@contextmanager
def _opened(source: Path) -> Iterator[PackArchive | PackFolder]:
    if source.is_dir():
        source = pack_in(source)
    if source.is_dir():
        yield PackFolder(open_pack(source))
        return
    with open_archive(source) as archive:
        yield archive


def _require_free(card: Card, paths: Paths) -> None:
    """Raises PackError where a pack of this name is there, on whichever shelf."""
    for place in paths.pack_shelves:
        if folder := shelf.standing(place, card.name):
            raise _taken(card, _version_in(folder))


def _version_in(folder: Path) -> str:
    """The version of an installed pack; empty where it can no longer be read."""
    try:
        return open_pack(folder).card.version
    except PackError:
        return ""


def _taken(card: Card, version: str) -> PackTakenError:
    taken = partial(PackTakenError, name=card.name, present=version, offered=card.version)
    if version == card.version:
        return taken(
            ko=f"모델 팩 '{card.name}' {version}은(는) 이미 있습니다. 다시 설치하려면 --replace를 붙이세요.",
            en=f"Model pack '{card.name}' {version} is here already; add --replace to install it once more.",
        )
    return taken(
        ko=f"모델 팩 '{card.name}'의 다른 버전({version or '?'})이 이미 있습니다. "
        f"{card.version}(으)로 바꾸려면 --replace를 붙이세요.",
        en=f"Model pack '{card.name}' is here already in another version ({version or '?'}); "
        f"add --replace to put {card.version} in its place.",
    )
