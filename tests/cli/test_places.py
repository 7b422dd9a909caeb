"""Where the commands that read labelled photos may leave what they make: not among the classes."""

from __future__ import annotations

from pathlib import Path

import pytest

from defect_desktop.cli.run import run as run_program
from tests.training.stripes import STRIPES_ACROSS, STRIPES_DOWN, draw_data_set


def run(arguments: list[str]) -> int:
    return run_program(arguments, open_window=lambda paths, overrides: 99)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return draw_data_set(tmp_path / "data", photos=6, seed=0)


@pytest.mark.parametrize("named", [".", "train"])
@pytest.mark.parametrize("command", [("train",), ("compare",), ("tune",), ("inspect-data",)])
def test_what_would_be_taken_for_a_class_is_refused_and_not_made(
    command: tuple[str, ...],
    named: str,
    data: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    classes = data / "train"
    monkeypatch.chdir(classes if named == "." else data)
    own = [] if command == ("train",) else ["--data-dir", str(tmp_path / "kept")]
    assert run([*command, named, "--out", str(classes / "result"), *own]) == 2
    assert "would be taken for one of its classes; choose an --out outside" in capsys.readouterr().err
    assert {folder.name for folder in classes.iterdir()} == {STRIPES_ACROSS, STRIPES_DOWN}


def test_beside_the_classes_or_hidden_it_may_be(data: Path, tmp_path: Path) -> None:
    own = ["--folds", "2", "--data-dir", str(tmp_path / "kept")]
    for out in (data / "look", data / "train" / ".look", tmp_path / "look"):
        for _ in range(2):
            assert run(["inspect-data", str(data), "--out", str(out), *own]) == 0


def test_a_report_of_an_evaluation_is_no_class_either(
    data: Path, tiny_shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["evaluate", str(tiny_shelf / "tiny"), str(data), "--out", str(data / "train" / "report")]
    assert run([*arguments, "--device", "cpu", "--data-dir", str(tmp_path / "kept")]) == 2
    assert "would be taken for one of its classes" in capsys.readouterr().err
