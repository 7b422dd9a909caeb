"""A record for other programs: the facts of the CSV report under stable English keys."""

from __future__ import annotations

from typing import Any

from defect_desktop.core.decision import Verdict
from defect_desktop.core.printable import printable
from defect_desktop.core.record import PhotoRecord, RunSettings
from defect_desktop.core.review import Remarks
from defect_desktop.errors import PhotoProblem
from defect_desktop.language import Bilingual
from defect_desktop.reports.times import modified_at


def record_as_json(record: PhotoRecord) -> dict[str, Any]:
    """The record, ready for `json.dumps`. What a photo lacks is null; times are ISO 8601 in UTC, sizes bytes."""
    outcome, photo = record.outcome, record.outcome.photo
    modified = modified_at(photo.mtime_ns)
    return {
        "path": printable(photo.path),
        "size": photo.size,
        "modified_at": modified and modified.isoformat(),
        "content_hash": outcome.content_hash or None,
        "status": "classified" if outcome.verdict else "failed",
        "verdict": outcome.verdict and _verdict(record, outcome.verdict),
        "problem": outcome.problem and _problem(outcome.problem),
        "quality": [finding.value for finding in outcome.quality],
        "human_label": record.human_label,
        "remarks": _remarks(record.remarks),
        "classified_at": record.classified_at.isoformat(),
        "run": {"id": record.run_id, **_settings(record.settings)},
    }


def _verdict(record: PhotoRecord, verdict: Verdict) -> dict[str, Any]:
    return {
        "label": verdict.label,
        "name": _both(record.name_of(verdict.label)),
        "confidence": verdict.confidence,
        "top": [{"label": ranked.label, "probability": ranked.probability} for ranked in verdict.top],
        "margin": verdict.margin,
        "agreement": verdict.agreement,
        "asked": verdict.asked,
        "needs_check": verdict.needs_check,
        "check_reasons": [reason.value for reason in verdict.check_reasons],
    }


def _remarks(remarks: Remarks) -> dict[str, Any]:
    return {
        "review": remarks.review.state.value,
        "labels": list(remarks.review.labels),
        "note": remarks.note,
        "place": {part.value: value for part, value in remarks.place.parts().items()},
        "defect": remarks.group,
        "shot": remarks.shot and remarks.shot.value,
    }


def _problem(problem: PhotoProblem) -> dict[str, Any]:
    return {"code": problem.value, "sentence": _both(problem.sentence)}


def _settings(settings: RunSettings) -> dict[str, Any]:
    return {
        "pack": settings.pack_name,
        "pack_version": settings.pack_version,
        "fingerprint": settings.fingerprint,
        "engine": settings.engine,
        "device": settings.device,
        "program_version": settings.program_version,
        "options": dict(settings.options),
    }


def _both(text: Bilingual) -> dict[str, str]:
    return {"ko": text.ko, "en": text.en}
