"""A card of what is known about one photo."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QScroller, QVBoxLayout, QWidget

from defect_desktop.ui.look import Look


class FactCard(QScrollArea):
    """Fact below fact, and at the foot where they come from. It scrolls where the window is low."""

    def _lay_out(self, look: Look, facts: Sequence[QWidget], origin: QWidget) -> None:
        card = QFrame()
        card.setObjectName("card")
        sizes = look.theme.sizes
        column = QVBoxLayout(card)
        column.setContentsMargins(sizes.xl, sizes.l, sizes.xl, sizes.l)
        column.setSpacing(sizes.m)
        for fact in facts:
            column.addWidget(fact)
        column.addStretch(1)
        column.addWidget(origin)
        self.setWidget(card)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)


def tell(fact: QLabel, text: str) -> None:
    """Shows the text; where there is none, the label takes no room."""
    fact.setText(text)
    fact.setVisible(bool(text))
