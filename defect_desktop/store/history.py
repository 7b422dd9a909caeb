"""The history: every photo that was ever classified, filtered, ordered, and read a page at a time."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from defect_desktop.core.history import EVERYTHING, Cursor, DefectCounts, HistoryFilter, Order, PackUse, Page, Sort
from defect_desktop.core.place import PlacePart
from defect_desktop.core.record import PhotoRecord
from defect_desktop.core.record_page import RecordPage
from defect_desktop.core.review import Remarks
from defect_desktop.store.charts import count_defects
from defect_desktop.store.criteria import View
from defect_desktop.store.record_pages import PLAIN_RECORD, record_page
from defect_desktop.store.records import RECORD, Recorder, in_chunks
from defect_desktop.store.tables import Photo, Result, Run
from defect_desktop.store.transactions import Transactions

_KEYS: dict[Sort, InstrumentedAttribute[Any]] = {
    Sort.RECENT: Photo.result_id,
    Sort.PATH: Photo.path,
    Sort.CONFIDENCE: Photo.confidence,
    Sort.ATTENTION: Photo.attention,
}

NEWEST_FIRST = Order()


class FilteredHistory:
    """The part of the history that a filter lets through.

    Make a new one where photos may have come that the filter would let through; of a rare condition (`View`) it knows
    only those that met it when it was made. What a photo says is always as it is now.
    """

    def __init__(self, transactions: Transactions, recorder: Recorder, where: HistoryFilter) -> None:
        self._transactions = transactions
        self._recorder = recorder
        with transactions.reading() as connection:
            self._view = View(connection, where)

    def count(self) -> int:
        """How many photos there are."""
        with self._transactions.reading() as connection:
            photos: int = connection.execute(self._view.select(func.count())).scalar_one()
            return photos

    def page(self, order: Order = NEWEST_FIRST, after: Cursor | None = None, limit: int = 100) -> Page:
        """The photos that follow `after`, or the first ones."""
        with self._transactions.reading() as connection:
            rows, next_after = self._rows(connection, order, after, limit)
            return Page(self._recorder.records(connection, rows), next_after)

    def pages(self, order: Order = NEWEST_FIRST) -> Iterator[RecordPage]:
        """All photos of this moment in order, each once and as it is when its page is read; memory stays flat.

        What is classified meanwhile may move a photo to another place in the order: the places are taken down first.
        A single long transaction would do as well, but without the write-ahead log the writers would wait for it.
        """
        with self._transactions.reading() as connection:
            photos = array("q", connection.scalars(_ordered(self._view.select(Photo.id), order)))
        for chunk in in_chunks(photos):
            with self._transactions.reading() as connection:
                rows = _in_order(connection, PLAIN_RECORD, chunk)
                page = record_page(self._recorder, connection, rows) if rows else None
            if page is not None:
                yield page

    def _rows(
        self, connection: Connection, order: Order, after: Cursor | None, limit: int
    ) -> tuple[list[Row[Any]], Cursor | None]:
        """The photos that follow, `Photo.id` the first column, and where the next ones begin."""
        key = _KEYS[order.by]
        statement = _ordered(self._view.select(Photo.id, key.label("key")), order)
        if after is not None:
            statement = statement.where(_beyond(order, after))
        places = connection.execute(statement.limit(limit)).all()
        rows = _in_order(connection, RECORD, [place.id for place in places])
        return rows, Cursor(places[-1].key, places[-1].id) if len(places) == limit else None

    def defects(self, *parts: PlacePart, most: int = 500) -> DefectCounts:
        """How many defects of each class there are, in those of the places that differ in `parts` that have `most`."""
        with self._transactions.reading() as connection:
            return count_defects(connection, self._view, [part.value for part in parts], most)


class History:
    """Everything ever classified: a photo once, with its latest result."""

    def __init__(self, transactions: Transactions, recorder: Recorder) -> None:
        self._transactions = transactions
        self._recorder = recorder

    def where(self, where: HistoryFilter = EVERYTHING) -> FilteredHistory:
        """The part that a filter lets through."""
        return FilteredHistory(self._transactions, self._recorder, where)

    def record(self, photo_id: int) -> PhotoRecord:
        """One photo as it is now. Raises LookupError where it is not in the history."""
        with self._transactions.reading() as connection:
            rows = _in_order(connection, RECORD, [photo_id])
            if not rows:
                raise LookupError(f"no photo {photo_id}")
            return self._recorder.records(connection, rows)[0]

    def remarks(self, photos: Iterable[PhotoRecord]) -> dict[int, Remarks]:
        """What people say now, by number, of those of the photos that are in the history and no others by now."""
        former = {record.photo_id: record for record in photos}
        remarks: dict[int, Remarks] = {}
        for chunk in in_chunks(list(former)):
            with self._transactions.reading() as connection:
                records = self._recorder.records(connection, _in_order(connection, RECORD, chunk))
            same = (record for record in records if record.is_same_photo(former[record.photo_id]))
            remarks.update((record.photo_id, record.remarks) for record in same)
        return remarks

    def packs(self) -> list[PackUse]:
        """The model packs that made results, the one used last first."""
        facts = (Run.pack_name, Run.pack_version, Run.fingerprint)
        statement = select(*facts).group_by(*facts).order_by(func.max(Run.id).desc())
        with self._transactions.reading() as connection:
            return [PackUse(*row) for row in connection.execute(statement)]


def _in_order(connection: Connection, columns: Iterable[Any], photos: Sequence[int]) -> list[Row[Any]]:
    """These columns, `Photo.id` the first, of those of the photos that are in the history."""
    records = select(*columns).join_from(Photo, Result, Result.id == Photo.result_id)
    rows = {row.id: row for row in connection.execute(records.where(Photo.id.in_(photos)))}
    return [rows[photo] for photo in photos if photo in rows]


def _ordered(statement: Select[Any], order: Order) -> Select[Any]:
    keys = [_KEYS[order.by], Photo.id]
    return statement.order_by(*(key.desc() if order.descending else key for key in keys))


def _beyond(order: Order, after: Cursor) -> ColumnElement[bool]:
    place, last = tuple_(_KEYS[order.by], Photo.id), (after.key, after.photo_id)
    return place < last if order.descending else place > last
