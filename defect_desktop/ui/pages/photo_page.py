"""One photo large, with its verdict beside or below it, and the way to the next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.look import Look
from defect_desktop.ui.results_model import ResultsModel, file_name
from defect_desktop.ui.widgets.action_button import action_button
from defect_desktop.ui.widgets.labels import ElidedLabel, label
from defect_desktop.ui.widgets.photo_view import PhotoView
from defect_desktop.ui.widgets.verdict_panel import VerdictPanel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PANEL_WIDTH = 360
_PANEL_HEIGHT = 420
_UNLIMITED = 16777215  # Qt's QWIDGETSIZE_MAX


class PhotoPage(QWidget):
    """Walks through the rows of the table in their order.

    `left` brings the record that was shown last, `review` the `photo_id` of the photo that is to be reviewed.
    """

    left = Signal(object)
    review = Signal(int)

    def __init__(
        self,
        look: Look,
        model: ResultsModel,
        show_photo: Callable[[Path, int, int], NDArray[np.uint8]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._model = model
        self._look = look
        self.record: PhotoRecord | None = None
        self.view = PhotoView(look, show_photo)
        self.panel = VerdictPanel(look, model)
        self._name = ElidedLabel("title", Qt.TextElideMode.ElideMiddle)
        self._place = label(role="muted")
        self._back = self._action("back", self.tr("Back to the list"), Qt.Key.Key_Escape, self.leave)
        self._previous = self._action("previous", self.tr("Previous photo"), Qt.Key.Key_Left, lambda: self._step(-1))
        self._next = self._action("next", self.tr("Next photo"), Qt.Key.Key_Right, lambda: self._step(1))
        self._review = self._action("review", self.tr("Open in review"), Qt.Key.Key_R, self._ask_for_review)
        self._lay_out()
        model.rowsInserted.connect(self._show_place)

    def open(self, record: PhotoRecord) -> None:
        """Shows a record."""
        self.record = record
        self._name.show_text(file_name(record))
        self.view.show_photo(record.outcome.photo)
        self.panel.show_record(record)
        self._show_place()
        self.view.setFocus()

    def leave(self) -> None:
        """Goes back to the list."""
        record, self.record = self.record, None
        self.left.emit(record)

    def close_loader(self) -> None:
        """Stops decoding."""
        self.view.close_loader()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102
        super().resizeEvent(event)
        upright = self.height() > self.width()
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._body.setDirection(down if upright else across)
        self.panel.setMinimumSize(*((0, _PANEL_HEIGHT) if upright else (_PANEL_WIDTH, 0)))
        self.panel.setMaximumSize(*((_UNLIMITED, _PANEL_HEIGHT) if upright else (_PANEL_WIDTH, _UNLIMITED)))

    def _ask_for_review(self) -> None:
        if self.record is not None:
            self.review.emit(self.record.photo_id)

    def _step(self, by: int) -> None:
        row = self._row()
        if row is not None and 0 <= row + by < len(self._model.listing):
            self.open(self._model.record(row + by))

    def _row(self) -> int | None:
        return self._model.listing.row_of(self.record) if self.record else None

    def _show_place(self) -> None:
        row, total = self._row(), len(self._model.listing)
        if row is None:
            return
        self._place.setText(f"{row + 1:,} / {total:,}")
        self._previous.setEnabled(row > 0)
        self._next.setEnabled(row + 1 < total)

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
        top.addWidget(action_button(self._back))
        top.addSpacing(sizes.s)
        top.addWidget(self._name, 1)
        top.addWidget(self._place)
        top.addWidget(action_button(self._review))
        top.addWidget(action_button(self._previous, icon_only=True))
        top.addWidget(action_button(self._next, icon_only=True))
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(sizes.m)
        self._body.addWidget(self.view, 1)
        self._body.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.m)
        column.addLayout(top)
        column.addLayout(self._body, 1)
