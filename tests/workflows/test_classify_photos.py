from __future__ import annotations

from pathlib import Path

import pytest

from defect_desktop.errors import PackError, SourceError, StoreError
from defect_desktop.paths import Paths
from defect_desktop.store.database import Database
from defect_desktop.workflows.classify_photos import Advanced, ClassifyRequest, Started, classify_photos
from tests.photos import save_photos


@pytest.fixture
def request_(tmp_path: Path) -> ClassifyRequest:
    save_photos(tmp_path / "photos", 20)
    return ClassifyRequest((tmp_path / "photos",), pack="tiny", device="cpu")


def test_it_starts_advances_and_ends_with_a_summary(request_: ClassifyRequest, paths: Paths) -> None:
    workflow = classify_photos(request_, paths)
    started = next(workflow)
    assert isinstance(started, Started)
    assert (started.total, started.done_before, started.engine, started.device) == (20, 0, "openvino", "cpu")
    seen = []
    while True:
        try:
            event = next(workflow)
        except StopIteration as finished:
            summary = finished.value
            break
        assert isinstance(event, Advanced)
        seen += [record.outcome.photo.path.name for record in event.records]
        assert event.progress.done == len(seen)
    assert seen == [f"photo {number:04d}.jpg" for number in range(20)]
    assert (summary.total, summary.failed, sum(summary.labels.values())) == (20, 0, 20)


def test_closing_keeps_what_is_done_and_the_next_run_goes_on(request_: ClassifyRequest, paths: Paths) -> None:
    workflow = classify_photos(request_, paths)
    next(workflow)
    kept = next(workflow).progress.done
    workflow.close()
    with Database.open_existing(paths.database) as database:
        assert database.summary(1).total == kept
    again = list(classify_photos(request_, paths))
    assert again[0].done_before == kept
    assert again[-1].progress.done == 20


def test_outcomes_are_in_the_database_before_they_are_told(request_: ClassifyRequest, paths: Paths) -> None:
    workflow = classify_photos(request_, paths)
    run_id = next(workflow).run_id
    told = len(next(workflow).records)
    with Database.open_existing(paths.database) as other_program:
        assert other_program.summary(run_id).total == told
    workflow.close()


def test_a_folder_that_vanishes_costs_its_photos_only(request_: ClassifyRequest, paths: Paths, tmp_path: Path) -> None:
    others = save_photos(tmp_path / "others", 3)
    workflow = classify_photos(ClassifyRequest((tmp_path / "photos", tmp_path / "others"), "tiny", device="cpu"), paths)
    next(workflow)
    (tmp_path / "photos").rename(tmp_path / "moved")
    records = [record for event in workflow for record in event.records]
    assert len(records) == 23
    assert [record.outcome.problem for record in records[-len(others) :]] == [None] * 3
    assert {record.outcome.problem for record in records if record.outcome.problem} == {"missing"}


@pytest.mark.parametrize("broken", ["photos", "pack", "database"])
def test_what_is_unusable_is_told_before_any_work(
    broken: str, request_: ClassifyRequest, paths: Paths, tmp_path: Path
) -> None:
    errors = {"photos": SourceError, "pack": PackError, "database": StoreError}
    if broken == "photos":
        (tmp_path / "photos").rename(tmp_path / "moved")
    if broken == "pack":
        request_ = ClassifyRequest(request_.sources, pack="none")
    if broken == "database":
        paths.data.mkdir()
        paths.database.write_bytes(b"this is no database, whatever its name says" * 100)
    with pytest.raises(errors[broken]):
        next(classify_photos(request_, paths))
