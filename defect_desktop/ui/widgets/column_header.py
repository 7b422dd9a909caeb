"""The titles of a table's columns, which a click sorts by, for the keyboard and the screen reader too."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QTableView

from defect_desktop.ui.look import Look

_FRAME = 2
_SORT_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ColumnHeader(QHeaderView):
    """One stop of the tab key: left and right lead from title to title, Space or Enter does what a click does.

    It is called by the title that the person is at, and says how that sorts.
    """

    def __init__(self, look: Look, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._look = look
        self._table = table
        self._place = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # who clicks a title goes on in the rows
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.sortIndicatorChanged.connect(lambda _section, _order: self._name())

    # What follows is Qt's interface, with Qt's names.

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802, D102
        super().focusInEvent(event)
        self._go(self._place)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802, D102
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102
        key = event.key()
        if key in _SORT_KEYS:
            self._sort()
        elif key == Qt.Key.Key_Down:
            self._table.setFocus()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._go(self._place + (1 if key == Qt.Key.Key_Right else -1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0 if key == Qt.Key.Key_Home else self.count())
        else:
            event.ignore()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803, D102
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        if self.hasFocus() and logicalIndex == self._section:
            painter.setPen(QPen(self._look.theme.colour("accent"), _FRAME))
            painter.drawRect(rect.adjusted(_FRAME // 2, _FRAME // 2, -_FRAME, -_FRAME))

    @property
    def _shown(self) -> list[int]:
        return [section for section in map(self.logicalIndex, range(self.count())) if not self.isSectionHidden(section)]

    @property
    def _section(self) -> int:
        """Where the person is: a narrow table has fewer titles than it had."""
        return self._shown[min(self._place, len(self._shown) - 1)]

    def _go(self, place: int) -> None:
        self._place = max(0, min(place, len(self._shown) - 1))
        self._name()
        self.viewport().update()

    def _sort(self) -> None:
        """What a click does: ascending, descending, and back to the order without any."""
        section, up, down = self._section, Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        if self.sortIndicatorSection() != section:
            self.setSortIndicator(section, up)
        elif self.sortIndicatorOrder() is up:
            self.setSortIndicator(section, down)
        else:
            self.setSortIndicator(-1, up)

    def _name(self) -> None:
        section = self._section
        if self.sortIndicatorSection() != section:
            text = self.tr("Sort by: {column}")
        elif self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder:
            text = self.tr("Sorted by: {column}, ascending")
        else:
            text = self.tr("Sorted by: {column}, descending")
        self.setAccessibleName(text.format(column=self.model().headerData(section, Qt.Orientation.Horizontal)))
