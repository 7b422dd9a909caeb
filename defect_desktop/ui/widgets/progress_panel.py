"""How far the run is, and the button that stops it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, SignalInstance
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from defect_desktop.core.progress import Progress
from defect_desktop.ui.look import Look
from defect_desktop.ui.widgets.labels import ElidedLabel
from defect_desktop.ui.widgets.progress_bar import ProgressBar
from defect_desktop.ui.wording import percent, progress_line

_STEPS = 1000
"""A bar counts in 32 bits, which the bytes of a file outgrow."""


class ProgressPanel(QFrame):
    """Visible while something goes on. The signals say what the user wants of it."""

    cancelled = Signal()
    paused = Signal()
    resumed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._line = ElidedLabel("body")
        self._bar = ProgressBar()
        self._bar.setAccessibleName(self.tr("Progress"))
        self._cancel = self._button(look.icon("stop", "failed"), self.tr("Cancel"), self.cancelled)
        self._pause = self._button(look.icon("pause", "text"), self.tr("Pause"), self.paused)
        self._resume = self._button(look.icon("resume", "on_accent"), self.tr("Resume"), self.resumed)
        self._resume.setProperty("kind", "primary")

        sizes = look.theme.sizes
        left = QVBoxLayout()
        left.setSpacing(sizes.s)
        left.addWidget(self._line)
        left.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(sizes.l, sizes.m, sizes.m, sizes.m)
        row.setSpacing(sizes.l)
        row.addLayout(left, 1)
        for button in (self._pause, self._resume, self._cancel):
            row.addWidget(button)
        self.hide()

    @property
    def line(self) -> str:
        """What is said of the progress."""
        return self._line.accessibleName()

    def wait_for(self, what: str, *, stoppable: bool) -> None:
        """Shows that something goes on whose length nobody knows."""
        self._line.show_text(what)
        self._bar.setRange(0, 0)
        self._offer(self._cancel if stoppable else None)
        self.show()

    def show_progress(self, progress: Progress, *, pausable: bool = False) -> None:
        """Shows how far the work is."""
        self._show(progress_line(progress), progress)
        self._offer(self._cancel, self._pause if pausable else None)

    def show_pause(self, progress: Progress) -> None:
        """Shows that photos wait until the user says so."""
        self._show(self.tr("Paused: %n photo(s) wait.", "", progress.total - progress.done), progress)
        self._offer(self._cancel, self._resume)

    def show_share(self, progress: Progress) -> None:
        """Shows how far work is that is not counted in photos; what was said of it stays."""
        self._bar.advance(round(_STEPS * progress.done / max(1, progress.total)), _STEPS)
        self._bar.setAccessibleDescription(percent(progress.done / max(1, progress.total), 0))

    def _show(self, line: str, progress: Progress) -> None:
        self._line.show_text(line)
        self._bar.advance(progress.done, progress.total)
        self._bar.setAccessibleDescription(self.line)
        self.show()

    def _offer(self, *wanted: QPushButton | None) -> None:
        """Where Pause or Resume had the focus, what comes in its place gets it: Qt would give it to Cancel."""
        switches = self._pause, self._resume
        held = self.window().focusWidget() in (*switches, self)
        offered = [button for button in (*switches, self._cancel) if button in wanted]
        for button in offered:
            button.show()
        if held:
            next((button for button in offered if button in switches), self).setFocus()
        for button in {*switches, self._cancel}.difference(offered):
            button.hide()

    def _button(self, icon: QIcon, text: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(icon, " " + text)
        button.setIconSize(QSize(20, 20))
        button.clicked.connect(signal)
        return button
