"""Finds the files that a table names, even if another system wrote the table or unpacked the files."""

from __future__ import annotations

import os
from pathlib import Path

from defect_desktop.training.data.names import plain_name


class ListedFiles:
    """The files that a table in `folder` names. Folders are listed once, and only for a name that is not found."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._listings: dict[Path, dict[str, Path]] = {}

    def find(self, text: str) -> Path:
        """The file that `text` names, relative to the folder unless absolute, whether it is there or not.

        Where there is none of exactly this name, it may be one whose name is spelled otherwise: with the backslashes
        of Windows, in decomposed Unicode (macOS), or with the `#Uxxxx` escapes of some unpackers.
        """
        exact = self._folder / text
        if is_there(exact):
            return exact
        portable = self._folder / text.replace("\\", "/")
        return self._respelled(portable) or portable

    def _respelled(self, path: Path) -> Path | None:
        """The file that is there for `path` when names are compared by what they mean."""
        if is_there(path):
            return path
        parent = None if path.parent == path else self._respelled(path.parent)
        return self._listing(parent).get(plain_name(path.name)) if parent else None

    def _listing(self, folder: Path) -> dict[str, Path]:
        if folder not in self._listings:
            try:
                self._listings[folder] = {plain_name(entry.name): Path(entry.path) for entry in os.scandir(folder)}
            except OSError:  # the file then keeps the name it was listed by, and reading that tells what is wrong
                self._listings[folder] = {}
        return self._listings[folder]


def is_there(path: Path) -> bool:
    """Whether there is such a file: none has a name that is longer than names can be, but a table may hold one."""
    return os.path.exists(path)  # noqa: PTH110 - Path.exists raises for names that no file could have
