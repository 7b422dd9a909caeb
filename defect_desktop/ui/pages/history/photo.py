"""One photo of the history large, with what is known of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QScrollArea, QScroller, QVBoxLayout, QWidget

from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.history import wording
from defect_desktop.ui.pages.history.model import HistoryModel
from defect_desktop.ui.results_model import file_name
from defect_desktop.ui.widgets.action_button import action_button
from defect_desktop.ui.widgets.chip import Chip
from defect_desktop.ui.widgets.labels import ElidedLabel, label
from defect_desktop.ui.widgets.photo_view import PhotoView
from defect_desktop.ui.widgets.probability_bars import ProbabilityBars

_PANEL_WIDTH = 340
_PANEL_HEIGHT = 400
_UNLIMITED = 16777215  # Qt's QWIDGETSIZE_MAX


class Facts(QScrollArea):
    """What the program said, what people said, where and when. It scrolls where the window is low."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._title = label(role="headline", wraps=True)
        self._chip = Chip(look)
        self._review = label(wraps=True)
        self._reasons = label(wraps=True)
        self._bars = ProbabilityBars(look)
        self._place = label(wraps=True)
        self._note = label(wraps=True)
        self._origin = label(role="muted", wraps=True)
        card = QFrame()
        card.setObjectName("card")
        sizes = look.theme.sizes
        column = QVBoxLayout(card)
        column.setContentsMargins(sizes.xl, sizes.l, sizes.xl, sizes.l)
        column.setSpacing(sizes.m)
        for widget in (self._title, self._chip, self._review, self._reasons, self._bars, self._place, self._note):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self._origin)
        self.setWidget(card)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def show_record(self, record: PhotoRecord) -> None:
        """Shows a record."""
        verdict, remarks = record.outcome.verdict, record.remarks
        self._title.setText(wording.title(record, self._look))
        self._chip.show_state(wording.state(record))
        review = wording.review_words(record, self._look)
        self._tell(self._review, self.tr("Review: {state}").format(state=review) if review else "")
        reasons = verdict.check_reasons if verdict else ()
        self._tell(self._reasons, "\n".join(self._look.say(reason.sentence) for reason in reasons))
        top = verdict.top if verdict else ()
        self._bars.show_entries([(self._look.say(record.name_of(one.label)), one.probability) for one in top])
        self._tell(self._place, wording.place_words(remarks.place, self._look))
        self._tell(self._note, self.tr("Note: {text}").format(text=remarks.note) if remarks.note else "")
        made = record.settings
        lines = (
            self.tr("Model: {name} {version}").format(name=made.pack_name, version=made.pack_version),
            self.tr("Classified: {time}").format(time=wording.when(record)),
        )
        self._origin.setText("\n".join(lines))

    def _tell(self, widget: QLabel, text: str) -> None:
        widget.setText(text)
        widget.setVisible(bool(text))


class HistoryPhoto(QWidget):
    """Walks through the rows of the history.

    `left` brings the row that was shown last, `review` the `photo_id` of the photo that is to be reviewed.
    """

    left = Signal(int)
    review = Signal(int)

    def __init__(
        self,
        look: Look,
        model: HistoryModel,
        show_photo: Callable[[Path, int, int], NDArray[np.uint8]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model
        self._row: int | None = None
        self._shown: PhotoRecord | None = None
        self.view = PhotoView(look, show_photo)
        self.facts = Facts(look)
        self._name = ElidedLabel("title", Qt.TextElideMode.ElideMiddle)
        self._back = self._action("back", self.tr("Back to the list"), Qt.Key.Key_Escape, self.leave)
        self._review = self._action("review", self.tr("Open in review"), Qt.Key.Key_R, self._ask_for_review)
        self._previous = self._action("previous", self.tr("Previous photo"), Qt.Key.Key_Left, lambda: self._step(-1))
        self._next = self._action("next", self.tr("Next photo"), Qt.Key.Key_Right, lambda: self._step(1))
        self._lay_out()
        model.rowsInserted.connect(self._refresh)
        model.dataChanged.connect(self._refresh)

    def open(self, row: int) -> None:
        """Shows a row, as soon as its record is there."""
        self._row = row
        self._refresh()
        self.view.setFocus()

    def leave(self) -> None:
        """Goes back to the list."""
        row, self._row = self._row, None
        self.left.emit(row or 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102
        super().resizeEvent(event)
        upright = self.height() > self.width()
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._body.setDirection(down if upright else across)
        self.facts.setMinimumSize(*((0, _PANEL_HEIGHT) if upright else (_PANEL_WIDTH, 0)))
        self.facts.setMaximumSize(*((_UNLIMITED, _PANEL_HEIGHT) if upright else (_PANEL_WIDTH, _UNLIMITED)))

    def _refresh(self) -> None:
        if self._row is None:
            return
        self._previous.setEnabled(self._row > 0)
        self._next.setEnabled(self._row + 1 < self._model.rowCount())
        record = self._model.record(self._row)
        self._review.setEnabled(record is not None)
        if record is None or record is self._shown:
            return
        if self._shown is None or self._shown.outcome.photo != record.outcome.photo:
            self.view.show_photo(record.outcome.photo)
        self._shown = record
        self._name.show_text(file_name(record))
        self.facts.show_record(record)

    def _ask_for_review(self) -> None:
        if self._shown is not None:
            self.review.emit(self._shown.photo_id)

    def _step(self, by: int) -> None:
        if self._row is not None and 0 <= self._row + by < self._model.rowCount():
            self.open(self._row + by)

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
        top.addWidget(action_button(self._review))
        top.addWidget(action_button(self._previous, icon_only=True))
        top.addWidget(action_button(self._next, icon_only=True))
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(sizes.m)
        self._body.addWidget(self.view, 1)
        self._body.addWidget(self.facts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.m)
        column.addLayout(top)
        column.addLayout(self._body, 1)
