"""The table of results: rows of one height, lazily painted, for finger and keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QScroller, QTableView, QWidget

from defect_desktop.ui.look import Look
from defect_desktop.ui.record_state import State
from defect_desktop.ui.results_model import Column, ResultsModel
from defect_desktop.ui.thumbnails import Thumbnails
from defect_desktop.ui.widgets.chip import chip_font, chip_width
from defect_desktop.ui.widgets.column_header import ColumnHeader
from defect_desktop.ui.widgets.result_delegate import ROW_HEIGHT, THUMBNAIL, ResultDelegate
from defect_desktop.ui.wording import state_word

if TYPE_CHECKING:
    from defect_desktop.workflows.show_photo import ShowPhoto

_WIDTHS = {Column.LABEL: 144, Column.CONFIDENCE: 104, Column.AGREEMENT: 92}
_NEEDS_ROOM = {Column.AGREEMENT: 800, Column.CONFIDENCE: 560}
"""Columns that a narrow table leaves out, and how wide it must be to have them, for text of the usual size."""
_NAME = 140
"""The room for a photo's name, which tells it from the others."""
_OPEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ResultsTable(QTableView):
    """`opened` brings the row that the user wants to see large."""

    opened = Signal(int)

    def __init__(self, look: Look, model: ResultsModel, show_photo: ShowPhoto, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._thumbnails = Thumbnails(show_photo, THUMBNAIL, self.devicePixelRatioF(), self)
        self.setAccessibleName(self.tr("Results"))
        self.setHorizontalHeader(ColumnHeader(look, self))
        self.setModel(model)
        self.setItemDelegate(ResultDelegate(look, model, self._thumbnails, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._set_up_rows()
        self._set_up_columns(model)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self._thumbnails.changed.connect(self._repaint_photos)
        model.renewed.connect(self._thumbnails.try_again)

    def close_loader(self) -> None:
        """Stops decoding."""
        self._thumbnails.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102
        if event.key() in _OPEN_KEYS and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102
        for column, room in _NEEDS_ROOM.items():
            self.setColumnHidden(column, self.viewport().width() < self._look.theme.sizes.grown(room))
        super().resizeEvent(event)
        self._share_room()

    def select(self, row: int) -> None:
        """Makes a row the current one and brings it into view."""
        index = self.model().index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _set_up_rows(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self._look.theme.sizes.grown(ROW_HEIGHT))

    def _set_up_columns(self, model: ResultsModel) -> None:
        columns = self.horizontalHeader()
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in _WIDTHS.items():
            columns.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            columns.resizeSection(column, self._look.theme.sizes.grown(width))
        columns.setSectionResizeMode(Column.PHOTO, QHeaderView.ResizeMode.Stretch)
        columns.setSectionResizeMode(Column.VERDICT, QHeaderView.ResizeMode.Fixed)
        # In the order of arrival first; a third click on a header returns to it.
        columns.setSortIndicatorClearable(True)
        columns.setSortIndicator(*model.order)
        self.setSortingEnabled(True)

    def _share_room(self) -> None:
        """Photo and verdict share what the other columns leave; of little, the verdict gets what its word needs."""
        sizes = self._look.theme.sizes
        bold = chip_font(self.font())
        word = max(chip_width(state_word(state), bold) for state in State) + 2 * sizes.m
        left = self.viewport().width() - sum(self.columnWidth(column) for column in _WIDTHS)
        photo = THUMBNAIL.width() + 3 * sizes.m + sizes.grown(_NAME)
        verdict = min(left // 2, max(word, left - photo))
        self.horizontalHeader().resizeSection(Column.VERDICT, verdict)

    def _repaint_photos(self) -> None:
        left = self.columnViewportPosition(Column.PHOTO)
        self.viewport().update(QRect(left, 0, self.columnWidth(Column.PHOTO), self.viewport().height()))
