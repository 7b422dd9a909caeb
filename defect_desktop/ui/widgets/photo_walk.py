"""One photo large, what is known of it beside or below, and the way to the next: what every list opens into."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.look import Look
from defect_desktop.ui.widgets.action_button import action_button
from defect_desktop.ui.widgets.labels import ElidedLabel, label
from defect_desktop.ui.widgets.photo_view import PhotoView

if TYPE_CHECKING:
    from defect_desktop.workflows.show_photo import ShowPhoto

_PANEL_WIDTH = 360
_PANEL_HEIGHT = 420
_ROOM_FOR_WORDS = 680
"""In less the buttons show their icons alone, for the photo's name to have a place."""
_UNLIMITED = 16777215  # Qt's QWIDGETSIZE_MAX


class PhotoWalk(QWidget):
    """Walks from photo to photo; `panel` tells about the one that is shown.

    `left` brings what was shown last, in the list's own words, `review` the `photo_id` of the photo to be reviewed.
    """

    left = Signal(object)
    review = Signal(int)

    def __init__(self, look: Look, show_photo: ShowPhoto, panel: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.record: PhotoRecord | None = None
        self.view = PhotoView(look, show_photo)
        self._panel = panel
        self._name = ElidedLabel("title", Qt.TextElideMode.ElideMiddle)
        self._place = label(role="muted")
        self._back = self._action("back", self.tr("Back to the list"), Qt.Key.Key_Escape, self.leave)
        self._previous = self._action("previous", self.tr("Previous photo"), Qt.Key.Key_Left, lambda: self._step(-1))
        self._next = self._action("next", self.tr("Next photo"), Qt.Key.Key_Right, lambda: self._step(1))
        self._review = self._action("review", self.tr("Open in review"), Qt.Key.Key_R, self._ask_for_review)
        self._lay_out()

    def leave(self) -> None:
        """Goes back to the list."""
        raise NotImplementedError

    def close_loader(self) -> None:
        """Stops decoding."""
        self.view.close_loader()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102
        super().resizeEvent(event)
        upright = self.height() > self.width()
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._body.setDirection(down if upright else across)
        width = min(_PANEL_WIDTH, self.width() // 2 - self._body.spacing())
        height = min(_PANEL_HEIGHT, self.height() // 2)
        self._panel.setMinimumSize(*((0, height) if upright else (width, 0)))
        self._panel.setMaximumSize(*((_UNLIMITED, height) if upright else (width, _UNLIMITED)))
        wordy = self.width() >= self._look.theme.sizes.grown(_ROOM_FOR_WORDS)
        words, icons = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._worded:
            button.setToolButtonStyle(words if wordy else icons)

    def _step(self, by: int) -> None:
        """Shows the photo that is so many rows further, if there is one."""
        raise NotImplementedError

    def _show_name(self, name: str, spoken: str) -> None:
        """Shows the photo's name; `spoken` is what a screen reader says of the photo, which has the focus."""
        self._name.show_text(name)
        self.view.setAccessibleName(spoken)

    def _show_place(self, row: int, total: int) -> None:
        self._place.setText(f"{row + 1:,} / {total:,}")
        self._previous.setEnabled(row > 0)
        self._next.setEnabled(row + 1 < total)

    def _ask_for_review(self) -> None:
        if self.record is not None:
            self.review.emit(self.record.photo_id)

    def _action(self, icon: str, text: str, key: Qt.Key, act: Callable[[], None]) -> QAction:
        action = QAction(self._look.icon(icon), text, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: act())
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        sizes = self._look.theme.sizes
        top = QHBoxLayout()
        top.setSpacing(sizes.s)
        self._worded = tuple(action_button(action) for action in (self._back, self._review))
        back, review = self._worded
        top.addWidget(back)
        top.addSpacing(sizes.s)
        top.addWidget(self._name, 1)
        top.addWidget(self._place)
        top.addWidget(review)
        top.addWidget(action_button(self._previous, icon_only=True))
        top.addWidget(action_button(self._next, icon_only=True))
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(sizes.m)
        self._body.addWidget(self.view, 1)
        self._body.addWidget(self._panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.m)
        column.addLayout(top)
        column.addLayout(self._body, 1)
