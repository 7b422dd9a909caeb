"""Drawing a whole practice set: layout, tables, refusals, stopping, and the same photos from several processes."""

from __future__ import annotations

import csv
import errno
from pathlib import Path

import pytest

from defect_desktop.core.taxonomy import CONTEST_CLASSES
from defect_desktop.errors import DataSetError
from defect_desktop.workflows import draw_practice_photos as workflow
from defect_desktop.workflows.draw_practice_photos import DrawRequest, DrawSummary, draw_practice_photos

SMALL = 0.05


def run(request: DrawRequest) -> tuple[list[tuple[int, int]], DrawSummary]:
    steps = []
    drawing = draw_practice_photos(request)
    while True:
        try:
            progress = next(drawing)
        except StopIteration as end:
            return steps, end.value
        steps.append((progress.done, progress.total))


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("practice") / "set"
    steps, summary = run(DrawRequest(folder=folder, train_per_class=1, test_per_class=1, megapixels=SMALL))
    assert steps == [(done, 38) for done in range(1, 39)]
    assert summary == DrawSummary(folder, 19, 19)
    return folder


def test_the_folders_are_the_contests(drawn: Path):
    assert {entry.name for entry in (drawn / "train").iterdir()} == {defect.label for defect in CONTEST_CLASSES}
    assert len(list(drawn.glob("train/*/0.jpg"))) == 19
    assert len(list(drawn.glob("test/*.jpg"))) == 19
    assert not list(drawn.rglob("*.part"))


def test_the_tables_are_the_contests_and_a_comma_in_a_label_is_no_column(drawn: Path):
    listed, form, answers = (
        rows_of(drawn / name) for name in ("test.csv", "sample_submission.csv", "test_answers.csv")
    )
    assert listed[:2] == [["id", "img_path"], ["TEST_000", "./test/000.jpg"]]
    assert form[0] == answers[0] == ["id", "label"]
    assert [row[0] for row in listed] == [row[0] for row in form] == [row[0] for row in answers]
    assert {len(row) for row in answers} == {2}
    assert "창틀,문틀수정" in {label for _, label in answers[1:]}
    assert all((drawn / path).is_file() for _, path in listed[1:])


def test_the_readme_says_in_both_languages_that_the_photos_are_drawn(drawn: Path):
    text = (drawn / "README.txt").read_text(encoding="utf-8")
    assert "실제 현장 사진이 아닙니다" in text
    assert "was drawn by Defect Desktop" in text


@pytest.mark.slow
def test_two_processes_draw_the_same_photos(drawn: Path, tmp_path: Path):
    request = DrawRequest(folder=tmp_path / "two", train_per_class=1, test_per_class=1, megapixels=SMALL, processes=2)
    run(request)
    for path in drawn.rglob("*.*"):
        assert path.read_bytes() == (request.folder / path.relative_to(drawn)).read_bytes()


def test_another_seed_draws_other_photos(drawn: Path, tmp_path: Path):
    drawing = draw_practice_photos(DrawRequest(folder=tmp_path, train_per_class=1, seed=1, megapixels=SMALL))
    next(drawing)
    drawing.close()
    (photo,) = tmp_path.glob("train/*/0.jpg")
    assert photo.read_bytes() != (drawn / photo.relative_to(tmp_path)).read_bytes()


def test_closing_stops_after_the_present_photo(tmp_path: Path):
    drawing = draw_practice_photos(DrawRequest(folder=tmp_path, train_per_class=5, megapixels=SMALL))
    for _ in range(3):
        next(drawing)
    drawing.close()
    assert len(list(tmp_path.rglob("*.jpg"))) == 3
    assert not (tmp_path / "README.txt").exists()


@pytest.mark.slow
def test_closing_stops_the_other_processes_too(tmp_path: Path):
    drawing = draw_practice_photos(DrawRequest(folder=tmp_path, train_per_class=50, megapixels=SMALL, processes=2))
    next(drawing)
    drawing.close()
    assert 0 < len(list(tmp_path.rglob("*.jpg"))) < 100


def test_a_folder_with_something_in_it_is_refused_and_left_alone(tmp_path: Path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(DataSetError, match="not empty") as caught:
        next(draw_practice_photos(DrawRequest(folder=tmp_path, train_per_class=1)))
    assert "비어 있지 않습니다" in caught.value.sentence.ko
    assert [entry.name for entry in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path):
    (tmp_path / "set").write_text("mine")
    with pytest.raises(DataSetError):
        next(draw_practice_photos(DrawRequest(folder=tmp_path / "set", train_per_class=1)))


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "full"), (errno.EACCES, "may not be written"), (errno.EIO, "cannot be written")],
)
def test_the_disks_trouble_is_said_in_a_sentence(
    number: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> bytes:
        raise OSError(number, "no")

    monkeypatch.setattr(workflow, "draw_jpeg", fail)
    with pytest.raises(DataSetError, match=words):
        next(draw_practice_photos(DrawRequest(folder=tmp_path, train_per_class=1)))


@pytest.mark.parametrize(
    "request_",
    [
        DrawRequest(folder=Path("never"), train_per_class=-1),
        DrawRequest(folder=Path("never"), train_per_class=10**9),
        DrawRequest(folder=Path("never"), train_per_class=1, test_per_class=10**9),
        DrawRequest(folder=Path("never"), seed=-1),
        DrawRequest(folder=Path("never"), processes=0),
        DrawRequest(folder=Path("never"), megapixels=1000),
    ],
)
def test_impossible_numbers_are_refused_before_anything_is_written(request_: DrawRequest):
    with pytest.raises(DataSetError):
        next(draw_practice_photos(request_))
    assert not request_.folder.exists()
