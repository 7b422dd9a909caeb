"""The questions that the window asks in a dialog of their own. Tests put their own answers here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget


class Dialogs:
    """Remembers, for as long as the program runs, where the user was last."""

    def __init__(self) -> None:
        self._photos = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        self._reports = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)

    def choose_folder(self, parent: QWidget) -> Path | None:
        """The folder of photos that the user chooses; None where the user thinks better of it."""
        title = QCoreApplication.translate("Dialogs", "Choose a folder of photos")
        folder = QFileDialog.getExistingDirectory(parent, title, self._photos)
        if not folder:
            return None
        self._photos = folder
        return Path(folder)

    def choose_csv(self, parent: QWidget) -> Path | None:
        """The file to write a report to."""
        title = QCoreApplication.translate("Dialogs", "Export the results")
        kind = QCoreApplication.translate("Dialogs", "CSV files (*.csv)")
        name = QCoreApplication.translate("Dialogs", "defects {date}.csv").format(date=date.today().isoformat())
        chosen, _ = QFileDialog.getSaveFileName(parent, title, str(Path(self._reports) / name), kind)
        if not chosen:
            return None
        target = Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.csv")
        self._reports = str(target.parent)
        return target

    def confirm_stop(self, parent: QWidget, on_yes: Callable[[], None]) -> None:
        """Asks whether to stop the work and close. The window lives on while the question is open."""
        box = QMessageBox(parent)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(QCoreApplication.translate("Dialogs", "Close the program?"))
        box.setText(QCoreApplication.translate("Dialogs", "Photos are still being classified."))
        box.setInformativeText(
            QCoreApplication.translate(
                "Dialogs", "What is done is saved. Choose the same folder next time, and the rest is done then."
            )
        )
        stop = box.addButton(
            QCoreApplication.translate("Dialogs", "Stop and close"), QMessageBox.ButtonRole.DestructiveRole
        )
        stay = box.addButton(QCoreApplication.translate("Dialogs", "Keep working"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        stop.clicked.connect(lambda: on_yes())
        box.open()
