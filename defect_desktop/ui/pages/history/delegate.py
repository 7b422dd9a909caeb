"""Paints the rows of the history: the photo, what it shows, where it was taken, and what became of it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.history import wording
from defect_desktop.ui.pages.history.model import HistoryModel
from defect_desktop.ui.record_state import state_of
from defect_desktop.ui.results_model import file_name
from defect_desktop.ui.thumbnails import Thumbnails
from defect_desktop.ui.widgets.chip import HEIGHT as CHIP_HEIGHT
from defect_desktop.ui.widgets.chip import chip_font, chip_width, paint_chip
from defect_desktop.ui.widgets.row_painting import LEFT, RIGHT, paint_ground, paint_line, paint_thumbnail
from defect_desktop.ui.wording import state_word

THUMBNAIL = QSize(88, 66)

_ROUNDING = 4
"""Widths of text are rounded, and what is a fraction too wide would end in dots."""


class HistoryDelegate(QStyledItemDelegate):
    """Takes the records straight from the model."""

    def __init__(self, look: Look, model: HistoryModel, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model
        self._thumbnails = thumbnails
        sizes = look.theme.sizes
        self._body, self._small = QFont(parent.font()), QFont(parent.font())
        self._body.setPixelSize(sizes.body)
        self._small.setPixelSize(sizes.small)
        self._bold = chip_font(self._body)
        self._line = QFontMetrics(self._bold).height() + sizes.xs
        self._small_line = QFontMetrics(self._small).height() + sizes.xs

    @property
    def row_height(self) -> int:
        """What three lines of text and the photo need."""
        return max(THUMBNAIL.height(), self._line + 2 * self._small_line) + 2 * self._look.theme.sizes.m

    def paint(  # noqa: D102
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        paint_ground(painter, place, self._look, selected=bool(state & QStyle.StateFlag.State_Selected))
        record = self._model.record(index.row())
        pad = self._look.theme.sizes.m
        inner = place.adjusted(pad, pad, -pad, -pad)
        self._paint_photo(painter, inner, record)
        if record is not None:
            words = inner.adjusted(THUMBNAIL.width() + pad, 0, 0, 0)
            self._paint_words(painter, words, record, self._paint_verdict(painter, words, record) + pad)
        painter.restore()

    def _paint_photo(self, painter: QPainter, place: QRect, record: PhotoRecord | None) -> None:
        frame = QRect(place.left(), place.center().y() - THUMBNAIL.height() // 2, *THUMBNAIL.toTuple())
        paint_thumbnail(painter, frame, self._look, self._thumbnails.get(record.outcome.photo) if record else None)

    def _paint_verdict(self, painter: QPainter, place: QRect, record: PhotoRecord) -> int:
        """The chip, what a person made of it, and the time, at the right; how wide they are."""
        word, review, when = (
            state_word(state_of(record)),
            wording.review_words(record, self._look),
            wording.when(record),
        )
        small = QFontMetrics(self._small)
        chip = chip_width(word, self._bold)
        width = max(chip, *(small.horizontalAdvance(text) + _ROUNDING for text in (review, when)))
        painter.setFont(self._bold)
        corner = QRect(place.right() - chip, place.top(), chip, CHIP_HEIGHT)
        paint_chip(painter, corner, self._look, state_of(record), word)
        below = QRect(place.right() - width, corner.bottom() + 1, width, self._small_line)
        self._text(painter, below, review, self._small, "text", RIGHT)
        if review:
            below.translate(0, self._small_line)
        self._text(painter, below, when, self._small, "text_muted", RIGHT)
        return width

    def _paint_words(self, painter: QPainter, place: QRect, record: PhotoRecord, taken: int) -> None:
        line = QRect(place.left(), place.top(), place.width() - taken, self._line)
        title, sure = wording.title(record, self._look), wording.confidence(record)
        metrics = QFontMetrics(self._bold)
        number = QFontMetrics(self._body).horizontalAdvance(sure)
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, line.width() - number - self._look.theme.sizes.s)
        self._text(painter, line, shown, self._bold, "text")
        after = line.adjusted(metrics.horizontalAdvance(shown) + self._look.theme.sizes.s, 0, 0, 0)
        self._text(painter, after, sure, self._body, "text_muted")
        below = QRect(line.left(), line.bottom() + 1, line.width(), self._small_line)
        self._text(painter, below, wording.where(record, self._look), self._small, "text")
        below.translate(0, self._small_line)
        name = QFontMetrics(self._small).elidedText(file_name(record), Qt.TextElideMode.ElideMiddle, below.width())
        self._text(painter, below, name, self._small, "text_muted")

    def _text(
        self, painter: QPainter, place: QRect, text: str, font: QFont, role: str, alignment: Qt.AlignmentFlag = LEFT
    ) -> None:
        paint_line(painter, place, self._look, text, font, role, alignment=alignment)
