"""From rows to records: one query's shape for every list of photos, whatever it is filtered and ordered by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from defect_desktop.core.decision import CheckReason, Ranked, Verdict
from defect_desktop.core.place import NOWHERE, Place
from defect_desktop.core.quality import QualityFinding
from defect_desktop.core.record import Outcome, PhotoFile, PhotoRecord, RunSettings
from defect_desktop.core.review import NO_REMARKS, UNREVIEWED, Remarks, Review, ReviewState, Shot
from defect_desktop.errors import PhotoProblem, StoreError
from defect_desktop.language import Bilingual
from defect_desktop.store.tables import Photo, PhotoLabel, PlaceRow, Result, Run

PAGE = 1000
"""Rows a query reads, or paths it asks for, at a time."""

_Made = TypeVar("_Made")
_Item = TypeVar("_Item")

Reading = Callable[[], AbstractContextManager[Connection]]
"""Opens a transaction that reads."""

RECORD = (
    Photo.id, Photo.path, Photo.content_hash, Photo.size, Photo.mtime_ns, Photo.quality,
    Photo.review, Photo.note, Photo.place_id, Photo.group_id, Photo.shot,
    Result.run_id, Result.classified_at, Result.margin, Result.agreement, Result.top, Result.check_reasons,
    Result.asked, Result.problem,
)  # fmt: skip
"""What `Recorder` makes a record of, from `photo` joined with `result`."""


_ID_BITS = 63
"""A larger number is no row's, and the database does not even look for it."""


class Recorder:
    """Makes records, and remembers what many of them share: the settings of runs, which never change."""

    def __init__(self) -> None:
        self._settings: dict[int, RunSettings] = {}

    def settings(self, connection: Connection, run_id: int) -> RunSettings:
        """What a run was made with. Raises StoreError where there is no such run."""
        countable = run_id.bit_length() <= _ID_BITS
        if not countable or run_id not in self.runs(connection, {run_id}):
            raise StoreError(
                ko=f"{run_id}번 실행이 없습니다. 번호를 확인하거나 빼고 다시 실행하세요.",
                en=f"There is no run {run_id}; check the number, or leave it out.",
            )
        return self._settings[run_id]

    def runs(self, connection: Connection, ids: set[int]) -> Mapping[int, RunSettings]:
        """What those runs were made with that there are; other runs may be in it."""
        missing = ids - self._settings.keys()
        if missing:
            runs = connection.execute(select(Run.__table__).where(Run.id.in_(missing)))
            self._settings.update({run.id: _settings(run) for run in runs})
        return self._settings

    def records(self, connection: Connection, rows: Sequence[Row[Any]]) -> list[PhotoRecord]:
        """The record of each row, which must have the columns of `RECORD`."""
        return [*self.lazily(connection, rows)]

    def lazily(self, connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[PhotoRecord]:
        """Like `records`, each made when it is asked for; the connection is not needed any more then."""
        return map(self._maker(connection, rows), rows)

    def _maker(self, connection: Connection, rows: Sequence[Row[Any]]) -> Callable[[Row[Any]], PhotoRecord]:
        """What makes a record of each of the rows; it has everything else that it needs."""
        runs = self.runs(connection, {row.run_id for row in rows})
        places = places_of(connection, {row.place_id for row in rows if row.place_id is not None})
        labels = _labels(connection, [row.id for row in rows if ReviewState(row.review).names_defects])

        def record(row: Row[Any]) -> PhotoRecord:
            return PhotoRecord(
                outcome=_outcome(row),
                remarks=_remarks(row, places, labels),
                classified_at=row.classified_at,
                run_id=row.run_id,
                settings=runs[row.run_id],
                photo_id=row.id,
            )

        return record


def in_pages(
    reading: Reading,
    statement: Select[Any],
    after: Callable[[Row[Any]], ColumnElement[bool]],
    make: Callable[[Connection, Sequence[Row[Any]]], _Made],
) -> Iterator[_Made]:
    """What `make` makes of all rows of a statement, a page a transaction; `after` is the condition of what follows."""
    page_of = statement.limit(PAGE)
    while True:
        with reading() as connection:
            rows = connection.execute(page_of).all()
            made = make(connection, rows) if rows else None
        if made is not None:
            yield made
        if len(rows) < PAGE:
            return
        page_of = statement.where(after(rows[-1])).limit(PAGE)


def in_chunks(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """The items in their order, so many at once as a statement names: databases limit its parameters."""
    return (items[start : start + PAGE] for start in range(0, len(items), PAGE))


def places_of(connection: Connection, ids: set[int]) -> dict[int, Place]:
    """The places with these numbers."""
    if not ids:
        return {}
    rows = connection.execute(select(PlaceRow.__table__).where(PlaceRow.id.in_(ids)))
    return {row.id: place_of(row) for row in rows}


def place_of(row: Row[Any]) -> Place:
    """The place of a row of its table."""
    return Place(row.project, row.building, row.unit, row.room, row.part, row.trade)


def _labels(connection: Connection, ids: list[int]) -> dict[int, tuple[str, ...]]:
    if not ids:
        return {}
    named = select(PhotoLabel.photo_id, PhotoLabel.label).where(PhotoLabel.photo_id.in_(ids))
    rows = connection.execute(named.order_by(PhotoLabel.photo_id, PhotoLabel.position))
    return {photo: tuple(row.label for row in group) for photo, group in groupby(rows, lambda row: int(row.photo_id))}


def _settings(run: Row[Any]) -> RunSettings:
    return RunSettings(
        pack_name=run.pack_name,
        pack_version=run.pack_version,
        fingerprint=run.fingerprint,
        engine=run.engine,
        device=run.device,
        program_version=run.program_version,
        notice=Bilingual(**run.notice) if run.notice else None,
        class_names={label: Bilingual(**name) for label, name in run.class_names.items()},
        options=run.options,
    )


def _outcome(row: Row[Any]) -> Outcome:
    return Outcome(
        photo=PhotoFile(row.path, row.size, row.mtime_ns),
        content_hash=row.content_hash,
        verdict=None if row.problem else _verdict(row),
        problem=PhotoProblem(row.problem) if row.problem else None,
        quality=tuple(QualityFinding(finding) for finding in row.quality),
    )


def _remarks(row: Row[Any], places: dict[int, Place], labels: dict[int, tuple[str, ...]]) -> Remarks:
    untouched = row.review == ReviewState.UNREVIEWED and not row.note and row.place_id is None and row.group_id is None
    if untouched:
        return NO_REMARKS
    state = ReviewState(row.review)
    return Remarks(
        review=UNREVIEWED if state is ReviewState.UNREVIEWED else Review(state, labels.get(row.id, ())),
        note=row.note,
        place=NOWHERE if row.place_id is None else places[row.place_id],
        group=row.group_id,
        shot=Shot(row.shot) if row.shot else None,
    )


def _verdict(row: Row[Any]) -> Verdict:
    return Verdict(
        top=tuple(Ranked(ranked["label"], ranked["probability"]) for ranked in row.top),
        margin=row.margin,
        agreement=row.agreement,
        check_reasons=tuple(CheckReason(reason) for reason in row.check_reasons),
        asked=row.asked,
    )
