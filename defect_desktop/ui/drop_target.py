"""Lets files and folders be dropped anywhere on the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from defect_desktop.ui.widgets.drop_overlay import DropOverlay
from defect_desktop.ui.widgets.sheet import has_sheet


class DropTarget(QObject):
    """`dropped` brings the paths, a tuple; what is no file of this computer is left out.

    Nothing can be dropped while a sheet is open over the window: the page below it waits for an answer.
    """

    dropped = Signal(tuple)

    def __init__(self, window: QWidget, overlay: DropOverlay) -> None:
        super().__init__(window)
        self._window = window
        self._overlay = overlay
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102
        if isinstance(event, QDropEvent) and has_sheet(self._window):
            event.ignore()
            return True
        if isinstance(event, QDragEnterEvent):
            if local_files(event.mimeData()):
                event.acceptProposedAction()
                self._overlay.cover()
            return True
        if event.type() == QEvent.Type.DragLeave:
            self._overlay.hide()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._drop(event)
            return True
        return False

    def _drop(self, event: QDropEvent) -> None:
        self._overlay.hide()
        paths = local_files(event.mimeData())
        if paths:
            # The photos are only read, whatever the file manager proposes.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(paths)


def local_files(mime: QMimeData) -> tuple[Path, ...]:
    """The files and folders of this computer that were dropped or copied."""
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
