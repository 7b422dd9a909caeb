"""How far the run is, and the button that stops it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from defect_desktop.core.progress import Progress
from defect_desktop.ui.look import Look
from defect_desktop.ui.widgets.labels import ElidedLabel
from defect_desktop.ui.wording import percent, progress_line

_STEPS = 1000
"""A bar counts in 32 bits, which the bytes of a file outgrow."""


class ProgressPanel(QFrame):
    """Visible while something goes on; `cancelled` says that the user has had enough."""

    cancelled = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._line = ElidedLabel("body")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._cancel = QPushButton(look.icon("stop", "failed"), " " + self.tr("Cancel"))
        self._cancel.setIconSize(QSize(20, 20))
        self._cancel.clicked.connect(self.cancelled)

        sizes = look.theme.sizes
        left = QVBoxLayout()
        left.setSpacing(sizes.s)
        left.addWidget(self._line)
        left.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(sizes.l, sizes.m, sizes.m, sizes.m)
        row.setSpacing(sizes.l)
        row.addLayout(left, 1)
        row.addWidget(self._cancel)
        self.hide()

    @property
    def line(self) -> str:
        """What is said of the progress."""
        return self._line.accessibleName()

    def wait_for(self, what: str, *, stoppable: bool) -> None:
        """Shows that something goes on whose length nobody knows."""
        self._line.show_text(what)
        self._bar.setRange(0, 0)
        self._cancel.setVisible(stoppable)
        self.show()

    def show_progress(self, progress: Progress) -> None:
        """Shows how far the run is."""
        self._line.show_text(progress_line(progress))
        self._bar.setRange(0, max(1, progress.total))
        self._bar.setValue(progress.done)
        self._bar.setAccessibleDescription(self.line)
        self._cancel.show()
        self.show()

    def show_share(self, progress: Progress) -> None:
        """Shows how far work is that is not counted in photos; what was said of it stays."""
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(round(_STEPS * progress.done / max(1, progress.total)))
        self._bar.setAccessibleDescription(percent(progress.done / max(1, progress.total), 0))
