"""The statements that record runs, photos and results; each takes a connection that holds the write lock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, false, insert, update
from sqlalchemy.dialects.sqlite import insert as insert_or_update

from defect_desktop.core.decision import Verdict
from defect_desktop.core.record import Outcome, PhotoRecord, RunSettings
from defect_desktop.language import Bilingual
from defect_desktop.store.tables import VERDICT_COLUMNS, Photo, Result, Run, RunItem

_LARGEST_INTEGER = 2**63 - 1

_photo_insert = insert_or_update(Photo)
_PHOTO_SEEN = _photo_insert.on_conflict_do_update(
    index_elements=[Photo.path, Photo.content_hash],
    set_={"size": _photo_insert.excluded.size, "mtime_ns": _photo_insert.excluded.mtime_ns},
).returning(Photo.id, Photo.path, Photo.content_hash, Photo.human_label)

_RESULTS = insert(Result).returning(Result.id, sort_by_parameter_order=True)


def prove_writable(connection: Connection) -> None:
    """Changes nothing, but fails where the file is read-only, which the beginning of a transaction does not."""
    connection.execute(delete(Run).where(false()))


def insert_run(connection: Connection, settings: RunSettings) -> int:
    """Starts a run now; its number."""
    row = {
        "started_at": datetime.now(UTC),
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


def insert_outcomes(
    connection: Connection, run_id: int, settings: RunSettings, items: Sequence[tuple[int, Outcome]]
) -> list[PhotoRecord]:
    """Records the results of a run at their positions in its report."""
    if not items:
        return []
    positions, outcomes = zip(*items, strict=True)
    photos = _seen_photos(connection, outcomes)
    now = datetime.now(UTC)
    made = {"run_id": run_id, "classified_at": now}
    results = [{"photo_id": photo["id"], **made, **_columns(o)} for photo, o in zip(photos, outcomes, strict=True)]
    insert_items(connection, run_id, list(zip(positions, connection.scalars(_RESULTS, results), strict=True)))
    return [
        PhotoRecord(outcome, photo["human_label"], now, run_id, settings)
        for photo, outcome in zip(photos, outcomes, strict=True)
    ]


def insert_items(connection: Connection, run_id: int, items: Sequence[tuple[int, int]]) -> None:
    """Places results, (position, result), in a run's report."""
    if not items:
        return
    rows = [{"run_id": run_id, "position": position, "result_id": result_id} for position, result_id in items]
    connection.execute(insert(RunItem), rows)


def update_human_label(connection: Connection, path: Path, content_hash: str, label: str | None) -> None:
    """Records, now, what a person says of a photo; LookupError if the photo is not known."""
    photo = update(Photo).where(Photo.path == path, Photo.content_hash == content_hash)
    changed = connection.execute(photo.values(human_label=label, human_label_at=datetime.now(UTC)))
    if not changed.rowcount:
        raise LookupError(f"no photo {path!r} with content {content_hash!r}")


def _seen_photos(connection: Connection, outcomes: Sequence[Outcome]) -> list[RowMapping]:
    """The row of each photo, new or with its file's present size and mtime."""
    rows = [
        {
            "path": outcome.photo.path,
            "content_hash": outcome.content_hash,
            "size": outcome.photo.size,
            "mtime_ns": _storable(outcome.photo.mtime_ns),
        }
        for outcome in outcomes
    ]
    rows_of = {(row["path"], row["content_hash"]): row for row in connection.execute(_PHOTO_SEEN, rows).mappings()}
    return [rows_of[outcome.photo.path, outcome.content_hash] for outcome in outcomes]


def _storable(mtime_ns: int | None) -> int | None:
    """Some file systems date files beyond the year 2262, where nanoseconds leave 64 bits: such a time is not kept."""
    return mtime_ns if mtime_ns is not None and abs(mtime_ns) <= _LARGEST_INTEGER else None


def _columns(outcome: Outcome) -> dict[str, Any]:
    verdict = _verdict_columns(outcome.verdict) if outcome.verdict else dict.fromkeys(VERDICT_COLUMNS)
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
    }
