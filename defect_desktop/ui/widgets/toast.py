"""A sentence that shows up over a page, with something to do about it, and goes away by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from defect_desktop.ui.look import Look
from defect_desktop.ui.widgets.labels import label

SECONDS = 10


class Toast(QFrame):
    """Lies above the foot of its parent for `SECONDS` after each `tell`."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._parent = parent
        self._act: Callable[[], None] | None = None
        self._edge = look.theme.sizes.s
        self._text = label()
        self._button = QPushButton()
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self._do)
        self._timer = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self._timer.timeout.connect(self.hide)
        sizes = look.theme.sizes
        row = QHBoxLayout(self)
        row.setContentsMargins(sizes.l, sizes.xs, sizes.xs, sizes.xs)
        row.setSpacing(sizes.l)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        self.hide()
        parent.installEventFilter(self)

    @property
    def text(self) -> str:
        """What is shown; empty where nothing is."""
        return "" if self.isHidden() else self._text.text()

    @property
    def button(self) -> QPushButton:
        """The button for what can be done about it."""
        return self._button

    def tell(self, text: str, caption: str = "", act: Callable[[], None] | None = None) -> None:
        """Shows a sentence in place of the one before; `act` is done when the button is tapped."""
        self._text.setText(text)
        self._button.setText(caption)
        self._button.setVisible(act is not None)
        self._act = act
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        self.adjustSize()
        room = self._parent.rect()
        self.setFixedWidth(min(self.sizeHint().width(), room.width() - 2 * self._edge))
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - self._edge)

    def _do(self) -> None:
        self.hide()
        if self._act:
            self._act()
