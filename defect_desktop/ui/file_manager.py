"""The file manager of the desktop."""

from __future__ import annotations

from pathlib import Path


def open_folder(folder: Path) -> None:
    """Shows a folder in it."""
    from PySide6.QtCore import QUrl  # loaded with the first click: the window is on the screen before that
    from PySide6.QtGui import QDesktopServices

    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
