from __future__ import annotations

from pathlib import Path

import pytest

from defect_desktop.cli.run import run as run_program
from tests.photos import save_photos


@pytest.fixture
def contest(tmp_path: Path) -> Path:
    photos = save_photos(tmp_path / "test", 4)
    lines = [f"TEST_{number:03d},./test/{photo.name}\n" for number, photo in enumerate(photos)]
    (tmp_path / "test.csv").write_text("id,img_path\n" + "".join(lines), encoding="utf-8")
    return tmp_path


def run(contest: Path, shelf: Path, *options: str) -> int:
    arguments = ["submit", str(shelf / "tiny"), str(contest / "test.csv"), str(contest / "out.csv")]
    data = ["--device", "cpu", "--data-dir", str(contest / "data")]
    return run_program([*arguments, *data, *options], open_window=lambda paths, overrides: 99)


def test_the_labels_are_counted_and_the_form_is_told(
    contest: Path, tiny_shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(contest, tiny_shelf) == 0
    printed = capsys.readouterr()
    assert "4 rows, no sample to check against" in printed.err
    assert sum(int(line.split()[0]) for line in printed.out.splitlines()) == 4
    assert len((contest / "out.csv").read_text(encoding="utf-8").splitlines()) == 5


def test_a_stopgap_is_told_and_gives_exit_code_1(
    contest: Path, tiny_shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (contest / "test" / "photo 0002.jpg").write_bytes(b"")
    form = "id,label\n" + "".join(f"TEST_{number:03d},x\n" for number in range(4))
    (contest / "sample_submission.csv").write_text(form, encoding="utf-8")
    assert run(contest, tiny_shelf) == 1
    printed = capsys.readouterr().err
    assert "photo 0002.jpg: The file is empty" in printed
    assert "their rows hold the commonest label" in printed and "in the form of" in printed


def test_a_form_that_does_not_fit_ends_with_a_sentence(
    contest: Path, tiny_shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (contest / "form.csv").write_text("id,label\nTEST_000,x\n", encoding="utf-8")
    assert run(contest, tiny_shelf, "--sample", str(contest / "form.csv")) == 2
    assert "has 1 rows, but the test list has 4 photos" in capsys.readouterr().err


def test_the_file_does_not_take_the_place_of_a_test_photo(
    contest: Path, tiny_shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = contest / "test" / "photo 0000.jpg"
    before = photo.read_bytes()
    arguments = ["submit", str(tiny_shelf / "tiny"), str(contest / "test.csv"), str(photo)]
    assert run_program([*arguments, "--data-dir", str(contest / "data")], open_window=lambda *_, **__: 99) == 2
    assert "name of a photo" in capsys.readouterr().err
    assert photo.read_bytes() == before
