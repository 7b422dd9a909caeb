"""Which folder is watched, how that goes, and the button that ends it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from defect_desktop.core.printable import printable
from defect_desktop.ui.look import Look
from defect_desktop.ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from defect_desktop.workflows.queue_arrivals import FolderStatus

_ICON = 24


class WatchPanel(QFrame):
    """Visible while a folder is watched; `stopped` says that the user has had enough."""

    stopped = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._look = look
        self._sign = QLabel()
        self._folder = ElidedLabel("body")
        self._status = ElidedLabel("muted")
        stop = QPushButton(look.icon("stop", "text"), " " + self.tr("Stop watching"))
        stop.setIconSize(QSize(20, 20))
        stop.clicked.connect(self.stopped)
        sizes = look.theme.sizes
        lines = QVBoxLayout()
        lines.setSpacing(sizes.xs)
        lines.addWidget(self._folder)
        lines.addWidget(self._status)
        row = QHBoxLayout(self)
        row.setContentsMargins(sizes.l, sizes.m, sizes.m, sizes.m)
        row.setSpacing(sizes.m)
        row.addWidget(self._sign)
        row.addLayout(lines, 1)
        row.addWidget(stop)
        self.hide()

    @property
    def line(self) -> str:
        """What is said of the watch."""
        return self._status.accessibleName()

    def show_watch(self, folder: Path | None, status: FolderStatus | None) -> None:
        """Shows how the watch of a folder stands, or nothing where none is watched."""
        self.setVisible(folder is not None)
        if folder is None:
            return
        trouble = status is not None and status.trouble is not None
        icon, name = ("failed", "failed") if trouble else ("watch", "accent")
        colour = self._look.theme.colour(name)
        self._sign.setPixmap(self._look.icons.pixmap(icon, colour, _ICON, self.devicePixelRatioF()))
        self._folder.show_text(self.tr("Watching {folder}").format(folder=printable(folder)))
        self._status.show_text(self._words(status))

    def _words(self, status: FolderStatus | None) -> str:
        if status is None:
            return self.tr("Looking into the folder…")
        if status.trouble is not None:
            return self._look.say(status.trouble)
        parts = [self.tr("%n photo(s) taken in", "", status.queued)]
        if arriving := status.waiting + status.ready:
            parts.append(self.tr("%n arriving", "", arriving))
        return "  ·  ".join(parts)
