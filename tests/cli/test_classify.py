from __future__ import annotations

import csv
import json
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest

from defect_desktop.cli.run import run as run_program
from defect_desktop.paths import Paths
from tests.packs import write_pack
from tests.photos import save_photos


def open_nothing(
    paths: Paths, overrides: Mapping[str, object], sources: tuple[Path, ...] = (), *, briefly: bool = False
) -> int:
    assert not overrides and not briefly
    return 99 - len(sources)


def run(arguments: list[str]) -> int:
    return run_program(arguments, open_window=open_nothing)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pack(tmp_path_factory.mktemp("packs") / "tiny")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    save_photos(tmp_path / "현장 사진" / "101동", 7)
    return tmp_path / "현장 사진"


@pytest.fixture
def options(tmp_path: Path, shelf: Path) -> list[str]:
    return ["--pack", str(shelf), "--device", "cpu", "--data-dir", str(tmp_path / "data")]


def rows_of(path: Path) -> list[dict[str, str]]:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(content.decode("utf-8-sig").splitlines()))


def test_a_folder_goes_in_and_a_csv_comes_out(photos: Path, options: list[str], tmp_path: Path) -> None:
    target = tmp_path / "results.csv"
    assert run(["classify", str(photos), "--csv", str(target), *options]) == 0
    rows = rows_of(target)
    assert [Path(row["Path"]).name for row in rows] == [f"photo {number:04d}.jpg" for number in range(7)]
    for row in rows:
        assert 0 < float(row["Confidence"]) <= 1
        assert row["Engine"] == "openvino"
        assert row["Device"] == "cpu"


