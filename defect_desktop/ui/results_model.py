"""The results table as Qt's views want it: a thin adapter over a `Listing`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from defect_desktop.core.printable import printable
from defect_desktop.ui.listing import Filter, Listing, SortKey, natural
from defect_desktop.ui.look import Look
from defect_desktop.ui.record_state import label_of, state_of
from defect_desktop.ui.wording import percent, state_word, tooltip

if TYPE_CHECKING:
    from defect_desktop.core.record import PhotoRecord
    from defect_desktop.core.review import Remarks
    from defect_desktop.language import Bilingual

Index = QModelIndex | QPersistentModelIndex

NO_INDEX = QModelIndex()

_UNKNOWN = -1.0
"""Sorted below every number from 0 to 1."""


class Column(IntEnum):
    """The columns of the table."""

    PHOTO = 0
    LABEL = 1
    CONFIDENCE = 2
    AGREEMENT = 3
    VERDICT = 4


class ResultsModel(QAbstractTableModel):
    """Every cell has its text, for screen readers too; how it looks is the delegate's business.

    `added` says that records came in, shown or not. `renewed` follows the reset by which records that were listed
    already changed, or changed places.
    """

    added = Signal()
    renewed = Signal()

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.listing = Listing()
        self._names: dict[str, Bilingual] = {}
        self.order: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)
        """The column that the rows are sorted by, none at first, and which way."""

    def wear(self, look: Look) -> None:
        """From now on texts come in this look's language; views must be made anew."""
        self._look = look

    def record(self, row: int) -> PhotoRecord:
        """The record that a row shows."""
        return self.listing.at(row)

    def clear(self) -> None:
        """Forgets all records."""
        self.beginResetModel()
        self.listing.clear()
        self._names.clear()
        self.endResetModel()

    def add(self, records: Sequence[PhotoRecord]) -> None:
        """Takes in records; they appear where the order of the table puts them, or replace a failure of their photo."""
        newest = {record.photo_id: place for place, record in enumerate(records)}
        records = [one for place, one in enumerate(records) if not one.outcome.problem or place == newest[one.photo_id]]
        for settings in {id(one.settings): one.settings for one in records}.values():
            self._names = {**settings.class_names, **self._names}
        again = {record.photo_id: record for record in records if self.listing.has_failed(record)}
        if again:
            self.beginResetModel()
            self.listing.try_again(again.values())
            self.endResetModel()
            self.renewed.emit()
        for row, numbers in self.listing.take([record for record in records if record.photo_id not in again]):
            self.beginInsertRows(NO_INDEX, row, row + len(numbers) - 1)
            self.listing.insert(row, numbers)
            self.endInsertRows()
        self.added.emit()

    def renew(self, remarks: Mapping[int, Remarks]) -> None:
        """Takes in what people say of photos now, by `photo_id`; rows go where that puts them."""
        self.beginResetModel()
        self.listing.renew(remarks)
        self.endResetModel()
        self.renewed.emit()

    def show_only(self, wanted: Filter) -> None:
        """Changes the filter."""
        self.beginResetModel()
        self.listing.show_only(wanted)
        self.endResetModel()

    def name_of_label(self, label: str) -> str:
        """The name of a class in the window's language, as the records know it: they may be of several packs."""
        return self._look.say(self._names[label]) if label in self._names else label

    def label_text(self, record: PhotoRecord) -> str:
        """The name of the record's label; where there is none, what a person said instead, or a dash."""
        label, review = label_of(record), record.remarks.review
        if label is not None:
            return self._look.say(record.name_of(label))
        return self._look.say(review.state.words) if review.given else "–"

    def verdict_texts(self, record: PhotoRecord) -> tuple[str, str]:
        """The state in a word or two, and what there is to say about it, as briefly as a row needs it."""
        return state_word(state_of(record)), " · ".join(self.reasons(record, brief=True))

    def spoken(self, record: PhotoRecord) -> str:
        """What a screen reader says of a photo beside its name."""
        return f"{self.label_text(record)}, {state_word(state_of(record))}"

    def reasons(self, record: PhotoRecord, *, brief: bool = False) -> list[str]:
        """Why the photo should be taken again, and why a person must look at it; or why it failed."""
        outcome = record.outcome
        if outcome.problem:
            return [self._look.say(outcome.problem.sentence)]
        retakes = [finding.brief if brief else finding.sentence for finding in outcome.quality]
        checks = [reason.sentence for reason in outcome.verdict.check_reasons] if outcome.verdict else []
        return [self._look.say(sentence) for sentence in (*retakes, *checks)]

    # What follows is Qt's interface, with Qt's names.

    def rowCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802, D102
        return 0 if parent.isValid() else len(self.listing)

    def columnCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802, D102
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: N802, D102
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = {
            Column.PHOTO: self.tr("Photo"),
            Column.LABEL: self.tr("Defect"),
            Column.CONFIDENCE: self.tr("Confidence"),
            Column.AGREEMENT: self.tr("Agreement"),
            Column.VERDICT: self.tr("Verdict"),
        }
        return titles[Column(section)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:  # noqa: D102
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) or not index.isValid():
            return None
        record, column = self.record(index.row()), Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(record, column)
        if column is Column.PHOTO:
            return tooltip(printable(record.outcome.photo.path))
        return tooltip(self._text(record, column)) if column is Column.VERDICT else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:  # noqa: D102
        self.beginResetModel()
        key = self._sort_key(Column(column)) if column in set(Column) else None
        self.listing.order_by(key, descending=order is Qt.SortOrder.DescendingOrder)
        self.order = (column, order)
        self.endResetModel()
        self.renewed.emit()

    def _text(self, record: PhotoRecord, column: Column) -> str:
        verdict = record.outcome.verdict
        match column:
            case Column.PHOTO:
                return file_name(record)
            case Column.LABEL:
                return self.label_text(record)
            case Column.CONFIDENCE:
                return percent(verdict.confidence) if verdict else "–"
            case Column.AGREEMENT:
                return agreement_text(record)
            case Column.VERDICT:
                return ": ".join(filter(None, (state_word(state_of(record)), " · ".join(self.reasons(record)))))

    def _sort_key(self, column: Column) -> SortKey:
        keys: dict[Column, SortKey] = {
            Column.PHOTO: lambda record: natural(file_name(record)),
            Column.LABEL: lambda record: (label_of(record) is None, self.label_text(record)),
            Column.CONFIDENCE: lambda record: verdict.confidence if (verdict := record.outcome.verdict) else _UNKNOWN,
            Column.AGREEMENT: lambda record: _UNKNOWN if (agreed := agreement(record)) is None else agreed,
            Column.VERDICT: lambda record: state_of(record).rank,
        }
        return keys[column]


def agreement(record: PhotoRecord) -> float | None:
    """How far the models agree; None where one was asked alone, or none."""
    verdict = record.outcome.verdict
    return verdict.agreement if verdict and verdict.asked != 1 else None


def agreement_text(record: PhotoRecord) -> str:
    """The same as it is shown: a dash where there is none."""
    agreed = agreement(record)
    return "–" if agreed is None else percent(agreed, 0)


def folder_name(record: PhotoRecord) -> str:
    """The name of the folder that the photo lies in, as it can be shown."""
    return printable(PurePath(record.outcome.photo.path.parent.name))


def file_name(record: PhotoRecord) -> str:
    """The photo's file name as it can be shown."""
    return printable(PurePath(record.outcome.photo.path.name))
