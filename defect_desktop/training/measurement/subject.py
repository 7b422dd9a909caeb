"""What was measured, with what, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from defect_desktop.core.printable import printable
from defect_desktop.training.data.data_set import place_of
from defect_desktop.vision.pack import Pack


@dataclass(frozen=True, slots=True)
class Subject:
    """A pack on the photos in the folder or list `data`; `engine` and `device` in words, as results record them."""

    pack: Pack
    data: Path
    engine: str
    device: str
    measured_at: datetime

    def path_shown(self, path: Path) -> str:
        """A photo's path as reports show it: below the data's folder, where it lies there."""
        folder = place_of(self.data if self.data.is_dir() else self.data.parent)
        return printable(path.relative_to(folder) if path.is_relative_to(folder) else path)
