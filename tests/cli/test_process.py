"""The program as a real process: killed, interrupted, and out of disk."""

from __future__ import annotations

import csv
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.packs import write_pack
from tests.photos import save_photos

PHOTOS = 3000
KILLS = 20

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")]


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    place = tmp_path_factory.mktemp("process")
    photos = save_photos(place / "photos", PHOTOS, size=(320, 240))
    photos[3].write_bytes(b"no photo")
    pack = write_pack(place / "tiny")
    return [sys.executable, "-m", "defect_desktop", "classify", str(place / "photos"), "--pack", str(pack)]


def start(command: list[str], data: Path, *more: str) -> subprocess.Popen[str]:
    arguments = [*command, "--device", "cpu", "--data-dir", str(data), *more]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def results_in(data: Path) -> int:
    """How many results the database holds; it must open, and be sound."""
    database = data / "results.sqlite3"
    if not database.exists():
        return 0
    connection = sqlite3.connect(database)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        has_table = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'result'").fetchone()[0]
        return connection.execute("SELECT count(*) FROM result").fetchone()[0] if has_table else 0
    finally:
        connection.close()


def peak_memory(process: subprocess.Popen[bytes]) -> int:
    """The most memory the process has taken until it ended, in kB; what `wait4` tells begins with that of this one."""
    peak, status = 0, Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        told = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        peak = max(peak, *map(int, told), 0)
        time.sleep(0.05)
    return peak


def wait_for_results(process: subprocess.Popen[str], data: Path, count: int) -> None:
    while process.poll() is None and results_in(data) < count:
        time.sleep(0.02)


def test_kill_at_any_moment_loses_and_doubles_nothing(command: list[str], tmp_path: Path) -> None:
    data = tmp_path / "data"
    rng = random.Random(20261123)
    interrupted = 0
    for kill in range(KILLS):
        process = start(command, data)
        before = results_in(data)
        if kill % 4:
            # Most kills fall into the work itself, some into start-up.
            wait_for_results(process, data, before + 1)
            time.sleep(rng.uniform(0, 0.15))
        else:
            time.sleep(rng.uniform(0, 2.5))
        process.kill()
        process.communicate()
        after = results_in(data)
        assert after >= before
        interrupted += process.returncode == -signal.SIGKILL and after < PHOTOS
    assert interrupted >= KILLS * 3 // 4, "the photos were done too early for the kills to mean anything"

    target = tmp_path / "results.csv"
    process = start(command, data, "--csv", str(target))
    process.communicate()
    assert process.returncode == 1
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [Path(row.get("Path") or row["파일 경로"]).name for row in rows]
    assert names == [f"photo {number:04d}.jpg" for number in range(PHOTOS)]
    connection = sqlite3.connect(data / "results.sqlite3")
    doubled = connection.execute(
        "SELECT photo_id FROM result WHERE ai_label IS NOT NULL GROUP BY photo_id HAVING count(*) > 1"
    ).fetchall()
    connection.close()
    assert doubled == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_stops_within_two_seconds_and_keeps_what_is_done(
    command: list[str], tmp_path: Path, number: signal.Signals
) -> None:
    data = tmp_path / "data"
    process = start(command, data)
    wait_for_results(process, data, 20)
    asked = time.monotonic()
    process.send_signal(number)
    _, told = process.communicate()
    assert time.monotonic() - asked < 2
    assert process.returncode == 130
    assert "run the same command again" in told
    kept = results_in(data)
    assert 20 <= kept < PHOTOS
    connection = sqlite3.connect(data / "results.sqlite3")
    assert connection.execute("SELECT outcome FROM run").fetchall() == [("cancelled",)]
    connection.close()


def test_an_interrupt_during_start_up_ends_the_program(command: list[str], tmp_path: Path) -> None:
    process = start(command, tmp_path / "data")
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=10)
    # Python lets the signal end its process where it has come while a class was made from text; shells tell both alike.
    assert process.returncode in (130, -signal.SIGINT)
    assert "Stopped." in told and "Traceback" not in told


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_no_process_behind(tmp_path: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "defect_desktop", "demo-data", str(tmp_path / "drawn"), "--counts", "500"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not any(tmp_path.rglob("*.jpg")):
        time.sleep(0.02)
    process.send_signal(number)
    _, told = process.communicate(timeout=30)  # whoever still draws would hold the pipe open
    assert process.returncode == 130
    assert "Stopped." in told and "Traceback" not in told


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_ten_thousand_photos_take_little_more_memory_than_five_hundred(tmp_path: Path) -> None:
    pack, photos = write_pack(tmp_path / "tiny"), save_photos(tmp_path / "originals", 100, size=(320, 240))
    peaks = []
    for count in (1, 500, 10_000):  # the first only compiles the pack, which takes a process with torch
        folder = tmp_path / str(count)
        folder.mkdir()
        for number in range(count):
            os.link(photos[number % len(photos)], folder / f"photo {number:05d}.jpg")
        command = [sys.executable, "-m", "defect_desktop", "classify", str(folder), "--pack", str(pack)]
        command += ["--data-dir", str(tmp_path / "data"), "--csv", str(tmp_path / f"{count}.csv")]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        peaks.append(peak_memory(process))
        assert process.returncode == 0
    assert results_in(tmp_path / "data") == 10_501
    _, few, many = peaks
    assert many <= 1.2 * few, peaks
