"""The one place where the window tells what happened: a sentence, perhaps with something to do about it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget
from shiboken6 import isValid

from defect_desktop.ui.look import Look
from defect_desktop.ui.widgets.labels import label

_ICON = 24


class Level(StrEnum):
    """How serious a message is; the value is what the style sheet calls it."""

    DONE = "done"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


_ICONS = {Level.DONE: "sure", Level.INFO: "info", Level.WARNING: "check", Level.ERROR: "failed"}
_INKS = {Level.DONE: "sure", Level.INFO: "human", Level.WARNING: "check", Level.ERROR: "failed"}


class Message(NamedTuple):
    """A sentence, and a button for it where `action` has a text and what it does.

    The button goes with its `owner`, which the action needs: a page is thrown away when the look changes.
    """

    level: Level
    text: str
    action: tuple[str, Callable[[], None]] | None = None
    owner: QObject | None = None


class MessageBar(QFrame):
    """Shows the last message until it is closed or replaced."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._look = look
        self._message: Message | None = None
        self._icon = QLabel()
        self._text = label(wraps=True)
        # A person may want to copy a path out of it, or pass the sentence on.
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = QPushButton()
        self._action.clicked.connect(self._do)
        close = QToolButton()
        close.setIcon(look.icon("close"))
        close.setIconSize(QSize(20, 20))
        close.setProperty("kind", "bare")
        close.setAccessibleName(self.tr("Close this message"))
        close.setToolTip(self.tr("Close this message"))
        close.clicked.connect(self.hide)

        sizes = look.theme.sizes
        row = QHBoxLayout(self)
        row.setContentsMargins(sizes.l, sizes.xs, sizes.xs, sizes.xs)
        row.setSpacing(sizes.m)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(close)
        self.hide()

    def tell(self, message: Message) -> None:
        """Shows a message in place of the one before."""
        self._message = message
        self.setProperty("level", message.level.value)
        self.style().unpolish(self)
        self.style().polish(self)
        ink = self._look.theme.colour(_INKS[message.level])
        self._icon.setPixmap(self._look.icons.pixmap(_ICONS[message.level], ink, _ICON, self.devicePixelRatioF()))
        self._text.setText(message.text)
        self.setAccessibleName(message.text)
        caption = message.action[0] if message.action else ""
        self._action.setText(caption)
        self._action.setVisible(bool(caption))
        if message.owner:
            message.owner.destroyed.connect(self._withdraw)
        self.show()

    @property
    def message(self) -> Message | None:
        """What is shown."""
        return None if self.isHidden() else self._message

    @property
    def text(self) -> str:
        """What is shown, in words; empty where nothing is."""
        return self.message.text if self.message else ""

    def _withdraw(self) -> None:
        if self._message and self._message.owner and not isValid(self._message.owner):
            self._message = self._message._replace(action=None, owner=None)
            self._action.hide()

    def _do(self) -> None:
        self.hide()
        if self._message and self._message.action:
            self._message.action[1]()
