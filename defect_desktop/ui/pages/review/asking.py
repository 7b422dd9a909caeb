"""What the review asks a person, one sheet at a time, and what becomes of the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.review import steps
from defect_desktop.ui.pages.review.reviewer import Reviewer
from defect_desktop.ui.pages.review.sheets import AnyDefectSheet, NoteSheet, SureSheet
from defect_desktop.ui.places.place_picker import PlacePicker
from defect_desktop.ui.places.services import PlaceServices
from defect_desktop.ui.widgets.sheet import Sheet


class Asking(QObject):
    """`answered` says that the sheet is gone, whatever the answer was; `sheet` is the one that is open."""

    answered = Signal()

    def __init__(self, look: Look, reviewer: Reviewer, places: PlaceServices, page: QWidget) -> None:
        super().__init__(page)
        self._look = look
        self._reviewer = reviewer
        self._places = places
        self._page = page
        self.sheet: Sheet | None = None

    def note(self, record: PhotoRecord) -> None:
        """Asks for the photo's note, and keeps it."""
        sheet = NoteSheet(self._look, record.remarks.note, self._page)
        sheet.written.connect(lambda text: self._reviewer.do(steps.note(record, text)))
        self._open(sheet)

    def defect(self, record: PhotoRecord, named: Sequence[str], then: Callable[[str], None]) -> None:
        """Asks for any of the defects that the photo's pack knows."""
        sheet = AnyDefectSheet(self._look, record, named, self._page)
        sheet.chosen.connect(then)
        self._open(sheet)

    def place(self, record: PhotoRecord, photos: Sequence[PhotoRecord]) -> None:
        """Asks where photos were taken, beginning with what is known of one of them, and moves them there."""
        title = self.tr("Where were %n photo(s) taken?", "", len(photos))
        sheet = PlacePicker(self._look, self._places, self._reviewer.desk, record.remarks.place, title, self._page)
        sheet.picked.connect(lambda place: self._reviewer.do(steps.move(photos, place)))
        sheet.begin()
        self._open(sheet)

    def confidence(self) -> None:
        """Asks how sure is sure enough, and accepts what is."""
        sheet = SureSheet(self._look, self._reviewer.count_sure, self._page)
        sheet.confirmed.connect(self._reviewer.accept_sure)
        self._open(sheet)

    def _open(self, sheet: Sheet) -> None:
        self.sheet = sheet
        sheet.finished.connect(self._forget)
        sheet.open()

    def _forget(self) -> None:
        self.sheet = None
        self.answered.emit()
