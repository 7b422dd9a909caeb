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
        self._photos = _Beginning(QStandardPaths.StandardLocation.PicturesLocation)
        self._reports = _Beginning(QStandardPaths.StandardLocation.DocumentsLocation)

    def begin_at(self, photos: Path | None, reports: Path | None) -> None:
        """Begins in these folders, None is the system's, once they are others than before."""
        self._photos.choose(photos)
        self._reports.choose(reports)

    def choose_folder(self, parent: QWidget) -> Path | None:
        """The folder of photos that the user chooses; None where the user thinks better of it."""
        title = QCoreApplication.translate("Dialogs", "Choose a folder of photos")
        folder = _choose_folder(parent, title, self._photos.folder)
        self._photos.folder = str(folder or self._photos.folder)
        return folder

    def choose_report_folder(self, parent: QWidget) -> Path | None:
        """The folder that reports are written to."""
        title = QCoreApplication.translate("Dialogs", "Choose a folder for reports")
        return _choose_folder(parent, title, self._reports.folder)

    def choose_csv(self, parent: QWidget) -> Path | None:
        """The file to write a report to."""
        title = QCoreApplication.translate("Dialogs", "Export the results")
        kind = QCoreApplication.translate("Dialogs", "CSV files (*.csv)")
        name = QCoreApplication.translate("Dialogs", "defects {date}.csv").format(date=_today())
        target = choose_target(parent, title, Path(self._reports.folder) / name, kind)
        if target is not None:
            self._reports.folder = str(target.parent)
        return target

    def choose_diagnostics(self, parent: QWidget) -> Path | None:
        """The file to write diagnostics to."""
        title = QCoreApplication.translate("Dialogs", "Save a diagnostic file")
        kind = QCoreApplication.translate("Dialogs", "Zip files (*.zip)")
        name = f"defect-desktop-diagnostics-{_today()}.zip"
        return choose_target(parent, title, Path(self._reports.folder) / name, kind)

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


class _Beginning:
    """The folder that a choice begins in: the one of the settings, None is the system's, then where the user was."""

    def __init__(self, systems: QStandardPaths.StandardLocation) -> None:
        self._systems = QStandardPaths.writableLocation(systems)
        self._chosen: Path | None = None
        self.folder = self._systems

    def choose(self, folder: Path | None) -> None:
        if folder != self._chosen:
            self._chosen, self.folder = folder, str(folder) if folder else self._systems


def choose_target(parent: QWidget, title: str, suggestion: Path, kind: str) -> Path | None:
    """The file to write to, which ends as the suggestion does; None where the user thinks better of it.

    Before a file is replaced the dialog asks, for the name that was typed: where the end of it was left out, it comes
    again with the whole name.
    """
    from PySide6.QtWidgets import QFileDialog

    while True:
        chosen, _ = QFileDialog.getSaveFileName(parent, title, str(suggestion), kind)
        if not chosen:
            return None
        typed = Path(chosen)
        if typed.suffix.lower() == suggestion.suffix:
            return typed
        suggestion = typed.with_name(typed.name + suggestion.suffix)
        if not suggestion.exists():
            return suggestion


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
