"""What the models page can have done for it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

from defect_desktop.core.progress import Progress
from defect_desktop.paths import Paths
from defect_desktop.preferences import Preferences
from defect_desktop.vision.pack import Pack
from defect_desktop.workflows.compare_packs import ComparedPacks, Judged, Looked, compare_packs
from defect_desktop.workflows.export_pack import export_pack
from defect_desktop.workflows.install_pack import install_pack
from defect_desktop.workflows.list_packs import ShelvedPack, list_packs
from defect_desktop.workflows.remove_pack import remove_pack
from defect_desktop.workflows.verify_pack import verify_pack


@dataclass(frozen=True, slots=True)
class ModelsServices:
    """All of it may take a while and runs beside the window."""

    packs: Callable[[], list[ShelvedPack]]
    install: Callable[[Path, bool], Generator[Progress, None, Pack]]
    export: Callable[[str, Path], Generator[Progress, None, None]]
    verify: Callable[[str], Generator[Progress, None, Pack]]
    remove: Callable[[str, str], None]
    compare: Callable[[tuple[str, str], Preferences], Generator[Looked | Judged, None, ComparedPacks]]


def real_models_services(paths: Paths) -> ModelsServices:
    """The services of the program itself."""
    return ModelsServices(
        packs=lambda: list_packs(paths),
        install=lambda source, replace: install_pack(source, paths, replace),
        export=lambda name, target: export_pack(name, target, paths),
        verify=lambda name: verify_pack(name, paths),
        remove=lambda name, in_use: remove_pack(name, paths, in_use),
        compare=lambda names, chosen: compare_packs(names, paths, chosen.engine, chosen.device),
    )