def test_failures_are_rows_and_give_exit_code_1(
    photos: Path, options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (photos / "broken.jpg").write_bytes(b"no photo")
    target = tmp_path / "results.csv"
    assert run(["classify", str(photos), "--csv", str(target), *options]) == 1
    rows = rows_of(target)
    assert len(rows) == 8
    (failed,) = [row for row in rows if row["Status"] == "Failed"]
    assert failed["Failure code"] == "not_an_image"
    printed = capsys.readouterr()
    assert "broken.jpg: The file is not a photo in a known format" in printed.err
    assert "8 photos" in printed.out


def test_a_second_run_does_only_what_is_new(
    photos: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["classify", str(photos), "--json", *options]) == 0
    first = json.loads(capsys.readouterr().out)
    save_photos(photos / "102동", 2, start=50)
    assert run(["classify", str(photos), "--json", *options]) == 0
    second = json.loads(capsys.readouterr().out)
    assert second["summary"]["done_before"] == 7
    assert second["summary"]["total"] == len(second["photos"]) == 9
    assert second["photos"][:7] == first["photos"]


def test_again_does_everything_again(photos: Path, options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["classify", str(photos), *options]) == 0
    capsys.readouterr()
    assert run(["classify", str(photos), "--json", "--again", *options]) == 0
    second = json.loads(capsys.readouterr().out)
    assert second["summary"]["done_before"] == 0
    assert {photo["run"]["id"] for photo in second["photos"]} == {2}


def test_a_changed_photo_is_classified_again(
    photos: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["classify", str(photos), *options]) == 0
    changed = save_photos(photos / "101동", 1, start=3, size=(200, 120))[0]
    capsys.readouterr()
    assert run(["classify", str(photos), "--json", *options]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert summary["summary"]["done_before"] == 6
    (row,) = [photo for photo in summary["photos"] if photo["run"]["id"] == 2]
    assert row["path"] == str(changed)


def test_another_pack_classifies_everything(
    photos: Path, options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = write_pack(tmp_path / "other", members=1)
    assert run(["classify", str(photos), *options]) == 0
    capsys.readouterr()
    assert run(["classify", str(photos), "--json", *options, "--pack", str(other)]) == 0
    assert json.loads(capsys.readouterr().out)["summary"]["done_before"] == 0


def test_export_writes_the_newest_result_of_every_photo(photos: Path, options: list[str], tmp_path: Path) -> None:
    target, data = tmp_path / "all.csv", ["--data-dir", str(tmp_path / "data")]
    run(["classify", str(photos), *options])
    run(["classify", str(photos), "--again", *options])
    assert run(["export", "--csv", str(target), *data]) == 0
    assert [row["Run"] for row in rows_of(target)] == ["2"] * 7
    assert run(["export", "--csv", str(target), "--run", "1", *data]) == 0
    assert [row["Run"] for row in rows_of(target)] == ["1"] * 7


def test_a_dash_is_the_standard_output(
    photos: Path, options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    target, data = tmp_path / "all.csv", ["--data-dir", str(tmp_path / "data")]
    assert run(["classify", str(photos), "--csv", "-", *options]) == 0
    classified = capfdbinary.readouterr()
    assert run(["export", "--csv", "-", *data]) == 0
    assert run(["export", "--csv", str(target), *data]) == 0
    assert classified.out == capfdbinary.readouterr().out == target.read_bytes()
    assert b"7 photos" in classified.err
    assert run(["classify", str(photos), "--csv", "-", "--json", *options]) == 2
    assert not (tmp_path / "-").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps names as text")
def test_a_name_that_is_no_text_is_classified_and_found_again(
    photos: Path, options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = save_photos(tmp_path / "one", 1)[0]
    (photos / os.fsdecode(b"caf\xe9.jpg")).write_bytes(original.read_bytes())
    target = tmp_path / "results.csv"
    for _ in range(2):
        assert run(["classify", str(photos), "--csv", str(target), *options]) == 0
    assert "8 of 8 photos are done already" in capsys.readouterr().err
    assert len(rows_of(target)) == 8


@pytest.mark.parametrize("language", ["ko", "en"])
def test_both_languages(
    language: str, photos: Path, options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("DEFECT_DESKTOP_LANGUAGE", language)
    target = tmp_path / "results.csv"
    assert run(["classify", str(photos), "--csv", str(target), *options]) == 0
    korean = any("가" <= letter <= "힣" for letter in capsys.readouterr().err.replace("현장 사진", ""))
    assert korean == (language == "ko")
    assert ("확신도" in target.read_text(encoding="utf-8-sig").splitlines()[0]) == (language == "ko")


def sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert run(arguments) == 2
    return capsys.readouterr().err


def test_what_cannot_run_says_why(
    photos: Path, options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "does not exist" in sentence(["classify", str(tmp_path / "no"), *options], capsys)
    assert "no photos there" in sentence(["classify", str(empty), *options], capsys)
    assert "no model pack 'none'" in sentence(["classify", str(photos), *options, "--pack", "none"], capsys)
    assert "no engine 'x'" in sentence(["classify", str(photos), *options, "--engine", "x"], capsys)
    assert "csv" in sentence(["classify", str(photos), *options, "--csv", str(tmp_path / "no" / "a.csv")], capsys)


@pytest.mark.parametrize("empty", ["", "--data-dir="])
def test_what_an_unset_variable_leaves_is_not_the_working_folder(
    empty: str, photos: Path, options: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(photos)
    assert "is empty" in sentence(["classify", ".", *options, empty], capsys)
    assert [each.name for each in photos.iterdir()] == ["101동"]


def test_an_unwritable_csv_is_noticed_before_the_work(photos: Path, options: list[str], tmp_path: Path) -> None:
    assert run(["classify", str(photos), *options, "--csv", str(tmp_path)]) == 2
    assert not (tmp_path / "data" / "results.sqlite3").exists()


def test_no_report_takes_the_place_of_a_photo(
    photos: Path, options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["classify", str(photos), *options])
    first, *others = map(str, sorted(photos.rglob("*.jpg")))  # as a shell spells out `--csv *.jpg`
    before = Path(first).read_bytes()
    assert "name of a photo" in sentence(["classify", "--csv", first, *others, *options], capsys)
    assert "name of a photo" in sentence(["export", "--csv", first, "--data-dir", str(tmp_path / "data")], capsys)
    assert Path(first).read_bytes() == before


def test_a_newer_database_is_refused_untouched(
    photos: Path, options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["classify", str(photos), *options])
    database = tmp_path / "data" / "results.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'from_the_future'")
    connection.close()
    before = database.read_bytes()
    capsys.readouterr()
    assert "newer" in sentence(["classify", str(photos), *options], capsys)
    assert database.read_bytes() == before


def test_a_bug_of_ours_is_logged_with_its_traceback(
    photos: Path,
    options: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("defect_desktop.workflows.classify_photos.find_photos", broken)
    assert "unexpected" in sentence(["classify", str(photos), *options], capsys)
    log = (tmp_path / "data" / "logs" / "defect-desktop.log").read_text(encoding="utf-8")
    assert "Traceback" in log
    assert "ZeroDivisionError: a bug" in log


def test_models_are_listed_and_verified(shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    models = tmp_path / "data" / "models"
    write_pack(models / "good", members=1)
    write_pack(models / "bad", members=1)
    (models / "bad" / "member-1.safetensors").write_bytes(b"other")
    data = ["--data-dir", str(tmp_path / "data")]
    assert run(["models", "list", *data]) == 0
    assert "good" in capsys.readouterr().out
    assert run(["models", "verify", "good", *data]) == 0
    assert run(["models", "verify", "bad", *data]) == 2
    assert "changed or damaged" in capsys.readouterr().err


def test_the_window_opens(tmp_path: Path) -> None:
    assert run(["window", "--data-dir", str(tmp_path)]) == 99
    assert run(["window", "--data-dir", str(tmp_path), "photos", "more"]) == 97


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("defect-desktop 0.")
