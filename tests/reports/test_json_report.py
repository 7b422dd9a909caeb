import json
from datetime import UTC, datetime

from defect_desktop.core.record import PhotoRecord
from defect_desktop.errors import PhotoProblem
from defect_desktop.reports.json_report import record_as_json
from tests.store.samples import SETTINGS, classified, failed, photo

AT = datetime(2026, 1, 31, 0, 5, tzinfo=UTC)
RUN = {
    "id": 7,
    "pack": "starter",
    "pack_version": "1.0.0",
    "fingerprint": "f" * 64,
    "engine": "torch",
    "device": "cpu",
    "program_version": "0.1.0",
    "options": {"sources": ["/사진"], "again": False},
}


def as_json(outcome, human_label=None):
    """What a program that reads the output gets."""
    written = json.dumps(record_as_json(PhotoRecord(outcome, human_label, AT, 7, SETTINGS)), ensure_ascii=False)
    return json.loads(written.encode())


def test_a_classified_photo():
    file = photo("caf\udce9.jpg")
    assert as_json(classified(file), human_label="들뜸") == {
        "path": str(file.path).replace("\udce9", "\\udce9"),
        "size": 1000,
        "modified_at": "2023-11-14T22:13:20.123456+00:00",
        "content_hash": "a" * 64,
        "status": "classified",
        "verdict": {
            "label": "오염",
            "name": {"ko": "오염", "en": "Stain"},
            "confidence": 0.7,
            "top": [
                {"label": "오염", "probability": 0.7},
                {"label": "창틀,문틀수정", "probability": 0.2},
                {"label": "들뜸", "probability": 0.1},
            ],
            "margin": 0.5,
            "agreement": 2 / 3,
            "needs_check": True,
            "check_reasons": ["low_confidence", "members_disagree"],
        },
        "problem": None,
        "human_label": "들뜸",
        "classified_at": "2026-01-31T00:05:00+00:00",
        "run": RUN,
    }


def test_a_failure():
    assert as_json(failed(photo("a.jpg", None, None), PhotoProblem.MISSING)) == {
        "path": str(photo("a.jpg").path),
        "size": None,
        "modified_at": None,
        "content_hash": None,
        "status": "failed",
        "verdict": None,
        "problem": {
            "code": "missing",
            "sentence": {"ko": PhotoProblem.MISSING.sentence.ko, "en": PhotoProblem.MISSING.sentence.en},
        },
        "human_label": None,
        "classified_at": "2026-01-31T00:05:00+00:00",
        "run": RUN,
    }
