"""What stands in for a page that could not be made."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from defect_desktop.ui.look import Look
from defect_desktop.ui.navigation import Page
from defect_desktop.ui.widgets.labels import label


class BrokenPage(Page):
    """A sentence, and a button to try once more."""

    def __init__(self, look: Look, try_again: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sentence = label(self.tr("This page cannot be shown. The other pages work as before."), "title", wraps=True)
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        button = QPushButton(self.tr("Try again"))
        button.clicked.connect(lambda: try_again())
        column = QVBoxLayout(self)
        column.setSpacing(look.theme.sizes.xl)
        column.addStretch(1)
        column.addWidget(sentence)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
