"""What the history page can have done for it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from defect_desktop.core.history import Cursor, DefectCounts, HistoryFilter, Order, PackUse, Page
from defect_desktop.core.place import PlacePart
from defect_desktop.core.progress import Progress
from defect_desktop.core.taxonomy import DefectClass
from defect_desktop.language import Language
from defect_desktop.paths import Paths
from defect_desktop.ui.archive import Archive
from defect_desktop.workflows.export_history import export_history
from defect_desktop.workflows.list_packs import known_classes
from defect_desktop.workflows.show_photo import ShowPhoto, show_photo


class FoundPhotos(Protocol):
    """The photos that a filter lets through: see `store.history.FilteredHistory`."""

    def count(self) -> int:
        """How many there are."""

    def page(self, order: Order, after: Cursor | None, limit: int) -> Page:
        """Those that follow `after`, or the first ones."""

    def defects(self, *parts: PlacePart) -> DefectCounts:
        """How many defects of each class there are, in those places that differ in `parts` that have most."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from: the classes, the packs that made results, and the places within the chosen one."""

    classes: Sequence[DefectClass]
    packs: Sequence[PackUse]
    places: Mapping[PlacePart, Sequence[str]]


@dataclass(frozen=True, slots=True)
class HistoryServices:
    """All of it may take a while and runs beside the window. `close` lets go of the database."""

    find: Callable[[HistoryFilter], FoundPhotos]
    choices: Callable[[Mapping[PlacePart, str]], Choices]
    export: Callable[[HistoryFilter, Order, Path], Generator[Progress, None, int]]
    show_photo: ShowPhoto
    close: Callable[[], None]


def real_history_services(paths: Paths, language: Language) -> HistoryServices:
    """The services of the program itself; the database is opened by the first question."""
    archive = Archive(paths.database)

    def choices(within: Mapping[PlacePart, str]) -> Choices:
        database = archive.database()
        places = {part: database.places.known(part, _above(part, within)) for part in PlacePart}
        return Choices(known_classes(paths), database.history.packs(), places)

    return HistoryServices(
        find=lambda where: archive.database().history.where(where),
        choices=choices,
        export=lambda where, order, target: export_history(where, order, target, language, paths),
        show_photo=show_photo,
        close=archive.close,
    )


def _above(part: PlacePart, within: Mapping[PlacePart, str]) -> dict[PlacePart, str]:
    """Those of the chosen parts that are larger than `part`: a unit is offered within its building."""
    larger = list(PlacePart)[: list(PlacePart).index(part)]
    return {each: value for each, value in within.items() if each in larger}
