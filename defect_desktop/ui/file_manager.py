"""The file manager of the desktop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from defect_desktop.core.printable import printable
from defect_desktop.ui.widgets.message_bar import Level, Message


def open_folder(folder: Path, tell: Callable[[Message], None]) -> None:
    """Shows a folder in it; where there is none, tells where the folder is."""
    from PySide6.QtCore import QUrl  # loaded with the first click: the window is on the screen before that
    from PySide6.QtGui import QDesktopServices

    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        text = QCoreApplication.translate("FileManager", "Nothing here opens folders; this one is {folder}.")
        tell(Message(Level.WARNING, text.format(folder=printable(folder))))
