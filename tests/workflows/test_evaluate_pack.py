from __future__ import annotations

import json
from pathlib import Path

import pytest

from defect_desktop.errors import DataSetError, ReportError
from defect_desktop.paths import Paths
from defect_desktop.workflows.classify_photos import Advanced, ClassifyRequest, classify_photos
from defect_desktop.workflows.evaluate_pack import JSON_FILE, PAGE_FILE, EvaluateRequest, evaluate_pack
from tests.photos import save_photos
from tests.training.report.pages import assert_whole
from tests.training.stripes import finish


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    for number, label in enumerate(("훼손", "오염", "창틀,문틀수정")):
        save_photos(tmp_path / "photos" / label, 6, start=10 * number)
    return tmp_path / "photos"


def test_the_report_says_what_classification_says(photos: Path, paths: Paths, tmp_path: Path) -> None:
    request = EvaluateRequest(photos, "tiny", device="cpu", report=tmp_path / "new" / "report", seed=3)
    moments, found = finish(evaluate_pack(request, paths))
    assert moments[-1].done == moments[-1].total == 4 * 18
    assert_whole((request.report / PAGE_FILE).read_text(encoding="utf-8"))
    assert {file.name for file in request.report.iterdir()} == {PAGE_FILE, JSON_FILE}

    content = json.loads((request.report / JSON_FILE).read_text(encoding="utf-8"))
    events, _ = finish(classify_photos(ClassifyRequest((photos,), "tiny", device="cpu"), paths))
    records = [record for event in events if isinstance(event, Advanced) for record in event.records]
    verdicts = {str(record.outcome.photo.path.relative_to(photos)): record.outcome.verdict for record in records}
    wrong = {path for path, verdict in verdicts.items() if verdict.label != Path(path).parent.name}
    assert {mistake["path"] for mistake in content["mistakes"]} == wrong != set()
    for mistake in content["mistakes"]:
        verdict = verdicts[mistake["path"]]
        assert mistake["said"] == verdict.label and mistake["needs_check"] == verdict.needs_check
        assert mistake["confidence"] == pytest.approx(verdict.confidence, abs=1e-5)
    assert content["thresholds"]["present"]["here"]["unchecked"] == sum(not v.needs_check for v in verdicts.values())
    assert content["method"]["seed"] == 3 and found.fingerprint == content["data"]["fingerprint"]


def test_data_named_from_the_present_folder_is_told_as_such(
    photos: Path, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (photos / "훼손" / "broken.jpg").write_bytes(b"no photo")
    request = EvaluateRequest(Path("photos"), "tiny", device="cpu", report=tmp_path / "report")
    finish(evaluate_pack(request, paths))
    content = json.loads((request.report / JSON_FILE).read_text(encoding="utf-8"))
    told = [each["path"] for each in (*content["data"]["failures"], *content["mistakes"])]
    assert told[0] == str(Path("훼손", "broken.jpg")) and not any(Path(path).is_absolute() for path in told)
    assert str(tmp_path) not in (request.report / PAGE_FILE).read_text(encoding="utf-8")


def test_the_same_seed_finds_the_same(photos: Path, paths: Paths) -> None:
    intervals = []
    for seed in (1, 1, 2):
        _, found = finish(evaluate_pack(EvaluateRequest(photos, "tiny", device="cpu", seed=seed), paths))
        intervals.append(found.intervals)
    assert intervals[0] == intervals[1] != intervals[2]


def test_a_damaged_photo_costs_that_photo_and_is_named(photos: Path, paths: Paths, tmp_path: Path) -> None:
    (photos / "훼손" / "broken.jpg").write_bytes(b"no photo")
    request = EvaluateRequest(photos, "tiny", device="cpu", report=tmp_path / "report")
    _, found = finish(evaluate_pack(request, paths))
    assert found.evaluation.bag.photos == 18 and found.evaluation.failures == 1
    content = json.loads((request.report / JSON_FILE).read_text(encoding="utf-8"))
    assert [(each["path"], each["problem"]["code"]) for each in content["data"]["failures"]] == [
        (str(Path("훼손", "broken.jpg")), "not_an_image")
    ]
    assert "broken.jpg" in (request.report / PAGE_FILE).read_text(encoding="utf-8")


def test_a_class_that_the_pack_does_not_know_is_refused_by_name(photos: Path, paths: Paths) -> None:
    save_photos(photos / "결로", 1)
    with pytest.raises(DataSetError, match="결로"):
        finish(evaluate_pack(EvaluateRequest(photos, "tiny", device="cpu"), paths))


def test_a_report_that_cannot_be_written_is_noticed_before_the_work(photos: Path, paths: Paths, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ReportError, match="folder for the report cannot be made"):
        next(evaluate_pack(EvaluateRequest(photos, "tiny", device="cpu", report=tmp_path / "file"), paths))
    assert (tmp_path / "file").read_text() == "mine"


def test_an_old_report_stays_until_the_new_one_is_whole(
    photos: Path, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = EvaluateRequest(photos, "tiny", device="cpu", report=tmp_path)
    (tmp_path / PAGE_FILE).write_text("old page")
    (tmp_path / JSON_FILE).write_text("old figures")

    def broken(*_: object) -> str:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("defect_desktop.training.measurement.page.evaluation_page", broken)
    with pytest.raises(ZeroDivisionError):
        finish(evaluate_pack(request, paths))
    assert (tmp_path / PAGE_FILE).read_text() == "old page" and (tmp_path / JSON_FILE).read_text() == "old figures"
