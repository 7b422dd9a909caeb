import json
from datetime import UTC, datetime

from defect_desktop.core.place import Place
from defect_desktop.core.record import PhotoRecord
from defect_desktop.core.review import NO_REMARKS, Remarks, Review, ReviewState, Shot
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

REMARKED = Remarks(
    Review(ReviewState.CORRECTED, ("들뜸", "오염")), "모서리", Place("한빛", "101", "1502"), group=3, shot=Shot.FAR
)


def as_json(outcome, human_label=None):
    """What a program that reads the output gets."""
    remarks = REMARKED if human_label else NO_REMARKS
    written = json.dumps(record_as_json(PhotoRecord(outcome, remarks, AT, 7, SETTINGS, 1)), ensure_ascii=False)
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
            "asked": None,
            "needs_check": True,
            "check_reasons": ["low_confidence", "members_disagree"],
        },
        "problem": None,
        "quality": [],
        "human_label": "들뜸",
        "remarks": {
            "review": "corrected",
            "labels": ["들뜸", "오염"],
            "note": "모서리",
            "place": {"project": "한빛", "building": "101", "unit": "1502", "room": "", "part": "", "trade": ""},
            "defect": 3,
            "shot": "far",
        },
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
        "quality": [],
        "human_label": None,
        "remarks": {
            "review": "unreviewed",
            "labels": [],
            "note": "",
            "place": dict.fromkeys(("project", "building", "unit", "room", "part", "trade"), ""),
            "defect": None,
            "shot": None,
        },
        "classified_at": "2026-01-31T00:05:00+00:00",
        "run": RUN,
    }
