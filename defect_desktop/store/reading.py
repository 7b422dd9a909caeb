"""The queries. Long ones read in pages, each a short transaction: memory stays flat, and no writer waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from defect_desktop.core.decision import CheckReason, Ranked, Verdict
from defect_desktop.core.record import Outcome, PhotoFile, PhotoRecord, RunSettings
from defect_desktop.errors import PhotoProblem, StoreError
from defect_desktop.language import Bilingual
from defect_desktop.store.tables import Photo, Result, Run, RunItem

PAGE = 1000
"""Rows a query reads, or paths it asks for, at a time."""

Reading = Callable[[], AbstractContextManager[Connection]]
"""Opens a transaction that reads."""

_RECORD = (
    Photo.path, Photo.content_hash, Photo.size, Photo.mtime_ns, Photo.human_label,
    Result.run_id, Result.classified_at, Result.margin, Result.agreement, Result.top, Result.check_reasons,
    Result.problem,
)  # fmt: skip


def latest_run(connection: Connection) -> int | None:
    """The run that was begun last, of those that have a result."""
    return connection.execute(select(func.max(RunItem.run_id))).scalar()


def done_results(connection: Connection, fingerprint: str, photos: Sequence[PhotoFile]) -> dict[PhotoFile, int]:
    """The latest verdict with `fingerprint` on each of `photos` that still looks as it did then."""
    listed = {photo.path: photo for photo in photos if photo.mtime_ns is not None}
    paths = list(listed)
    # A subquery, not a join: a database may begin a join at the runs, and read all their results for every page.
    latest = (
        select(func.max(Result.id))
        .join(Run, Run.id == Result.run_id)
        .where(Result.photo_id == Photo.id, Result.problem.is_(None), Run.fingerprint == fingerprint)
        .scalar_subquery()
        .label("result_id")
    )
    statement = select(Photo.path, Photo.size, Photo.mtime_ns, latest).order_by(latest)
    done: dict[PhotoFile, int] = {}
    for start in range(0, len(paths), PAGE):
        for row in connection.execute(statement.where(Photo.path.in_(paths[start : start + PAGE]))):
            photo = listed[row.path]
            if row.result_id is not None and (photo.size, photo.mtime_ns) == (row.size, row.mtime_ns):
                done[photo] = row.result_id
    return done


def run_settings(connection: Connection, run_id: int, known: dict[int, RunSettings]) -> RunSettings:
    """What a run was made with; `known` remembers it. Raises StoreError where there is no such run."""
    _load_settings(connection, {run_id}, known)
    if run_id not in known:
        raise StoreError(
            ko=f"{run_id}번 실행이 없습니다. 번호를 확인하거나 빼고 다시 실행하세요.",
            en=f"There is no run {run_id}; check the number, or leave it out.",
        )
    return known[run_id]


def run_records(reading: Reading, run_id: int, known: dict[int, RunSettings]) -> Iterator[PhotoRecord]:
    """The records of a run's report, in its order; `known` remembers the settings of runs."""
    statement = (
        select(RunItem.position, *_RECORD)
        .join(Result, Result.id == RunItem.result_id)
        .join(Photo, Photo.id == Result.photo_id)
        .where(RunItem.run_id == run_id)
        .order_by(RunItem.position)
    )
    return _paged(reading, known, statement, lambda last: RunItem.position > last.position)


def latest_records(reading: Reading, known: dict[int, RunSettings]) -> Iterator[PhotoRecord]:
    """The latest record of every photo, by path; `known` remembers the settings of runs.

    A failed attempt to read a file gives way to any later result.
    """
    newer = aliased(Result)
    later, same_path = aliased(Result), aliased(Photo)
    is_latest = Result.id == select(func.max(newer.id)).where(newer.photo_id == Photo.id).scalar_subquery()
    was_read_later = exists().where(
        and_(same_path.path == Photo.path, later.photo_id == same_path.id, later.id > Result.id)
    )
    statement = (
        select(*_RECORD)
        .join(Result, Result.photo_id == Photo.id)
        .where(is_latest, or_(Photo.content_hash != "", ~was_read_later))
        .order_by(Photo.path, Photo.content_hash)
    )
    place = tuple_(Photo.path, Photo.content_hash)
    return _paged(reading, known, statement, lambda last: place > (last.path, last.content_hash))


def _paged(
    reading: Reading,
    known: dict[int, RunSettings],
    statement: Select[Any],
    after: Callable[[Row[Any]], ColumnElement[bool]],
) -> Iterator[PhotoRecord]:
    page_of = statement.limit(PAGE)
    while True:
        with reading() as connection:
            page = connection.execute(page_of).all()
            _load_settings(connection, {row.run_id for row in page}, known)
        for row in page:
            yield _record(row, known[row.run_id])
        if len(page) < PAGE:
            return
        page_of = statement.where(after(page[-1])).limit(PAGE)


def _load_settings(connection: Connection, run_ids: set[int], known: dict[int, RunSettings]) -> None:
    missing = run_ids - known.keys()
    if missing:
        runs = connection.execute(select(Run.__table__).where(Run.id.in_(missing)))
        known.update({run.id: _settings(run) for run in runs})


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


def _record(row: Row[Any], settings: RunSettings) -> PhotoRecord:
    outcome = Outcome(
        photo=PhotoFile(row.path, row.size, row.mtime_ns),
        content_hash=row.content_hash,
        verdict=None if row.problem else _verdict(row),
        problem=PhotoProblem(row.problem) if row.problem else None,
    )
    return PhotoRecord(outcome, row.human_label, row.classified_at, row.run_id, settings)


def _verdict(row: Row[Any]) -> Verdict:
    return Verdict(
        top=tuple(Ranked(ranked["label"], ranked["probability"]) for ranked in row.top),
        margin=row.margin,
        agreement=row.agreement,
        check_reasons=tuple(CheckReason(reason) for reason in row.check_reasons),
    )
