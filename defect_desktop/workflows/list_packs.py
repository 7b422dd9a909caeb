"""Looks at the shelves of model packs: which packs are there, and whether they can be used."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from defect_desktop.core.taxonomy import DefectClass
from defect_desktop.errors import PackError
from defect_desktop.paths import Paths
from defect_desktop.vision.pack import Pack, open_pack, pack_folders


@dataclass(frozen=True, slots=True)
class ShelvedPack:
    """A pack on a shelf. Exactly one of `pack` and `fault` is set; `own` packs were added by the user.

    One that `hides` another stands before the pack of the same name that came with the program.
    """

    folder: Path
    own: bool
    size: int
    """The bytes on the disk, 0 where a file is missing."""
    pack: Pack | None = None
    fault: PackError | None = None
    hides: bool = False

    @property
    def name(self) -> str:
        """What it is found by."""
        return self.folder.name


def list_packs(paths: Paths) -> list[ShelvedPack]:
    """Every pack that a name can find, usable or not; files are looked for, not read."""
    return [_look_at(folder, paths) for folder in pack_folders(paths.pack_shelves)]


def known_classes(paths: Paths) -> list[DefectClass]:
    """The classes of all usable packs, each once."""
    packs = [shelved.pack for shelved in list_packs(paths)]
    return list({each.label: each for pack in packs if pack for each in pack.card.defect_classes()}.values())


def comes_with_program(name: str, paths: Paths) -> bool:
    """Whether a pack of that name does; one of the user's of the same name stands before it."""
    return (paths.models / name).is_dir()


def _look_at(folder: Path, paths: Paths) -> ShelvedPack:
    own = folder.parent == paths.user_models
    hides = own and comes_with_program(folder.name, paths)
    try:
        pack = open_pack(folder)
        return ShelvedPack(folder, own, pack.size(), pack, hides=hides)
    except PackError as fault:
        return ShelvedPack(folder, own, 0, fault=fault, hides=hides)
