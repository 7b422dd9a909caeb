"""Saves the diagnostic file that the user can send with a report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from defect_desktop.core.printable import printable
from defect_desktop.ui.desk import Desk
from defect_desktop.ui.dialogs import Dialogs
from defect_desktop.ui.file_manager import open_folder
from defect_desktop.ui.widgets.message_bar import Level, Message


class Diagnostics(QObject):
    """Asks where to, writes beside the window, and tells: `told` brings the message, `failed` the exception."""

    told = Signal(object)
    failed = Signal(object)

    def __init__(self, write: Callable[[Path], None], dialogs: Dialogs, window: QWidget) -> None:
        super().__init__(window)
        self._write = write
        self._dialogs = dialogs
        self._window = window
        self._desk = Desk(self)
        self._desk.failed.connect(self.failed)

    def save(self) -> None:
        """Asks for a place and saves the file there."""
        target = self._dialogs.choose_diagnostics(self._window)
        if target is not None:
            self._desk.do(lambda: self._write(target), lambda _: self._tell(target))

    def close(self) -> None:
        """Finishes writing."""
        self._desk.close()

    def _tell(self, target: Path) -> None:
        text = self.tr("Saved: {file}. It holds no photos, and no paths of photos.").format(file=printable(target))
        action = (self.tr("Open the folder"), lambda: open_folder(target.parent, self.told.emit))
        self.told.emit(Message(Level.DONE, text, action))
