"""What the settings page can have done for it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from defect_desktop.core.decision import Thresholds
from defect_desktop.core.progress import Progress
from defect_desktop.errors import PackError
from defect_desktop.language import Bilingual
from defect_desktop.paths import Paths
from defect_desktop.preferences import Preferences
from defect_desktop.store.backup import Backup
from defect_desktop.store.threshold_preview import CheckCount
from defect_desktop.vision.installed import installed_devices, installed_engines
from defect_desktop.vision.pack import find_pack
from defect_desktop.workflows.benchmark import BenchmarkRequest, BenchmarkResult, benchmark
from defect_desktop.workflows.describe_installation import Installation, describe_installation
from defect_desktop.workflows.keep_backups import Copied, back_up_now, list_backups, restore_backup
from defect_desktop.workflows.list_licences import Licence, list_licences
from defect_desktop.workflows.list_packs import list_packs
from defect_desktop.workflows.preview_thresholds import preview_thresholds
from defect_desktop.workflows.warm_up import quiet_start


@dataclass(frozen=True, slots=True)
class PackChoice:
    """A usable model pack: what it is found by, what it is called, and its thresholds."""

    name: str
    title: Bilingual
    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class SettingsServices:
    """What may take a while and runs beside the window, and what this edition has: its `engines`, its `devices`."""

    engines: Sequence[str]
    devices: Sequence[str]
    packs: Callable[[], Sequence[PackChoice]]
    count_checks: Callable[[Thresholds], CheckCount]
    benchmark: Callable[[], Generator[Progress, None, BenchmarkResult]]
    backups: Callable[[], Sequence[Backup]]
    back_up: Callable[[], Generator[Copied, None, Backup | None]]
    restore: Callable[[Path], Generator[Copied, None, Path | None]]
    licences: Callable[[], Sequence[Licence]]
    installation: Callable[[], Installation]
    data_folder: Path


def real_settings_services(paths: Paths, preferences: Callable[[], Preferences]) -> SettingsServices:
    """The services of the program itself; `preferences` tells those that are in force when a service begins."""

    def packs() -> list[PackChoice]:
        return _packs(paths, preferences().pack)

    def measure() -> Generator[Progress, None, BenchmarkResult]:
        with quiet_start():
            return (yield from benchmark(BenchmarkRequest(pack=preferences().pack), paths))

    return SettingsServices(
        engines=installed_engines(),
        devices=installed_devices(),
        packs=packs,
        count_checks=lambda thresholds: preview_thresholds(paths, thresholds),
        benchmark=measure,
        backups=lambda: list_backups(paths),
        back_up=lambda: back_up_now(paths),
        restore=lambda backup: restore_backup(paths, backup),
        licences=lambda: list_licences(paths.assets),
        installation=describe_installation,
        data_folder=paths.data,
    )


def _packs(paths: Paths, chosen: str) -> list[PackChoice]:
    """The usable packs on the shelves, and the chosen one where it lies elsewhere and is usable."""
    found = {shelved.name: shelved.pack for shelved in list_packs(paths) if shelved.pack}
    if chosen not in found:
        with suppress(PackError):
            found[chosen] = find_pack(chosen, paths.pack_shelves)
    return [
        PackChoice(name, pack.card.title.bilingual(), pack.card.decision_thresholds()) for name, pack in found.items()
    ]
