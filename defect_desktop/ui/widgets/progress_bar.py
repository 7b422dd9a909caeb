"""How far something is, as a bar."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget


class ProgressBar(QProgressBar):
    """Says nothing: whoever shows it has words beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextVisible(False)

    def advance(self, done: int, total: int) -> None:
        """Shows how much is done; painted like all else, once the window comes to it."""
        self.setUpdatesEnabled(False)  # with its value Qt's bar has the window painted at once, half changed as it is
        self.setRange(0, max(1, total))
        self.setValue(done)
        self.setUpdatesEnabled(True)
