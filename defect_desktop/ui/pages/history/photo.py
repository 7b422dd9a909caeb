"""One photo of the history large, with what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.history import wording
from defect_desktop.ui.pages.history.model import HistoryModel
from defect_desktop.ui.pages.history.paging import PAGE_ROWS
from defect_desktop.ui.record_state import state_of
from defect_desktop.ui.results_model import file_name
from defect_desktop.ui.widgets.chip import Chip
from defect_desktop.ui.widgets.fact_card import FactCard, tell
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.widgets.photo_walk import PhotoWalk
from defect_desktop.ui.widgets.probability_bars import ProbabilityBars
from defect_desktop.ui.wording import wrappable

if TYPE_CHECKING:
    from defect_desktop.workflows.show_photo import ShowPhoto


class Facts(FactCard):
    """What the program said, what people said, where and when."""

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
        told = (self._title, self._chip, self._review, self._reasons, self._bars, self._place, self._note)
        self._lay_out(look, told, self._origin)

    def show_record(self, record: PhotoRecord) -> None:
        """Shows a record."""
        verdict, remarks = record.outcome.verdict, record.remarks
        self._title.setText(wording.title(record, self._look))
        self._chip.show_state(state_of(record))
        review = wording.review_words(record, self._look)
        tell(self._review, self.tr("Review: {state}").format(state=review) if review else "")
        reasons = verdict.check_reasons if verdict else ()
        tell(self._reasons, "\n".join(self._look.say(reason.sentence) for reason in reasons))
        top = verdict.top if verdict else ()
        self._bars.show_entries([(self._look.say(record.name_of(one.label)), one.probability) for one in top])
        tell(self._place, wording.place_words(remarks.place, self._look))
        tell(self._note, self.tr("Note: {text}").format(text=remarks.note) if remarks.note else "")
        made = record.settings
        lines = (
            self.tr("Lies in: {folder}").format(folder=wrappable(record.outcome.photo.path.parent)),
            self.tr("Model: {name} {version}").format(name=made.pack_name, version=made.pack_version),
            self.tr("Classified: {time}").format(time=wording.when(record)),
        )
        self._origin.setText("\n".join(lines))


class HistoryPhoto(PhotoWalk):
    """Walks through the rows of the history; `left` brings the row that was shown last."""

    def __init__(self, look: Look, model: HistoryModel, show_photo: ShowPhoto, parent: QWidget | None = None) -> None:
        self.facts = Facts(look)
        super().__init__(look, show_photo, self.facts, parent)
        self._model = model
        self._row: int | None = None
        model.rowsInserted.connect(self._follow)
        model.dataChanged.connect(self._follow)
        model.modelReset.connect(self._find_again)

    @property
    def row(self) -> int | None:
        """The row that is shown; None while the list is."""
        return self._row

    def open(self, row: int) -> None:
        """Shows a row, as soon as its record is there."""
        self._row, self.record = row, None
        self._refresh()
        self.view.setFocus()

    def leave(self) -> None:  # noqa: D102
        row, self._row = self._row, None
        self.left.emit(row or 0)

    def _follow(self) -> None:
        """Others came or went: the photo that is shown may lie in another row now, or in the next that are read."""
        if self._row is None:
            return
        row = self._model.row_of(self.record.photo_id) if self.record else self._row
        if row is None and not self._model.complete and self._row + PAGE_ROWS >= self._model.rowCount():
            self._model.record(self._row)  # which reads on
            return
        self._row = self._row if row is None else row
        self._refresh()

    def _find_again(self) -> None:
        """The list is another: its row is the photo's that is shown, or else of what now follows there."""
        if self._row is None:
            return
        row = self._model.row_of(self.record.photo_id) if self.record else None
        self._row = min(self._row, self._model.rowCount() - 1) if row is None else row
        if self._row < 0:
            self.leave()
        else:
            self._refresh()

    def _refresh(self) -> None:
        if self._row is None:
            return
        self._show_place(self._row, self._model.rowCount())
        shown, record = self.record, self._model.record(self._row)
        self._review.setEnabled(record is not None)
        if record is None or record is shown:
            return
        if shown is None or shown.outcome.photo != record.outcome.photo:
            self.view.show_photo(record.outcome.photo)
        self.record = record
        self._show_name(file_name(record), wording.row_text(record, self._look))
        self.facts.show_record(record)

    def _step(self, by: int) -> None:
        if self._row is not None and 0 <= self._row + by < self._model.rowCount():
            self.open(self._row + by)
