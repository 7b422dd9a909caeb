"""`compare` and `tune` as real processes: to their end, interrupted, and killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.training.stripes import draw_data_set

MEANS = ("--side", "64", "--batch", "8", "--device", "cpu")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")]


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_data_set(tmp_path_factory.mktemp("photos"), photos=20, seed=0)


def command(name: str, photos: Path, out: Path, *more: str) -> list[str]:
    data = ("--data-dir", str(out.with_name("data")))
    return [sys.executable, "-m", "defect_desktop", name, str(photos), "--out", str(out), *MEANS, *data, *more]


def complete(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(arguments, check=False, capture_output=True, text=True)


def stop_when(arguments: list[str], reached: Callable[[], bool], number: signal.Signals) -> tuple[int, str]:
    """Runs a process until `reached`, sends it the signal; its exit code and what it told."""
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not reached():
        time.sleep(0.01)
    assert process.poll() is None, process.communicate()[1]
    process.send_signal(number)
    told = process.communicate(timeout=30)[1]
    return process.returncode, told


def test_a_comparison_goes_on_after_an_interrupt_and_a_kill(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    networks = ("--arch", "test_efficientnet", "--arch", "test_vit", "--arch", "abacus")
    compare = command("compare", photos, out, *networks, "--epochs", "8", "--members", "1", "--seeds", "2")

    def kept() -> int:
        return len(list((out / "runs").glob("*.json")))

    code, told = stop_when(compare, lambda: kept() >= 1, signal.SIGINT)
    assert code == 130 and "run the same command again" in told and "Traceback" not in told
    code, _ = stop_when(compare, lambda: kept() >= 2, signal.SIGKILL)
    assert code == -signal.SIGKILL and kept() < 4 and not (out / "comparison.html").exists()
    times = {file: file.stat().st_mtime_ns for file in (out / "runs").glob("*.json")}

    finished = complete(compare)
    assert finished.returncode == 1, finished.stderr
    assert "no network 'abacus'" in finished.stdout and "test_vit *" in finished.stdout
    assert "trained from scratch" in finished.stderr and "F1 of every class" in finished.stdout
    assert kept() == 4 and all(file.stat().st_mtime_ns == before for file, before in times.items())
    rows = json.loads((out / "comparison.json").read_text(encoding="utf-8"))["rows"]
    assert [len(row["runs"]) for row in rows] == [2, 2, 0]


def test_a_tuning_goes_on_after_an_interrupt_and_a_kill_and_its_recipe_trains(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    tune = command("tune", photos, out, "--arch", "test_efficientnet", "--epochs", "3", "--trials", "5")
    recipe = out / "best-recipe.json"
    code, told = stop_when(tune, recipe.exists, signal.SIGINT)
    assert code == 130 and "Finished trials are kept" in told and "Traceback" not in told

    process = subprocess.Popen(tune, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    first = process.stderr.readline()
    process.kill()
    process.communicate()
    assert first.startswith("trial 2"), first

    other = complete([*tune, "--batch", "4"])
    assert other.returncode == 2 and "differs in recipe or budget" in other.stderr

    finished = complete(tune)
    assert finished.returncode == 0, finished.stderr
    assert "trial 1:" not in finished.stderr and "trial 5:" in finished.stderr
    assert "Trials: 5" in finished.stdout and (out / "tuning.html").is_file()
    pack = tmp_path / "pack"
    means = ("--recipe", str(recipe), "--members", "1", "--device", "cpu")
    trained = complete([sys.executable, "-m", "defect_desktop", "train", str(photos), "--out", str(pack), *means])
    assert trained.returncode == 0, trained.stderr
    card = json.loads((pack / "card.json").read_text(encoding="utf-8"))
    assert card["provenance"]["recipe"]["name"] == "recommended-tuned"
    assert card["architecture"] == "test_efficientnet"
