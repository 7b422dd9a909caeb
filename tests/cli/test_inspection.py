from __future__ import annotations

from pathlib import Path

import pytest

from defect_desktop.cli.options import GREATEST_SEED
from defect_desktop.cli.run import run
from tests.training.stripes import STRIPES_DOWN, draw_data_set


def no_window(_: object) -> int:
    raise AssertionError("no window was asked for")


def test_the_counts_are_printed_and_broken_files_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photos = draw_data_set(tmp_path / "photos", photos=6, seed=0)
    (photos / "train" / STRIPES_DOWN / "broken.jpg").write_bytes(b"no photo")
    (photos / "train" / "loose.jpg").write_bytes(b"anything")
    out = tmp_path / "out"
    arguments = ["inspect-data", str(photos), "--out", str(out), "--folds", "2", "--data-dir", str(tmp_path / "data")]
    arguments += ["--seed", str(GREATEST_SEED)]
    assert run(arguments, no_window) == 0
    printed = capsys.readouterr()
    assert "Photos: 12" in printed.out and "Label conflicts: 0" in printed.out
    assert "beside the class folders, which take no part: 1;" in printed.err
    assert "broken.jpg: The file is not a photo" in printed.err and str(out / "report.html") in printed.err


def test_labels_that_were_not_judged_are_not_told_to_be_without_doubts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photos = draw_data_set(tmp_path / "photos", photos=3, seed=0)
    out, data = str(tmp_path / "out"), str(tmp_path / "data")
    assert run(["inspect-data", str(photos), "--out", out, "--folds", "0", "--data-dir", data], no_window) == 0
    assert "Doubted labels: The labels were not judged" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["inspect-data", "train", "tune"])
def test_a_seed_that_no_library_takes_is_refused_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    arguments = [name, str(tmp_path), "--out", str(tmp_path / "out"), "--seed", str(2**32)]
    assert run(arguments, no_window) == 2
    assert "--seed" in capsys.readouterr().err


def test_what_the_user_can_mend_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "labels.csv"
    table.write_text("path,name\na.jpg,훼손\n", encoding="utf-8")
    arguments = ["inspect-data", str(table), "--out", str(tmp_path / "out"), "--data-dir", str(tmp_path / "data")]
    assert run(arguments, no_window) == 2
    assert "no column for the label; name it 'label'" in capsys.readouterr().err


def test_a_path_that_no_file_can_have_costs_its_photo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photos = draw_data_set(tmp_path / "photos", photos=6, seed=0)
    listed = [(path.relative_to(tmp_path).as_posix(), path.parent.name) for path in photos.glob("train/*/*")]
    rows = [f'"{path}","{label}"\n' for path, label in [*listed, ("photos/a\0b.jpg", STRIPES_DOWN)]]
    table = tmp_path / "labels.csv"
    table.write_text("".join(["path,label\n", *rows]), encoding="utf-8")
    arguments = ["inspect-data", str(table), "--out", str(tmp_path / "out"), "--folds", "2"]
    assert run([*arguments, "--data-dir", str(tmp_path / "data")], no_window) == 0
    printed = capsys.readouterr()
    assert "Photos: 12" in printed.out and "b.jpg: The file is gone" in printed.err
