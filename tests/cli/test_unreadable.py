"""What every command that trains or measures tells of its photos: those it could not read, and those it left out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from defect_desktop.cli.run import run as run_program
from tests.training.stripes import STRIPES_ACROSS, STRIPES_DOWN, draw_data_set

TRAINING = ("--side", "32", "--batch", "8", "--epochs", "1", "--members", "1", "--device", "cpu")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return draw_data_set(tmp_path / "data", photos=8, seed=0)


@pytest.fixture
def tested(tmp_path: Path, data: Path) -> Path:
    """Photos to test on, a copy of one to train on, and twelve files that are no photos."""
    folder = draw_data_set(tmp_path / "test", photos=4, seed=1)
    for number in range(12):
        (folder / "train" / STRIPES_DOWN / f"broken {number:02}.jpg").write_bytes(b"no photo")
    shutil.copy(data / "train" / STRIPES_DOWN / "2.jpg", folder / "train" / STRIPES_DOWN / "copy.jpg")
    return folder


@pytest.mark.parametrize("command", [("compare",), ("tune", "--trials", "1"), ("train",)])
def test_the_unreadable_are_counted_and_the_first_named(
    command: tuple[str, ...], data: Path, tested: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = ["--test", str(tested), "--out", str(tmp_path / "out"), "--arch", "test_efficientnet"]
    own = [] if command == ("train",) else ["--data-dir", str(tmp_path / "kept")]
    name, *more = command
    assert run([name, str(data), *more, *TRAINING, *places, *own]) == 0
    told = capsys.readouterr().err
    assert_told(told)
    assert "nearly the same as test photos: 1" in told


def test_an_evaluation_tells_them_too(
    tested: Path, tiny_shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(tested / "train" / STRIPES_ACROSS)  # the pack does not know that class
    means = ["--device", "cpu", "--data-dir", str(tmp_path / "kept")]
    assert run(["evaluate", str(tiny_shelf / "tiny"), str(tested), *means]) == 1
    assert_told(capsys.readouterr().err)


def assert_told(told: str) -> None:
    assert "Files that cannot be read as photos: 12" in told
    assert "broken 00.jpg: The file is not a photo" in told and "broken 09.jpg" in told
    assert "broken 10.jpg" not in told and "inspect-data" in told


def run(arguments: list[str]) -> int:
    return run_program(arguments, open_window=lambda paths, overrides: 99)
