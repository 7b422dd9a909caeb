"""Many records at once, column by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from defect_desktop.core.place import Place
from defect_desktop.core.record import RunSettings


@dataclass(frozen=True, slots=True)
class RecordPage:
    """What the `PhotoRecord`s of some photos say, as plain as the database holds it: for who reads a million of them.

    The columns are equally long, and the names are those of the records' parts; `label` and `confidence` are those of
    the verdict. Enumerations are their values. Columns whose names end in `json` hold JSON: lists of such values or of
    labels, and `top_json` lists of objects with `label` and `probability`; as texts they can be compared and looked up.
    What `run_id` and `place_id` stand for is in `runs` and `places`.
    """

    photo_id: Sequence[int]
    path: Sequence[str]
    content_hash: Sequence[str]
    size: Sequence[int | None]
    mtime_ns: Sequence[int | None]
    quality_json: Sequence[str]
    label: Sequence[str | None]
    confidence: Sequence[float | None]
    margin: Sequence[float | None]
    agreement: Sequence[float | None]
    asked: Sequence[int | None]
    top_json: Sequence[str | None]
    check_reasons_json: Sequence[str | None]
    problem: Sequence[str | None]
    review: Sequence[str]
    labels_json: Sequence[str | None]
    note: Sequence[str]
    place_id: Sequence[int | None]
    group: Sequence[int | None]
    shot: Sequence[str | None]
    classified_at: Sequence[datetime]
    run_id: Sequence[int]
    runs: Mapping[int, RunSettings]
    places: Mapping[int, Place]
