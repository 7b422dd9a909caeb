"""Paints the cells of the results table.

A cell takes its record straight from the model: Qt's own way would ask the model for a dozen roles a cell, each of them
a call from Qt into Python, and a table that is scrolled paints hundreds of cells.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.look import Look
from defect_desktop.ui.record_state import state_of
from defect_desktop.ui.results_model import Column, ResultsModel, agreement_text, file_name, folder_name
from defect_desktop.ui.thumbnails import Thumbnails
from defect_desktop.ui.widgets.chip import HEIGHT as CHIP_HEIGHT
from defect_desktop.ui.widgets.chip import chip_font, chip_width, paint_chip
from defect_desktop.ui.widgets.row_painting import LEFT, paint_ground, paint_line, paint_thumbnail
from defect_desktop.ui.wording import in_two_lines, percent

THUMBNAIL = QSize(76, 57)
ROW_HEIGHT = THUMBNAIL.height() + 10

_BAR_HEIGHT = 4


class ResultDelegate(QStyledItemDelegate):
    """Knows its model: the records come straight from it."""

    def __init__(self, look: Look, model: ResultsModel, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model
        self._thumbnails = thumbnails
        sizes = look.theme.sizes
        self._pad = sizes.m
        self._body = QFont(parent.font())
        self._body.setPixelSize(sizes.body)
        self._small = QFont(parent.font())
        self._small.setPixelSize(sizes.small)
        self._bold = chip_font(self._body)
        self._painters = {
            Column.PHOTO: self._paint_photo,
            Column.LABEL: self._paint_label,
            Column.CONFIDENCE: self._paint_confidence,
            Column.AGREEMENT: self._paint_agreement,
            Column.VERDICT: self._paint_verdict,
        }

    def paint(  # noqa: D102
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        column = Column(index.column())
        record = self._model.record(index.row())
        painter.save()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        paint_ground(painter, place, self._look, selected=selected, marked=column == 0)
        inner = place.adjusted(self._pad, 0, -self._pad, -1)
        self._painters[column](painter, inner, record)
        painter.restore()

    def _paint_photo(self, painter: QPainter, place: QRect, record: PhotoRecord) -> None:
        frame = QRect(place.left(), place.center().y() - THUMBNAIL.height() // 2, *THUMBNAIL.toTuple())
        paint_thumbnail(painter, frame, self._look, self._thumbnails.get(record.outcome.photo))
        words = place.adjusted(THUMBNAIL.width() + self._pad, 0, 0, 0)
        edge = self._look.theme.sizes.grown(12)
        upper = words.adjusted(0, edge, 0, -words.height() // 2)
        lower = words.adjusted(0, words.height() // 2, 0, -edge)
        self._text(painter, upper, file_name(record), self._body, "text", Qt.TextElideMode.ElideMiddle)
        self._text(painter, lower, folder_name(record), self._small, "text_muted", Qt.TextElideMode.ElideMiddle)

    def _paint_label(self, painter: QPainter, place: QRect, record: PhotoRecord) -> None:
        painter.setFont(self._bold)
        painter.setPen(self._look.theme.colour("text"))
        painter.drawText(place, LEFT | Qt.TextFlag.TextWordWrap, self._model.label_text(record))

    def _paint_confidence(self, painter: QPainter, place: QRect, record: PhotoRecord) -> None:
        verdict = record.outcome.verdict
        if verdict is None:
            self._text(painter, place, "–", self._body, "text_muted")
            return
        self._text(painter, place.adjusted(0, -_BAR_HEIGHT * 2, 0, 0), percent(verdict.confidence), self._body, "text")
        below = place.center().y() + self._look.theme.sizes.grown(12)
        bar = QRect(place.left(), below, place.width(), _BAR_HEIGHT)
        painter.fillRect(bar, self._look.theme.colour("surface_raised"))
        bar.setWidth(round(bar.width() * verdict.confidence))
        painter.fillRect(bar, self._look.theme.colour("accent"))

    def _paint_agreement(self, painter: QPainter, place: QRect, record: PhotoRecord) -> None:
        text = agreement_text(record)
        self._text(painter, place, text, self._body, "text_muted" if text == "–" else "text")

    def _paint_verdict(self, painter: QPainter, place: QRect, record: PhotoRecord) -> None:
        word, reasons = self._model.verdict_texts(record)
        width = min(chip_width(word, self._bold), place.width())
        metrics = QFontMetrics(self._small)
        lines = in_two_lines(reasons, lambda text: metrics.horizontalAdvance(text) < place.width())
        top = place.center().y() - (CHIP_HEIGHT + metrics.height() * len(lines)) // 2
        painter.setFont(self._bold)
        paint_chip(painter, QRect(place.left(), top, width, CHIP_HEIGHT), self._look, state_of(record), word)
        for number, line in enumerate(lines):
            below = top + CHIP_HEIGHT + 1 + number * metrics.height()
            self._text(
                painter,
                QRect(place.left() + 2, below, place.width() - 2, metrics.height()),
                line,
                self._small,
                "text_muted",
            )

    def _text(
        self,
        painter: QPainter,
        place: QRect,
        text: str,
        font: QFont,
        role: str,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        paint_line(painter, place, self._look, text, font, role, elide=elide)
