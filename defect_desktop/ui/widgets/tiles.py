"""Large buttons in rows, as many as there are: for choosing with a glove, the arrow keys, or a screen reader."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem, QScroller, QWidget

from defect_desktop.ui.look import Look

_WIDTH = 168
_HEIGHT = 60


class Tiles(QListWidget):
    """`chosen` brings the value of the tile that was tapped, or on which Enter or Space was pressed."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tiles")
        self._gap = look.theme.sizes.s
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.itemClicked.connect(self._tell)

    def offer(self, values: Iterable[tuple[str, str]], chosen: str = "") -> None:
        """Shows (value, text) pairs; the `chosen` one stands out."""
        self.clear()
        for value, text in values:
            item = QListWidgetItem(text, self)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            item.setToolTip(text)
            if value == chosen:
                self.setCurrentItem(item)
        self._fit()

    def values(self) -> list[str]:
        """What is offered, in order."""
        return [self.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.count())]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentItem():
            self._tell(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """Tiles as wide as an equal share of the row."""
        room = self.viewport().width() - 2 * self._gap
        columns = max(1, room // _WIDTH)
        cell = QSize(room // columns, _HEIGHT + self._gap)
        self.setGridSize(cell)
        for row in range(self.count()):
            self.item(row).setSizeHint(cell)

    def _tell(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
