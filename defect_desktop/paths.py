"""Every folder the program uses, as one frozen value: the same whether it runs from source, installed, or frozen."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import platformdirs

APP_NAME = "DefectDesktop"


class Paths(NamedTuple):
    """Where things are. `assets` and `models` ship with the program and are read-only; `data` belongs to the user."""

    assets: Path
    models: Path
    data: Path

    @classmethod
    def find(cls, data_dir: Path | None = None) -> Paths:
        """The folders of this installation; `data_dir` overrides the platform's place for user data."""
        shipped = _shipped_root()
        data = data_dir or platformdirs.user_data_path(APP_NAME, appauthor=False)
        return cls(assets=shipped / "assets", models=shipped / "models", data=data.absolute())

    @property
    def database(self) -> Path:
        """The results database."""
        return self.data / "results.sqlite3"

    @property
    def preferences(self) -> Path:
        """What the user chose in the window."""
        return self.data / "preferences.json"

    @property
    def user_models(self) -> Path:
        """Model packs that the user added."""
        return self.data / "models"

    @property
    def pack_shelves(self) -> tuple[Path, Path]:
        """Where model packs are looked for: a pack of the user's hides one of the same name that came along."""
        return self.user_models, self.models

    @property
    def compiled_forms(self) -> Path:
        """Compiled forms of model packs: they can be made again, and may be deleted at any time."""
        return self.data / "compiled"

    @property
    def captures(self) -> Path:
        """Photos that were taken or pasted in the program: the only photos that it keeps itself."""
        return self.data / "captures"

    @property
    def logs(self) -> Path:
        """Log files and error reports."""
        return self.data / "logs"


def _shipped_root() -> Path:
    """The folder that holds `assets` and `models`: PyInstaller's, the package's (a wheel), or the source tree's."""
    if frozen := getattr(sys, "_MEIPASS", None):
        return Path(frozen)
    package = Path(__file__).resolve().parent
    return package if (package / "assets").is_dir() else package.parent
