"""Widgets side by side, in as many lines as the width demands."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lays its widgets out as words are laid out in lines; hidden ones take no room.

    The tab key comes to them where they are seen, however late they are added.
    """

    def __init__(self, spacing: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        self._items: list[QLayoutItem] = []

    def addWidget(self, widget: QWidget) -> None:  # noqa: N802, D102 - Qt's name
        before = self._items[-1].widget() if self._items else _stop_before(self.parentWidget())
        super().addWidget(widget)
        if before is not None:
            QWidget.setTabOrder(before, widget)

    def clear(self) -> None:
        """Does away with all widgets."""
        for item in self._items:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._items.clear()
        self.invalidate()

    # What follows is Qt's interface, with Qt's names.

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802, D102
        self._items.append(item)

    def count(self) -> int:  # noqa: D102
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802, D102
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802, D102
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802, D102
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802, D102
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802, D102
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, place: QRect) -> None:  # noqa: N802, D102
        super().setGeometry(place)
        self._arrange(place, move=True)

    def sizeHint(self) -> QSize:  # noqa: N802, D102
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802, D102
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, place: QRect, *, move: bool) -> int:
        """Puts every item in its place, if `move`; how high all lines are together."""
        at, line = place.topLeft(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(place.width(), item.sizeHint().height()))
            if at.x() > place.left() and at.x() + size.width() > place.right() + 1:
                at, line = QPoint(place.left(), at.y() + line + self.spacing()), 0
            if move:
                item.setGeometry(QRect(at, size))
            at += QPoint(size.width() + self.spacing(), 0)
            line = max(line, size.height())
        return at.y() + line - place.top()


def _stop_before(place: QWidget | None) -> QWidget | None:
    """Where the tab key stops last before it comes to `place`, within its window."""
    each = place and place.previousInFocusChain()
    while place and each and each is not place and not each.isWindow():
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and not place.isAncestorOf(each):
            return each
        each = each.previousInFocusChain()
    return None
