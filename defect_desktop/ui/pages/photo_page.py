"""One photo of the results table large, with its verdict, and the way to the next in the table's order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.look import Look
from defect_desktop.ui.results_model import ResultsModel, file_name
from defect_desktop.ui.widgets.photo_walk import PhotoWalk
from defect_desktop.ui.widgets.verdict_panel import VerdictPanel

if TYPE_CHECKING:
    from defect_desktop.workflows.show_photo import ShowPhoto


class PhotoPage(PhotoWalk):
    """Walks through the rows of the table; `left` brings the record that was shown last."""

    def __init__(self, look: Look, model: ResultsModel, show_photo: ShowPhoto, parent: QWidget | None = None) -> None:
        self.panel = VerdictPanel(look, model)
        super().__init__(look, show_photo, self.panel, parent)
        self.setObjectName("page")
        self._model = model
        self._last_row = 0
        model.rowsInserted.connect(self._refresh)
        model.renewed.connect(self._renew)

    def open(self, record: PhotoRecord) -> None:
        """Shows a record."""
        self.record = record
        self.view.show_photo(record.outcome.photo)
        self._tell()
        self._refresh()
        self.view.setFocus()

    def leave(self) -> None:  # noqa: D102
        record, self.record = self.record, None
        self.left.emit(record)

    def _step(self, by: int) -> None:
        row = self._row()
        if row is None and by > 0:  # the table shows it no more: what followed it is in its row
            by -= 1
        row = (self._last_row if row is None else row) + by
        if 0 <= row < len(self._model.listing):
            self.open(self._model.record(row))

    def _row(self) -> int | None:
        return self._model.listing.row_of(self.record) if self.record else None

    def _refresh(self) -> None:
        row = self._row()
        if row is not None:
            self._last_row = row
            self._show_place(row, len(self._model.listing))

    def _renew(self) -> None:
        """What people say of the photo may be something else, or what came of it: it failed before, perhaps unread."""
        if self.record is not None:
            former, self.record = self.record, self._model.listing.present(self.record)
            if self.record.outcome is not former.outcome:
                self.view.show_photo(self.record.outcome.photo)
            self._tell()
            self._refresh()

    def _tell(self) -> None:
        assert self.record is not None
        name = file_name(self.record)
        self._show_name(name, f"{name}, {self._model.spoken(self.record)}")
        self.panel.show_record(self.record)
