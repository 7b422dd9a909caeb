"""`train` as a real process: from start to pack, interrupted, killed, and on two processors at once."""

from __future__ import annotations

import dataclasses
import json
import math
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

import pytest

from defect_desktop.cli.run import run
from defect_desktop.training.recipes.presets import CONTEST
from defect_desktop.vision.engine import DEVICES
from tests.training.stripes import draw_data_set

MEANS = ("--arch", "test_efficientnet", "--side", "64", "--members", "2", "--batch", "8", "--device", "cpu")


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_data_set(tmp_path_factory.mktemp("photos"), photos=20, seed=0)


def command(photos: Path, out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "defect_desktop", "train", str(photos), "--out", str(out), *MEANS, *more]


def complete(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(arguments, check=False, capture_output=True, text=True)


def card_of(pack: Path) -> dict[str, object]:
    return json.loads((pack / "card.json").read_text(encoding="utf-8"))


def hashes(pack: Path) -> list[str]:
    return [member["sha256"] for member in card_of(pack)["members"]]


def open_no_window(*_: object, **__: object) -> int:
    raise AssertionError


def start_until(arguments: list[str], file: Path) -> subprocess.Popen[str]:
    """The process, once it has written `file`."""
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not file.exists():
        time.sleep(0.01)
    assert process.poll() is None, process.communicate()[1]
    return process


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_interrupted_and_killed_a_training_comes_to_the_same_pack(photos: Path, tmp_path: Path) -> None:
    whole = complete(command(photos, tmp_path / "whole", "--epochs", "6"))
    assert whole.returncode == 0, whole.stderr
    assert "from scratch" in whole.stderr and "member 2/2 · epoch 6/6 · loss" in whole.stderr
    assert "validation macro F1" in whole.stderr and "Gain of the bag" in whole.stdout

    out = tmp_path / "cut-off"
    work = out.with_name("cut-off.training")
    process = start_until(command(photos, out, "--epochs", "6"), work / "member-1.checkpoint")
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Run the same command again" in told and "--finish" in told and "Traceback" not in told
    assert not out.exists()

    process = start_until(command(photos, out, "--epochs", "6"), work / "member-2.checkpoint")
    process.kill()
    process.communicate()
    assert not out.exists() and (work / "member-1.safetensors").exists()

    other = complete(command(photos, out, "--epochs", "7"))
    assert other.returncode == 2 and "differs in recipe" in other.stderr

    resumed = complete(command(photos, out, "--epochs", "6"))
    assert resumed.returncode == 0, resumed.stderr
    assert "member 1/2" not in resumed.stderr
    assert hashes(out) == hashes(tmp_path / "whole")
    assert card_of(out)["metrics"] == card_of(tmp_path / "whole")["metrics"]
    assert not work.exists()
    assert complete([sys.executable, "-m", "defect_desktop", "evaluate", str(out), str(photos)]).returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a name be no text")
def test_photos_may_lie_in_a_folder_whose_name_is_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unnamed = tmp_path / os.fsdecode(b"\xb8\xf0")
    folder, test = (
        draw_data_set(unnamed, photos=4, seed=0),
        draw_data_set(tmp_path / "new" / unnamed.name, photos=4, seed=6),
    )
    means = ("--test", str(test), "--epochs", "1", "--members", "1")
    assert run(command(folder, tmp_path / "pack", *means)[3:], open_no_window) == 0, capsys.readouterr().err
    assert card_of(tmp_path / "pack")["metrics"]["measured_on"]["en"].endswith(r"\udcb8\udcf0")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_an_interrupted_training_can_be_finished(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "pack"
    process = start_until(command(photos, out, "--epochs", "50"), tmp_path / "pack.training" / "member-1.checkpoint")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    finished = complete(command(photos, out, "--epochs", "50", "--finish"))
    assert finished.returncode == 0, finished.stderr
    assert len(hashes(out)) == 1 and card_of(out)["provenance"]["finished_early"] is True


@pytest.mark.slow
def test_a_training_that_diverges_keeps_the_best_so_far(photos: Path, tmp_path: Path) -> None:
    """The rate rises so far that the weight decay, meant to shrink the weights, makes them larger at every step."""
    rising = dataclasses.replace(CONTEST.schedule, learning_rate=1.0, gamma=None, warmup_epochs=10.0)
    descent = dataclasses.replace(CONTEST.descent, weight_decay=10.0)
    recipe = tmp_path / "absurd.json"
    declared = dataclasses.replace(CONTEST, name="absurd", schedule=rising, descent=descent).declaration()
    recipe.write_text(json.dumps(declared), encoding="utf-8")
    absurd = command(photos, tmp_path / "pack", "--recipe", str(recipe), "--epochs", "60")
    for _ in range(2):
        ended = complete(absurd)
        assert ended.returncode == 2 and "Traceback" not in ended.stderr
        assert "not a number" in ended.stderr and "--finish" in ended.stderr and "learning rate 1" in ended.stderr
    finished = complete([*absurd, "--finish"])
    assert finished.returncode == 0, finished.stderr
    (epochs,) = card_of(tmp_path / "pack")["provenance"]["epochs"]
    assert 1 < len(epochs) < 60 and all(math.isfinite(epoch["loss"]) for epoch in epochs)


TWO_PROCESSES = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="torchrun's local rendezvous is for POSIX")
def test_two_processes_train_one_pack(photos: Path, tmp_path: Path) -> None:
    train = command(photos, tmp_path / "pack", "--epochs", "4")[1:]
    finished = complete([*TWO_PROCESSES, *train])
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.count("Gain of the bag") == 1
    assert finished.stderr.count("Model pack:") == 1
    card = card_of(tmp_path / "pack")
    assert len(card["members"]) == 2 and card["provenance"]["processes"] == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pack"]


HELPER_DIVERGES = """
import os
from defect_desktop.__main__ import main
from defect_desktop.training.learning.learner import Learner
step = Learner.step
ruin = float("nan") if os.environ["RANK"] == "1" else 1.0
Learner.step = lambda *arguments: step(*arguments) * ruin
main()
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="torchrun's local rendezvous is for POSIX")
def test_where_one_of_two_processes_diverges_both_say_so(photos: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(HELPER_DIVERGES, encoding="utf-8")
    arguments = command(photos, tmp_path / "pack", "--epochs", "4")[3:]
    ended = complete([*TWO_PROCESSES, str(program), *arguments])
    assert ended.returncode != 0 and ended.stderr.count("The training diverged") == 2, ended.stderr


def test_a_process_that_only_helps_tells_its_own_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RANK", "1")
    assert run(command(tmp_path / "absent", tmp_path / "pack")[3:], open_no_window) == 2
    assert "absent" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kept", "sentence"),
    [(None, "Stopped before the first epoch was over"), ("member-1.checkpoint", "or with --finish")],
)
def test_only_what_has_come_to_something_is_said_to_be_finishable(
    kept: str | None,
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def interrupted(_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("defect_desktop.training.session.train_pack", interrupted)
    if kept:
        (tmp_path / "pack.training").mkdir()
        (tmp_path / "pack.training" / kept).touch()
    assert run(command(tmp_path, tmp_path / "pack")[3:], open_no_window) == 130
    assert sentence in capsys.readouterr().err.replace("\n", " ")


@pytest.mark.parametrize("out", [".", ".."])
def test_a_path_without_a_name_is_named(out: str, photos: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["train", str(photos), "--out", out], open_no_window) == 2
    assert f"'{out}' cannot be a model pack's folder name" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["train", "compare", "tune", "benchmark-training"])
def test_the_devices_that_are_offered_train(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"], open_no_window) == 0
    assert f"--device {'|'.join(DEVICES)} " in " ".join(capsys.readouterr().out.split())


def test_the_recipes_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["recipes", "contest"], open_no_window) == 0
    shown = capsys.readouterr().out
    assert "learning_rate=0.0007" in shown and "gamma=0.8" in shown and "Sampling.BALANCED" in shown
    assert run(["recipes", "unheard"], open_no_window) == 2
