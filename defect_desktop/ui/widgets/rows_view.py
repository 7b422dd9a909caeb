"""A list of rows that a delegate paints, for a finger as for keys."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QScroller,
    QTableView,
    QWidget,
)  # fmt: skip

_OPEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_END_KEYS = (Qt.Key.Key_Home, Qt.Key.Key_End)


class RowsView(QTableView):
    """`opened` brings the row that was tapped, or that a key opens.

    A table of one column and not a list: that takes in new rows without laying out the old ones anew.
    """

    opened = Signal(int)

    def __init__(self, name: str, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.clicked.connect(lambda index: self.opened.emit(index.row()))

    def paint_with(self, delegate: QAbstractItemDelegate, row_height: int) -> None:
        """Has the rows, `row_height` pixels high, painted by a delegate."""
        self.setItemDelegate(delegate)
        self.verticalHeader().setDefaultSectionSize(row_height)

    def select(self, row: int) -> None:
        """Makes a row the current one and brings it into view."""
        index = self.model().index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    @property
    def top_row(self) -> int:
        """The first row in view, 0 where there is none."""
        return max(0, self.rowAt(0))

    @property
    def current_row(self) -> int | None:
        """The row that is current."""
        index: QModelIndex = self.currentIndex()
        return index.row() if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102
        row = self.current_row
        if event.key() in _OPEN_KEYS and row is not None:
            self.opened.emit(row)
        elif event.key() in _END_KEYS and self.model().rowCount():  # a table would go to the ends of its one column
            self.select(0 if event.key() == Qt.Key.Key_Home else self.model().rowCount() - 1)
        else:
            super().keyPressEvent(event)
