"""The results of a run: the filter and the table."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QStackedLayout, QVBoxLayout, QWidget

from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.listing import Filter
from defect_desktop.ui.look import Look
from defect_desktop.ui.results_model import ResultsModel
from defect_desktop.ui.widgets.filter_bar import FilterBar
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.widgets.results_table import ResultsTable


class ResultsPage(QWidget):
    """`opened` brings the record that the user wants to see large."""

    opened = Signal(object)

    def __init__(self, look: Look, model: ResultsModel, table: ResultsTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._model = model
        self.filter_bar = FilterBar(look, model)
        self.table = table
        self.why_nothing = label(role="title")
        self._show_all = QPushButton(self.tr("Show all photos"))
        self._show_all.clicked.connect(self.filter_bar.reset)
        self._nothing = self._make_nothing(look)
        sizes = look.theme.sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.m)
        column.addWidget(self.filter_bar)
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)  # before its widgets, which it else shows in windows of their own
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing)
        self.setTabOrder(table.horizontalHeader(), table)

        self.filter_bar.changed.connect(self._apply)
        self.table.opened.connect(lambda row: self.opened.emit(model.record(row)))
        self._current: PhotoRecord | None = None
        model.modelAboutToBeReset.connect(self._note_current)
        model.renewed.connect(self._select_again)
        model.added.connect(self._refresh)
        model.modelReset.connect(self._refresh)
        self._refresh()

    @property
    def current(self) -> PhotoRecord | None:
        """The record of the current row."""
        index = self.table.currentIndex()
        return self._model.record(index.row()) if index.isValid() else None

    def select(self, record: PhotoRecord) -> None:
        """Makes the record's row the current one, where it is shown."""
        row = self._model.listing.row_of(record)
        if row is not None:
            self.table.select(row)
        self.table.setFocus()

    def _apply(self, wanted: Filter) -> None:
        self._model.show_only(wanted)
        self._select_again()

    def _note_current(self) -> None:
        self._current = self.current

    def _select_again(self) -> None:
        listing = self._model.listing
        row = listing.row_of(listing.present(self._current)) if self._current else None
        if row is not None:
            self.table.select(row)

    def _refresh(self) -> None:
        self.filter_bar.refresh()
        hidden_all = bool(self._model.listing.records)
        none_matches, none_yet = self.tr("No photo matches this choice."), self.tr("Photos appear here one by one.")
        self.why_nothing.setText(none_matches if hidden_all else none_yet)
        self._show_all.setVisible(hidden_all)
        self._stack.setCurrentWidget(self.table if len(self._model.listing) else self._nothing)

    def _make_nothing(self, look: Look) -> QWidget:
        page = QWidget()
        page.setObjectName("card")
        column = QVBoxLayout(page)
        column.setSpacing(look.theme.sizes.l)
        column.addStretch()
        column.addWidget(self.why_nothing, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._show_all, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        return page
