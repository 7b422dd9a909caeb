"""Records as the page that the database would give of them."""

import json

from defect_desktop.core.record_page import RecordPage


def page_of(records):
    """One page of these records, which have a place each of their own."""
    rows = [_row(number, record) for number, record in enumerate(records)]
    return RecordPage(
        **{name: [row[name] for row in rows] for name in RecordPage.__slots__ if name not in ("runs", "places")},
        runs={record.run_id: record.settings for record in records},
        places={number: record.remarks.place for number, record in enumerate(records)},
    )


def _row(number, record):
    outcome, remarks = record.outcome, record.remarks
    return {
        "photo_id": record.photo_id,
        "path": str(outcome.photo.path),
        "content_hash": outcome.content_hash,
        "size": outcome.photo.size,
        "mtime_ns": outcome.photo.mtime_ns,
        "quality_json": json.dumps(list(outcome.quality)),
        "problem": outcome.problem and outcome.problem.value,
        "review": remarks.review.state.value,
        "labels_json": json.dumps(remarks.review.labels) if remarks.review.state.names_defects else None,
        "note": remarks.note,
        "place_id": number,
        "group": remarks.group,
        "shot": remarks.shot and remarks.shot.value,
        "classified_at": record.classified_at,
        "run_id": record.run_id,
        **_verdict(outcome.verdict),
    }


def _verdict(verdict):
    if verdict is None:
        names = ("label", "confidence", "margin", "agreement", "asked", "top_json", "check_reasons_json")
        return dict.fromkeys(names)
    return {
        "label": verdict.label,
        "confidence": verdict.confidence,
        "margin": verdict.margin,
        "agreement": verdict.agreement,
        "asked": verdict.asked,
        "top_json": json.dumps([{"label": each.label, "probability": each.probability} for each in verdict.top]),
        "check_reasons_json": json.dumps(verdict.check_reasons),
    }
