"""The questions that the window asks in a dialog of their own. Tests put their own answers here.

Qt's dialogs are loaded when they are first asked for: the window is on the screen before that.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt
from PySide6.QtWidgets import QWidget


class Dialogs:
    """Remembers, for as long as the program runs, where the user was last."""

    def __init__(self) -> None:
        self._set_photos: Path | None = None
        self._set_reports: Path | None = None
        self._photos = _begin(None, QStandardPaths.StandardLocation.PicturesLocation)
        self._reports = _begin(None, QStandardPaths.StandardLocation.DocumentsLocation)

    def begin_at(self, photos: Path | None, reports: Path | None) -> None:
        """Begins in these folders, None is the system's, once they are others than before."""
        if photos != self._set_photos:
            self._set_photos, self._photos = photos, _begin(photos, QStandardPaths.StandardLocation.PicturesLocation)
        if reports != self._set_reports:
            self._set_reports, self._reports = (
                reports,
                _begin(reports, QStandardPaths.StandardLocation.DocumentsLocation),
            )

    def choose_folder(self, parent: QWidget) -> Path | None:
        """The folder of photos that the user chooses; None where the user thinks better of it."""
        title = QCoreApplication.translate("Dialogs", "Choose a folder of photos")
        folder = _choose_folder(parent, title, self._photos)
        self._photos = str(folder or self._photos)
        return folder

    def choose_report_folder(self, parent: QWidget) -> Path | None:
        """The folder that reports are written to."""
        title = QCoreApplication.translate("Dialogs", "Choose a folder for reports")
        return _choose_folder(parent, title, self._reports)

    def choose_csv(self, parent: QWidget) -> Path | None:
        """The file to write a report to."""
        title = QCoreApplication.translate("Dialogs", "Export the results")
        kind = QCoreApplication.translate("Dialogs", "CSV files (*.csv)")
        name = QCoreApplication.translate("Dialogs", "defects {date}.csv").format(date=_today())
        target = self._choose_target(parent, title, name, kind)
        if target is not None:
            self._reports = str(target.parent)
        return target

    def choose_diagnostics(self, parent: QWidget) -> Path | None:
        """The file to write diagnostics to."""
        title = QCoreApplication.translate("Dialogs", "Save a diagnostic file")
        kind = QCoreApplication.translate("Dialogs", "Zip files (*.zip)")
        return self._choose_target(parent, title, f"defect-desktop-diagnostics-{_today()}.zip", kind)

    def confirm_restore(self, parent: QWidget, backup: str, on_yes: Callable[[], None]) -> None:
        """Asks whether to put a backup, told in words, in the place of the database."""
        ask(
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

    def confirm_stop(self, parent: QWidget, at_stake: str, on_yes: Callable[[], None]) -> None:
        """Asks whether to stop the work and close, and says what would be lost, in a sentence, where anything would.

        The window lives on while the question is open.
        """
        saved = QCoreApplication.translate("Dialogs", "What is done is saved. The rest can be done at any time.")
        again = QCoreApplication.translate("Dialogs", "Before it closes, the program tries once more to save.")
        ask(
            parent,
            QCoreApplication.translate("Dialogs", "Close the program?"),
            at_stake or QCoreApplication.translate("Dialogs", "Work is still going on."),
            again if at_stake else saved,
            yes=QCoreApplication.translate("Dialogs", "Stop and close"),
            no=QCoreApplication.translate("Dialogs", "Keep working"),
            on_yes=on_yes,
        )

    def _choose_target(self, parent: QWidget, title: str, name: str, kind: str) -> Path | None:
        """A file to write to, which ends as `name` does where the user gives it no ending."""
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getSaveFileName(parent, title, str(Path(self._reports) / name), kind)
        if not chosen:
            return None
        return Path(chosen) if Path(chosen).suffix else Path(chosen + Path(name).suffix)


def _begin(folder: Path | None, systems: QStandardPaths.StandardLocation) -> str:
    return str(folder) if folder else QStandardPaths.writableLocation(systems)


def _choose_folder(parent: QWidget, title: str, begin: str) -> Path | None:
    from PySide6.QtWidgets import QFileDialog

    folder = QFileDialog.getExistingDirectory(parent, title, begin)
    return Path(folder) if folder else None


def _today() -> str:
    return time.strftime("%Y-%m-%d")


def ask(
    parent: QWidget, title: str, text: str, explanation: str, *, yes: str, no: str, on_yes: Callable[[], None]
) -> None:
    """Opens a question whose harmless answer is the default."""
    from PySide6.QtWidgets import QMessageBox

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
