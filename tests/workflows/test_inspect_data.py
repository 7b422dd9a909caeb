from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import pytest

from defect_desktop.errors import DataSetError, ReportError, SourceError
from defect_desktop.paths import Paths
from defect_desktop.training.data.data_set import read_data_set
from defect_desktop.training.data.split_file import read_split
from defect_desktop.training.data.survey import survey_photos
from defect_desktop.training.inspection import inspecting
from defect_desktop.workflows.inspect_data import FIGURES, REPORT, SPLIT, InspectRequest, inspect_data
from tests.photos import save_photos, scene
from tests.training.report.pages import assert_whole, font_characters
from tests.training.stripes import STRIPES_ACROSS, STRIPES_DOWN, draw_data_set, finish


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Striped photos: one with a wrong label, one copied under the other, one broken, and a class of a single one."""
    folder = draw_data_set(tmp_path / "photos", photos=20, seed=0) / "train"
    (folder / STRIPES_ACROSS / "3.jpg").rename(folder / STRIPES_DOWN / "wrong.jpg")
    save_photos(folder / STRIPES_ACROSS, 1, size=(400, 300), start=7)
    scene(400, 300, seed=7).resize((200, 150)).save(folder / STRIPES_DOWN / "copy.png")
    (folder / STRIPES_DOWN / "broken.jpg").write_bytes(b"no photo")
    save_photos(folder / "반점", 1, start=30)
    return folder


@pytest.fixture
def request_(photos: Path, tmp_path: Path) -> InspectRequest:
    return InspectRequest((photos,), tmp_path / "new" / "inspection", folds=3, seed=1)


def figures(request: InspectRequest) -> dict[str, object]:
    return json.loads((request.folder / FIGURES).read_text(encoding="utf-8"))


def test_what_is_wrong_with_the_data_is_found_shown_and_written(request_: InspectRequest, paths: Paths) -> None:
    moments, found = finish(inspect_data(request_, paths))
    assert moments[-1].done == moments[-1].total == 3 * 44
    assert [moment.done for moment in moments] == sorted(moment.done for moment in moments)
    assert {file.name for file in request_.folder.iterdir()} == {REPORT, SPLIT, FIGURES}

    content = figures(request_)
    assert content["classes"][STRIPES_ACROSS]["photos"] == 20 and content["classes"]["반점"]["photos"] == 1
    assert [(Path(each["path"]).name, each["problem"]) for each in content["unreadable"]] == [
        ("broken.jpg", "not_an_image")
    ]
    names = [Path(each["path"]).name for each in content["photos"]]
    (conflict,) = [each for each in content["duplicates"] if each["conflict"]]
    assert {names[conflict["first"]], names[conflict["second"]]} == {"photo 0007.jpg", "copy.png"}
    assert names[content["label_errors"][0]["photo"]] == "wrong.jpg" and content["label_agreement"] > 0.8
    assert content["label_errors"][0]["suggested"] == STRIPES_ACROSS
    assert content["fingerprint"] == found.survey.fingerprint()

    page = (request_.folder / REPORT).read_text(encoding="utf-8")
    assert_whole(page)
    for shown in ("wrong.jpg", "copy.png", "broken.jpg", "cannot be measured"):
        assert shown in page


def test_the_split_can_be_trained_on_again(request_: InspectRequest, photos: Path, paths: Paths) -> None:
    _, found = finish(inspect_data(request_, paths))
    _, survey = finish(survey_photos(read_data_set([photos])))
    split = read_split(request_.folder / SPLIT, survey)
    assert split.places.tolist() == found.split.places.tolist() and split.folds == 3
    groups = dict(zip((path.name for path in survey.data.paths), split.groups.tolist(), strict=True))
    assert groups["photo 0007.jpg"] == groups["copy.png"]


def test_a_single_fold_is_refused_before_any_photo_is_read(request_: InspectRequest, paths: Paths) -> None:
    with pytest.raises(DataSetError, match="0 for none"):
        next(inspect_data(dataclasses.replace(request_, folds=1), paths))


def test_one_seed_one_result(request_: InspectRequest, paths: Paths) -> None:
    written = []
    for _ in range(2):
        finish(inspect_data(request_, paths))
        written.append([(request_.folder / name).read_bytes() for name in (SPLIT, FIGURES)])
        shutil.rmtree(request_.folder)
    assert written[0] == written[1]


def test_the_korean_report_carries_its_letters(
    request_: InspectRequest, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEFECT_DESKTOP_LANGUAGE", "ko")
    finish(inspect_data(request_, paths))
    page = (request_.folder / REPORT).read_text(encoding="utf-8")
    assert_whole(page)
    assert "거의 같은 사진" in page
    for characters in font_characters(page):
        assert set("거의같은사진창틀,문틀수정걸레받이반점") <= characters


def test_without_weights_the_labels_are_not_judged(
    request_: InspectRequest, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspecting, "feature_weights", lambda: None)
    moments, _ = finish(inspect_data(request_, paths))
    assert moments[-1].done == moments[-1].total
    content = figures(request_)
    assert content["label_errors"] is None and content["labels_not_judged"] == "no_weights"
    assert "no pretrained weights are installed" in (request_.folder / REPORT).read_text(encoding="utf-8")


def test_photos_that_are_all_broken_are_told_in_the_report(tmp_path: Path, paths: Paths) -> None:
    for label in ("a", "b"):
        (tmp_path / "photos" / label).mkdir(parents=True)
        (tmp_path / "photos" / label / "1.jpg").write_bytes(b"no photo")
    request = InspectRequest((tmp_path / "photos",), tmp_path / "out")
    finish(inspect_data(request, paths))
    assert figures(request)["labels_not_judged"] == "no_folds" and len(figures(request)["unreadable"]) == 2


def test_too_few_photos_for_the_folds_are_told(tmp_path: Path, paths: Paths) -> None:
    for number, label in enumerate("ab"):
        save_photos(tmp_path / "photos" / label, 2, start=10 * number)
    with pytest.raises(DataSetError, match="for 5 folds"):
        finish(inspect_data(InspectRequest((tmp_path / "photos",), tmp_path / "out"), paths))
    request = InspectRequest((tmp_path / "photos",), tmp_path / "out", folds=0)
    finish(inspect_data(request, paths))
    assert figures(request)["folds"] == 0


def test_an_inspection_that_is_stopped_writes_nothing(request_: InspectRequest, paths: Paths) -> None:
    inspecting_ = inspect_data(request_, paths)
    for _ in range(45):
        next(inspecting_)
    inspecting_.close()
    assert not list(request_.folder.iterdir())


def test_what_cannot_be_read_or_written_is_told_first(request_: InspectRequest, paths: Paths, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nowhere"):
        next(inspect_data(InspectRequest((tmp_path / "nowhere",), tmp_path / "out"), paths))
    assert not (tmp_path / "out").exists()
    file = tmp_path / "file"
    file.write_bytes(b"")
    with pytest.raises(ReportError, match="cannot be made"):
        next(inspect_data(InspectRequest(request_.sources, file / "out"), paths))
