"""Where a pack comes from and goes to. Tests put their own answers here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from defect_desktop.ui.dialogs import ask, choose_target
from defect_desktop.vision.pack_archive import SUFFIX


class PackDialogs:
    """Remembers, for as long as the page is there, where the user was last: on the USB stick, most likely."""

    def __init__(self) -> None:
        self._place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)

    def choose_file(self, parent: QWidget) -> Path | None:
        """The zip file that holds a pack; None where the user thinks better of it."""
        title = QCoreApplication.translate("PackDialogs", "Choose a model pack")
        chosen, _ = QFileDialog.getOpenFileName(parent, title, self._place, self._kind())
        return self._remembered(Path(chosen)) if chosen else None

    def choose_folder(self, parent: QWidget) -> Path | None:
        """The folder that is a pack, or holds one."""
        title = QCoreApplication.translate("PackDialogs", "Choose the folder of a model pack")
        chosen = QFileDialog.getExistingDirectory(parent, title, self._place)
        return self._remembered(Path(chosen)) if chosen else None

    def choose_target(self, parent: QWidget, name: str) -> Path | None:
        """The zip file to write a pack to."""
        title = QCoreApplication.translate("PackDialogs", "Export the model pack")
        target = choose_target(parent, title, Path(self._place) / f"{name}{SUFFIX}", self._kind())
        return self._remembered(target) if target else None

    def confirm_removal(self, parent: QWidget, name: str, on_yes: Callable[[], None]) -> None:
        """Asks whether a pack shall go. The window lives on while the question is open."""
        ask(
            parent,
            QCoreApplication.translate("PackDialogs", "Remove a model pack"),
            QCoreApplication.translate("PackDialogs", "Remove the model pack “{name}”?").format(name=name),
            QCoreApplication.translate("PackDialogs", "Its results stay. To have it back, install it again."),
            yes=QCoreApplication.translate("PackDialogs", "Remove"),
            no=QCoreApplication.translate("PackDialogs", "Keep"),
            on_yes=on_yes,
        )

    def _kind(self) -> str:
        return QCoreApplication.translate("PackDialogs", "Model packs (*.zip)")

    def _remembered(self, chosen: Path) -> Path:
        self._place = str(chosen.parent)
        return chosen
