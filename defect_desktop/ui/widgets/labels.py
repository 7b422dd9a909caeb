"""Labels that show any text literally: a file name with angle brackets in it is a name, not markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from defect_desktop.ui.wording import tooltip


def label(text: str = "", role: str = "body", *, wraps: bool = False, parent: QWidget | None = None) -> QLabel:
    """A plain label; `role` is its place in the type scale, as the style sheet names it."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wraps)
    if wraps:
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return made


class ElidedLabel(QLabel):
    """One line that ends in dots where there is no room; the tooltip has it all."""

    def __init__(self, role: str, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._mode = mode
        self._full = ""

    def show_text(self, text: str) -> None:
        """Shows the text, as much of it as fits."""
        self._full = text
        self.setAccessibleName(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._full, self._mode, self.contentsRect().width())
        self.setText(shown)
        self.setToolTip(tooltip(self._full) if shown != self._full else "")
