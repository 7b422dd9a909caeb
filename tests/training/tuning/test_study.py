from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import optuna
import pytest
from optuna.distributions import FloatDistribution
from optuna.trial import TrialState

from defect_desktop.cli.options import GREATEST_SEED
from defect_desktop.errors import TrainingError
from defect_desktop.training.tuning.study import REASON, STUDY_FILE, best_trial, finished_trials, open_study

PLAN: dict[str, object] = {"recipe": {"name": "small"}, "photos": "abc", "start": "", "seed": 0, "space": {"x": (0, 1)}}
RANGE = {"x": FloatDistribution(0, 1)}


@pytest.mark.parametrize("name", ["plain", "벽 사진 100%25#1&mode=ro" + "?mode=ro" * (os.name == "posix")])
def test_a_study_goes_on_in_any_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    for number in range(3):
        with open_study(folder, PLAN) as study:
            assert [trial.number for trial in finished_trials(study)] == list(range(number))
            study.tell(study.ask(RANGE), 1 / (number + 1))
            assert best_trial(study).number == 0
    assert [file.name for file in folder.iterdir()] == [STUDY_FILE]


def test_the_greatest_seed_searches_on(tmp_path: Path) -> None:
    for number in range(2):
        with open_study(tmp_path, PLAN | {"seed": GREATEST_SEED}) as study:
            assert study.ask(RANGE).number == number


def test_what_was_cut_off_is_given_up_and_does_not_count(tmp_path: Path) -> None:
    with open_study(tmp_path, PLAN) as study:
        study.ask(RANGE)
        diverged = study.ask(RANGE)
        diverged.set_user_attr(REASON, {"ko": "발산", "en": "diverged"})
        study.tell(diverged, state=TrialState.FAIL)
    with open_study(tmp_path, PLAN) as study:
        assert [trial.state for trial in study.get_trials()] == [TrialState.FAIL] * 2
        assert [trial.number for trial in finished_trials(study)] == [1]
        assert best_trial(study) is None


def test_the_same_seed_searches_alike_wherever_it_stopped(tmp_path: Path) -> None:
    drawn = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        with open_study(folder, PLAN) as study:
            drawn.append(study.ask(RANGE).params["x"])
    assert drawn[0] == drawn[1]
    with open_study(tmp_path / "one", PLAN) as study:
        assert study.ask(RANGE).params["x"] != drawn[0]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"photos": "xyz"}, "photos or split"),
        ({"recipe": {"name": "other"}}, "recipe or budget"),
        ({"seed": 1, "start": "f"}, "starting weights, seed"),
        ({"space": {}}, "search space"),
    ],
)
def test_another_tuning_is_refused(tmp_path: Path, changes: dict[str, object], named: str) -> None:
    with open_study(tmp_path, PLAN):
        pass
    with (
        pytest.raises(TrainingError, match=f"differs in {named}; repeat its command"),
        open_study(tmp_path, PLAN | changes),
    ):
        pass


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / STUDY_FILE).write_bytes(b"no database at all" * 100)
    with pytest.raises(TrainingError, match="cannot be read or written"), open_study(tmp_path, PLAN):
        pass


def test_a_file_that_another_program_locks_in_the_middle_of_a_search_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("defect_desktop.training.tuning.study._PATIENCE_SECONDS", 0.1)
    with (
        closing(sqlite3.connect(tmp_path / STUDY_FILE)) as other,
        pytest.raises(TrainingError, match="cannot be read or written"),
        open_study(tmp_path, PLAN) as study,
    ):
        other.execute("BEGIN EXCLUSIVE")
        study.ask(RANGE)


def test_optuna_is_quiet(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with open_study(tmp_path, PLAN) as study:
        study.tell(study.ask(RANGE), 1.0)
    assert capfd.readouterr().err == ""
    assert optuna.logging.get_verbosity() == optuna.logging.WARNING
