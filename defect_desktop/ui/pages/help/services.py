"""What the help page shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from defect_desktop.core.taxonomy import CONTEST_CLASSES, DefectClass
from defect_desktop.paths import Paths
from defect_desktop.workflows.list_packs import known_classes
from defect_desktop.workflows.show_photo import show_photo

if TYPE_CHECKING:
    from defect_desktop.workflows.show_photo import ShowPhoto


@dataclass(frozen=True, slots=True)
class HelpServices:
    """All of it runs beside the window. `examples` has the photo of each class that has one, by label."""

    classes: Callable[[], list[DefectClass]]
    examples: Callable[[], Mapping[str, Path]]
    show_photo: ShowPhoto


def real_help_services(paths: Paths) -> HelpServices:
    """The services of the program itself: the contest's classes, and those that other packs know besides."""

    def classes() -> list[DefectClass]:
        told = {each.label for each in CONTEST_CLASSES}
        return [*CONTEST_CLASSES, *(each for each in known_classes(paths) if each.label not in told)]

    def examples() -> dict[str, Path]:
        samples = paths.assets / "samples"
        return {each.label: samples / f"{each.label}.jpg" for each in CONTEST_CLASSES}

    return HelpServices(classes, examples, show_photo)
