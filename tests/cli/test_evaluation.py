from __future__ import annotations

from pathlib import Path

import pytest

from defect_desktop.cli.run import run as run_program
from tests.photos import save_photos


def run(arguments: list[str]) -> int:
    return run_program(arguments, open_window=lambda paths, overrides: 99)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    save_photos(tmp_path / "photos" / "훼손", 20)
    save_photos(tmp_path / "photos" / "오염", 4, start=50)
    return tmp_path / "photos"


@pytest.fixture
def arguments(photos: Path, tiny_shelf: Path, tmp_path: Path) -> list[str]:
    pack = str(tiny_shelf / "tiny")
    return ["evaluate", pack, str(photos), "--device", "cpu", "--data-dir", str(tmp_path / "data")]


def test_every_class_is_printed_and_only_evidence_gets_a_score(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*arguments, "--out", str(tmp_path / "report"), "--error-rate", "0.0005"]) == 0
    printed = capsys.readouterr()
    lines = {line.split()[0]: line for line in printed.out.splitlines() if line}
    assert lines["훼손"].split()[1] == "20" and lines["훼손"].count("0.") + lines["훼손"].count("1.") >= 4
    assert "insufficient evidence" in lines["오염"] and "0." not in lines["오염"]
    assert "Macro F1: " in printed.out and "Proposed for 0.05% wrong" in printed.out
    assert "report.html" in printed.err
    assert "at most 0.05% wrong" in (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert (tmp_path / "report" / "evaluation.json").is_file()


def test_korean_is_printed_to_koreans(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DEFECT_DESKTOP_LANGUAGE", "ko")
    assert run(arguments) == 0
    printed = capsys.readouterr().out
    assert "근거 부족" in printed and "확인 불필요" in printed and "insufficient" not in printed


def test_what_is_not_as_one_would_think_of_the_folders_is_told(
    arguments: list[str], photos: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_photos(photos / "훼손" / "1층", 2, start=80)
    save_photos(photos, 1, start=90)
    assert run(arguments) == 0
    told = capsys.readouterr().err
    assert "subfolders of class folders: 2;" in told and "beside the class folders, which take no part: 1;" in told


def test_a_photo_that_cannot_be_read_is_told_and_gives_exit_code_1(
    arguments: list[str], photos: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (photos / "훼손" / "broken.jpg").write_bytes(b"no photo")
    assert run(arguments) == 1
    assert "broken.jpg: The file is not a photo" in capsys.readouterr().err
