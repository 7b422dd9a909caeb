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

    def begin_at(self, photos: Path | None, reports: Path | None) -> None:
        """Begins in these folders from now on; None leaves it as it is."""
        self._photos = str(photos) if photos else self._photos
        self._reports = str(reports) if reports else self._reports

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

    def choose_diagnostics(self, parent: QWidget) -> Path | None:
        """The file to write diagnostics to."""
        title = QCoreApplication.translate("Dialogs", "Save a diagnostic file")
        kind = QCoreApplication.translate("Dialogs", "Zip files (*.zip)")
        name = f"defect-desktop-diagnostics-{date.today().isoformat()}.zip"
        chosen, _ = QFileDialog.getSaveFileName(parent, title, str(Path(self._reports) / name), kind)
        if not chosen:
            return None
        return Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.zip")

    def confirm_restore(self, parent: QWidget, backup: str, on_yes: Callable[[], None]) -> None:
        """Asks whether to put a backup, told in words, in the place of the database."""
        _ask(
            parent,
            QCoreApplication.translate("Dialogs", "Restore the backup?"),
            backup,
            QCoreApplication.translate(
                "Dialogs",
                "All results and reviews become those of the backup. What is there now is kept as a backup first.",
            ),
            yes=QCoreApplication.translate("Dialogs", "Restore"),
            no=QCoreApplication.translate("Dialogs", "Cancel"),
            on_yes=on_yes,
        )

    def confirm_stop(self, parent: QWidget, on_yes: Callable[[], None]) -> None:
        """Asks whether to stop the work and close. The window lives on while the question is open."""
        _ask(
            parent,
            QCoreApplication.translate("Dialogs", "Close the program?"),
            QCoreApplication.translate("Dialogs", "Work is still going on."),
            QCoreApplication.translate("Dialogs", "What is done is saved. The rest can be done at any time."),
            yes=QCoreApplication.translate("Dialogs", "Stop and close"),
            no=QCoreApplication.translate("Dialogs", "Keep working"),
            on_yes=on_yes,
        )


def _ask(
    parent: QWidget, title: str, text: str, explanation: str, *, yes: str, no: str, on_yes: Callable[[], None]
) -> None:
    """Opens a question whose harmless answer is the default."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title)
    box.setText(text)
    box.setInformativeText(explanation)
    go = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    go.clicked.connect(lambda: on_yes())
    box.open()
