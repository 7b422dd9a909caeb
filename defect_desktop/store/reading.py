"""The queries on runs. Long ones read in pages, each a short transaction: memory stays flat, and no writer waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, SQLColumnExpression, func, select, tuple_

from defect_desktop.core.record import PhotoFile, PhotoRecord
from defect_desktop.core.record_page import RecordPage
from defect_desktop.store.faults import NO_LONGER_LISTED, store_error
from defect_desktop.store.path_text import unescape
from defect_desktop.store.record_pages import PLAIN_RECORD, STORED_PATH, record_page
from defect_desktop.store.records import RECORD, Reading, Recorder, in_chunks, in_pages
from defect_desktop.store.tables import Photo, Result, Run, RunItem


def latest_run(connection: Connection) -> int | None:
    """The run that was begun last, of those that have a result."""
    return connection.execute(select(func.max(RunItem.run_id))).scalar()


def first_begin(connection: Connection) -> datetime | None:
    """When the first run began."""
    return connection.scalars(select(Run.started_at).order_by(Run.id).limit(1)).first()


def done_results(
    connection: Connection, fingerprint: str, photos: Sequence[PhotoFile], members: int
) -> dict[PhotoFile, int]:
    """The latest verdict of at least so many members with `fingerprint` on each of `photos` that looks as it did."""
    listed = {photo.path: photo for photo in photos if photo.mtime_ns is not None}
    # A subquery, not a join: a database may begin a join at the runs, and read all their results for every page.
    latest = (
        select(func.max(Result.id))
        .join(Run, Run.id == Result.run_id)
        .where(Result.photo_id == Photo.id, Result.problem.is_(None), Run.fingerprint == fingerprint)
        .where(Result.asked.is_(None) | (Result.asked >= members))
        .scalar_subquery()
        .label("result_id")
    )
    statement = select(Photo.path, Photo.size, Photo.mtime_ns, latest).order_by(latest)
    done: dict[PhotoFile, int] = {}
    for chunk in in_chunks(list(listed)):
        for row in connection.execute(statement.where(Photo.path.in_(chunk))):
            photo = listed[row.path]
            if row.result_id is not None and (photo.size, photo.mtime_ns) == (row.size, row.mtime_ns):
                done[photo] = row.result_id
    return done


def results_of_run(connection: Connection, run_id: int, result_ids: Sequence[int]) -> set[int]:
    """Those of the results that are in a run's report already."""
    placed = select(RunItem.result_id).where(RunItem.run_id == run_id)
    chunks = (placed.where(RunItem.result_id.in_(chunk)) for chunk in in_chunks(result_ids))
    return {result for chunk in chunks for result in connection.scalars(chunk)}


def records_of(connection: Connection, recorder: Recorder, result_ids: Sequence[int]) -> list[PhotoRecord]:
    """The records of some results, in their order."""
    statement = select(*RECORD, Result.id.label("result_id")).join(Result, Result.photo_id == Photo.id)
    rows = {row.result_id: row for row in connection.execute(statement.where(Result.id.in_(result_ids)))}
    return recorder.records(connection, [rows[result_id] for result_id in result_ids])


def run_records(reading: Reading, recorder: Recorder, run_id: int, begin: int) -> Iterator[PhotoRecord]:
    """The records of a run's report from the position `begin` on, in its order."""
    return chain.from_iterable(in_pages(reading, *_of_run(run_id, RECORD, begin), recorder.lazily))


def run_pages(reading: Reading, recorder: Recorder, run_id: int) -> Iterator[RecordPage]:
    """The same in pages."""
    return in_pages(reading, *_of_run(run_id, PLAIN_RECORD), partial(record_page, recorder))


def pages_of(
    reading: Reading, recorder: Recorder, records: Iterable[PhotoRecord], database: Path
) -> Iterator[RecordPage]:
    """The results that these records show, each once, in their order, in pages."""
    statement = select(*PLAIN_RECORD).join_from(Photo, Result, Result.photo_id == Photo.id)
    shown = {(record.run_id, record.photo_id): str(record.outcome.photo.path) for record in records}
    for chunk in in_chunks(list(shown)):
        with reading() as connection:
            photos = [photo_id for _, photo_id in chunk]  # not the pairs: for those SQLite would read every result
            found = connection.execute(statement.where(Result.photo_id.in_(photos)))
            rows = {(row.run_id, row.id): row for row in found}
            if any(result not in rows or unescape(rows[result].path) != shown[result] for result in chunk):
                raise store_error(NO_LONGER_LISTED, database)
            page = record_page(recorder, connection, [rows[result] for result in chunk])
        yield page


def latest_records(reading: Reading, recorder: Recorder) -> Iterator[PhotoRecord]:
    """The latest record of every photo, by path."""
    return chain.from_iterable(in_pages(reading, *_latest(RECORD, Photo.path), recorder.lazily))


def latest_pages(reading: Reading, recorder: Recorder) -> Iterator[RecordPage]:
    """The same in pages."""
    return in_pages(reading, *_latest(PLAIN_RECORD, STORED_PATH), partial(record_page, recorder))


_Listing = tuple[Select[Any], Callable[[Row[Any]], ColumnElement[bool]]]
"""A query in its order, and the condition of what follows one of its rows."""


def _of_run(run_id: int, columns: Iterable[Any], begin: int = 0) -> _Listing:
    statement = (
        select(*columns, RunItem.position)
        .join_from(RunItem, Result, Result.id == RunItem.result_id)
        .join(Photo, Photo.id == Result.photo_id)
        .where(RunItem.run_id == run_id, RunItem.position >= begin)
        .order_by(RunItem.position)
    )
    return statement, lambda last: RunItem.position > last.position


def _latest(columns: Iterable[Any], path: SQLColumnExpression[Any]) -> _Listing:
    place = (path, Photo.content_hash)
    statement = select(*columns).join_from(Photo, Result, Result.id == Photo.result_id).order_by(*place)
    return statement, lambda last: tuple_(*place) > (last.path, last.content_hash)
