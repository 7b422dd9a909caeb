"""From rows to pages of records: as `records` does it, with nothing made of the values that a row holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Text, case, cast, select, type_coerce

from defect_desktop.core.record_page import RecordPage
from defect_desktop.core.review import ReviewState
from defect_desktop.store.dialect import json_array
from defect_desktop.store.path_text import unescape
from defect_desktop.store.records import Recorder, places_of
from defect_desktop.store.tables import Photo, PhotoLabel, Result

_NAMED = (
    select(PhotoLabel.label)
    .where(PhotoLabel.photo_id == Photo.id)
    .order_by(PhotoLabel.position)
    .correlate(Photo)
    .subquery()
)
_NAMES_DEFECTS = [state.value for state in ReviewState if state.names_defects]

STORED_PATH = type_coerce(Photo.path, Text).label("path")
"""The path as the column holds it."""

_COLUMNS: dict[str, Any] = {
    "photo_id": Photo.id,
    "path": STORED_PATH,
    "content_hash": Photo.content_hash,
    "size": Photo.size,
    "mtime_ns": Photo.mtime_ns,
    "quality_json": cast(Photo.quality, Text),
    "label": Result.ai_label,
    "confidence": Result.confidence,
    "margin": Result.margin,
    "agreement": Result.agreement,
    "asked": Result.asked,
    "top_json": cast(Result.top, Text),
    "check_reasons_json": cast(Result.check_reasons, Text),
    "problem": Result.problem,
    "review": Photo.review,
    "labels_json": case((Photo.review.in_(_NAMES_DEFECTS), select(json_array(_NAMED.c.label)).scalar_subquery())),
    "note": Photo.note,
    "place_id": Photo.place_id,
    "group": Photo.group_id,
    "shot": Photo.shot,
    "classified_at": Result.classified_at,
    "run_id": Result.run_id,
}

PLAIN_RECORD = tuple(_COLUMNS.values())
"""What a page is made of, from `photo` joined with `result`."""


def record_page(recorder: Recorder, connection: Connection, rows: Sequence[Row[Any]]) -> RecordPage:
    """The page of some rows, at least one, that begin with the columns of `PLAIN_RECORD`."""
    columns: dict[str, Sequence[Any]] = dict(zip(_COLUMNS, zip(*rows, strict=True), strict=False))
    columns["path"] = [unescape(path) if "//" in path else path for path in columns["path"]]
    runs = recorder.runs(connection, set(columns["run_id"]))
    places = places_of(connection, {place for place in columns["place_id"] if place is not None})
    return RecordPage(**columns, runs=runs, places=places)
