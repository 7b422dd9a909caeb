from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import IO

import pytest

from defect_desktop.errors import TrainingError
from defect_desktop.paths import Paths
from defect_desktop.training.job import alone_in
from defect_desktop.training.learning import file_lock
from defect_desktop.workflows.compare import ComparisonRequest, compare_trainings
from defect_desktop.workflows.tune import TuningRequest, tune_recipe

WORKS_ELSEWHERE = """
import sys
from pathlib import Path
from defect_desktop.training.job import alone_in
with alone_in(Path(sys.argv[1])):
    print("begun", flush=True)
    sys.stdin.read()
"""


def comparing(data: Path, folder: Path, paths: Paths) -> Generator[object, None, object]:
    return compare_trainings(ComparisonRequest((data,), folder, ("recommended",), device="cpu"), paths)


def tuning(data: Path, folder: Path, paths: Paths) -> Generator[object, None, object]:
    return tune_recipe(TuningRequest((data,), folder, trials=1, recipe="recommended", device="cpu"), paths)


@pytest.mark.parametrize("begin", [comparing, tuning])
def test_two_processes_cannot_work_in_one_folder_and_a_dead_one_keeps_nobody_off(
    begin: Callable[[Path, Path, Paths], Generator[object, None, object]],
    data_folder: Path,
    tmp_path: Path,
    paths: Paths,
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    arguments = [sys.executable, "-c", WORKS_ELSEWHERE, str(folder)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline().strip() == b"begun"
        with pytest.raises(TrainingError, match=r"at work in '.*out'; wait for its end, or choose another --out"):
            next(begin(data_folder, folder, paths))
        process.kill()
    work = begin(data_folder, folder, paths)
    next(work)
    work.close()
    assert not (folder / "lock").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no open file is deleted there")
def test_a_lock_that_its_holder_did_away_with_before_it_was_ours_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end_of_another(file: IO[bytes]) -> None:
        (tmp_path / "lock").unlink()

    monkeypatch.setattr(file_lock, "_lock", end_of_another)
    with pytest.raises(TrainingError, match="at work"), alone_in(tmp_path):
        pass
