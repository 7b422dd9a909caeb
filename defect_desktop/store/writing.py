"""The statements that record runs, photos and results; each takes a connection that holds the write lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, delete, exists, false, func, insert, select, update
from sqlalchemy.orm import aliased

from defect_desktop.core.decision import Verdict
from defect_desktop.core.record import Outcome, RunSettings
from defect_desktop.core.review import ReviewState
from defect_desktop.language import Bilingual
from defect_desktop.store.dialect import insert_or
from defect_desktop.store.tables import VERDICT_COLUMNS, Photo, Result, Run, RunItem

_LARGEST_INTEGER = 2**63 - 1

_READ = aliased(Photo)
_RESULTS = insert(Result).returning(Result.id, sort_by_parameter_order=True)

_LATEST = update(Photo).where(Photo.id == bindparam("photo"))
_PLACED = _LATEST.where(Photo.place_id.is_(None)).values(place_id=bindparam("place"))
_UNREAD = update(Photo).where(Photo.path == bindparam("read"), Photo.content_hash == "")
_RECOGNISED = _UNREAD.where(
    ~exists().where(_READ.path == bindparam("read"), _READ.content_hash == bindparam("hash")),
    ~exists().where(Result.photo_id == Photo.id, Result.run_id == bindparam("run")),  # one result a photo and run
).values(content_hash=bindparam("hash"))
_SUPERSEDED = _UNREAD.where(Photo.review == ReviewState.UNREVIEWED, Photo.note == "").values(result_id=None)


def prove_writable(connection: Connection) -> None:
    """Changes nothing, but fails where the file is read-only, which the beginning of a transaction does not."""
    connection.execute(delete(Run).where(false()))


def insert_run(connection: Connection, settings: RunSettings, started_at: datetime) -> int:
    """Starts a run; its number."""
    row = {
        "started_at": started_at,
        "pack_name": settings.pack_name,
        "pack_version": settings.pack_version,
        "fingerprint": settings.fingerprint,
        "engine": settings.engine,
        "device": settings.device,
        "program_version": settings.program_version,
        "class_names": {label: _as_json(name) for label, name in settings.class_names.items()},
        "notice": _as_json(settings.notice) if settings.notice else None,
        "options": dict(settings.options),
    }
    return connection.execute(insert(Run).returning(Run.id), row).scalar_one()


def _as_json(text: Bilingual) -> dict[str, str]:
    return {"ko": text.ko, "en": text.en}


def end_run(connection: Connection, run_id: int, outcome: str) -> None:
    """Ends a run now."""
    connection.execute(update(Run).where(Run.id == run_id).values(finished_at=datetime.now(UTC), outcome=outcome))


def started_at(connection: Connection, run_id: int) -> datetime | None:
    """When a run was started, None where there is no such run."""
    return connection.execute(select(Run.started_at).where(Run.id == run_id)).scalar()


def insert_outcomes(
    connection: Connection, run_id: int, items: Sequence[tuple[int, Outcome]], place_ids: Sequence[int | None]
) -> list[int]:
    """Records the results of a run at their positions in its report; the results' numbers, in order.

    `place_ids` says of each where it was taken.
    """
    positions, outcomes = zip(*items, strict=True)
    read = [{"read": outcome.photo.path, "hash": outcome.content_hash} for outcome in outcomes if outcome.content_hash]
    if read:  # what people said of a photo that could not be read is said of it now that it can
        connection.execute(_RECOGNISED, [{**each, "run": run_id} for each in read])
    photos = _seen_photos(connection, outcomes, place_ids)
    made = {"run_id": run_id, "classified_at": datetime.now(UTC)}
    results = [{"photo_id": photo["id"], **made, **_columns(o)} for photo, o in zip(photos, outcomes, strict=True)]
    ids = list(connection.scalars(_RESULTS, results))
    _show_in_history(connection, results, ids)
    if read:
        connection.execute(_SUPERSEDED, read)
    insert_items(connection, run_id, list(zip(positions, ids, strict=True)))
    return ids


def insert_items(connection: Connection, run_id: int, items: Sequence[tuple[int, int]]) -> None:
    """Places results, (position, result), in a run's report."""
    if not items:
        return
    rows = [{"run_id": run_id, "position": position, "result_id": result_id} for position, result_id in items]
    connection.execute(insert(RunItem), rows)


def place_photos(connection: Connection, place_ids: Mapping[int, int]) -> None:
    """Says of photos where they were taken, unless that is known already."""
    rows = [{"photo": photo, "place": place} for photo, place in place_ids.items()]
    if rows:
        connection.execute(_PLACED, rows)


def storable(mtime_ns: int | None) -> int | None:
    """Some file systems date files beyond the year 2262, where nanoseconds leave 64 bits: such a time is not kept."""
    return mtime_ns if mtime_ns is not None and abs(mtime_ns) <= _LARGEST_INTEGER else None


def _seen_photos(
    connection: Connection, outcomes: Sequence[Outcome], place_ids: Sequence[int | None]
) -> list[RowMapping]:
    """The row of each photo, new or with its file's present size and mtime; a place that it has already stays."""
    rows = [
        {
            "path": outcome.photo.path,
            "content_hash": outcome.content_hash,
            "size": outcome.photo.size,
            "mtime_ns": storable(outcome.photo.mtime_ns),
            "quality": [finding.value for finding in outcome.quality],
            "place_id": place_id,
        }
        for outcome, place_id in zip(outcomes, place_ids, strict=True)
    ]
    insertion = insert_or(connection, Photo)
    new = insertion.excluded
    seen = insertion.on_conflict_do_update(
        index_elements=[Photo.path, Photo.content_hash],
        set_={
            "size": new.size,
            "mtime_ns": new.mtime_ns,
            "quality": new.quality,
            "place_id": func.coalesce(Photo.place_id, new.place_id),
        },
    ).returning(Photo.id, Photo.path, Photo.content_hash)
    rows_of = {(row["path"], row["content_hash"]): row for row in connection.execute(seen, rows).mappings()}
    return [rows_of[outcome.photo.path, outcome.content_hash] for outcome in outcomes]


def _show_in_history(connection: Connection, results: Sequence[dict[str, Any]], ids: Sequence[int]) -> None:
    """Copies to each photo what the history is filtered and ordered by."""
    copies = [
        {
            "photo": result["photo_id"],
            "result_id": result_id,
            **{name: result[name] for name in ("run_id", "classified_at", "ai_label", "needs_check")},
            "confidence": result["confidence"] or 0.0,
            "attention": _attention(result["confidence"], result["needs_check"]),
        }
        for result, result_id in zip(results, ids, strict=True)
    ]
    connection.execute(_LATEST, copies)


def _attention(confidence: float | None, needs_check: bool | None) -> float:
    return -1.0 if confidence is None else confidence - 1 if needs_check else confidence


def _columns(outcome: Outcome) -> dict[str, Any]:
    verdict = _verdict_columns(outcome.verdict) if outcome.verdict else dict.fromkeys((*VERDICT_COLUMNS, "asked"))
    return {"problem": outcome.problem and outcome.problem.value, **verdict}


def _verdict_columns(verdict: Verdict) -> dict[str, Any]:
    return {
        "ai_label": verdict.label,
        "confidence": verdict.confidence,
        "margin": verdict.margin,
        "agreement": verdict.agreement,
        "top": [{"label": ranked.label, "probability": ranked.probability} for ranked in verdict.top],
        "check_reasons": [reason.value for reason in verdict.check_reasons],
        "needs_check": verdict.needs_check,
        "asked": verdict.asked,
    }
