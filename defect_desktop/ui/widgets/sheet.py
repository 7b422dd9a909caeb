"""A card over the window that asks for one thing. What lies behind it is dimmed and waits."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from defect_desktop.ui.look import Look
from defect_desktop.ui.widgets.labels import label

_WIDEST = 760
_EDGE = 24


class Sheet(QWidget):
    """Filled by subclasses through `column`; what first gets the focus is `first`.

    `open` shows it, over the whole window of `parent`. It closes for good by `accept` or `reject`, the cross or Escape;
    then `finished` comes. It is no window of its own, so that it is where the person looks on every system.
    """

    finished = Signal()

    def __init__(self, look: Look, title: str, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setObjectName("dim")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.look = look
        self.first: QWidget = self
        self._covered = parent.window()
        self._before = QApplication.focusWidget()
        self._card = QFrame(self)
        self._card.setObjectName("sheet")
        sizes = look.theme.sizes
        top = QHBoxLayout()
        top.addWidget(label(title, "title", wraps=True), 1)
        top.addWidget(self._cross())
        self.column = QVBoxLayout(self._card)
        self.column.setContentsMargins(sizes.xl, sizes.l, sizes.xl, sizes.xl)
        self.column.setSpacing(sizes.m)
        self.column.addLayout(top)
        self.hide()

    def open(self) -> None:
        """Shows the sheet."""
        self._place()
        self.show()
        self.raise_()
        self.first.setFocus()
        self._covered.installEventFilter(self)

    def accept(self) -> None:
        """Closes it: the person did what it asked for."""
        self._close()

    def reject(self) -> None:
        """Closes it: the person thought better of it."""
        self._close()

    # What follows is Qt's interface, with Qt's names.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # no key means anything else while the sheet is open
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102
        if event.key() == Qt.Key.Key_Escape:
            self.reject()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802, D102 - the focus stays in the sheet
        inside = [one for one in self.findChildren(QWidget) if _takes_focus(one)]
        present = QApplication.focusWidget()
        if inside:
            step = 1 if forward else -1
            at = inside.index(present) + step if present in inside else 0
            inside[at % len(inside)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _place(self) -> None:
        self.setGeometry(self._covered.rect())
        width = min(self.width() - 2 * _EDGE, _WIDEST)
        wanted = max(self.column.totalHeightForWidth(width), self._card.sizeHint().height())
        height = min(self.height() - 2 * _EDGE, wanted)
        self._card.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def _close(self) -> None:
        self._covered.removeEventFilter(self)
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self.finished.emit()
        self.deleteLater()

    def _cross(self) -> QToolButton:
        cross = QToolButton()
        cross.setIcon(self.look.icon("close"))
        cross.setIconSize(QSize(20, 20))
        cross.setProperty("kind", "bare")
        cross.setAccessibleName(self.tr("Close"))
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Escape does the same
        cross.clicked.connect(self.reject)
        return cross


def has_sheet(window: QWidget) -> bool:
    """Whether a sheet is open over the window."""
    sheets = window.findChildren(Sheet, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return any(not sheet.isHidden() for sheet in sheets)


def _takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()
