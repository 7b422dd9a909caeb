"""An Optuna study in an SQLite file: opened, gone on with, or refused where it belongs to another tuning."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import optuna
from optuna.exceptions import StorageInternalError
from optuna.storages import RDBStorage
from optuna.study import Study, StudyDirection
from optuna.trial import FrozenTrial, TrialState
from sqlalchemy import NullPool
from sqlalchemy.exc import SQLAlchemyError

from defect_desktop.core.printable import printable
from defect_desktop.errors import TrainingError
from defect_desktop.language import Bilingual

STUDY_FILE = "study.sqlite3"
REASON = "reason"
"""The attribute of a trial that failed by itself; one that was cut off has none, and does not count."""

_PATIENCE_SECONDS = 30.0
_NAME = "defect-desktop"
_PLAN = "plan"
_PARTS = {
    "recipe": Bilingual(ko="레시피나 예산", en="recipe or budget"),
    "photos": Bilingual(ko="사진이나 나눔", en="photos or split"),
    "start": Bilingual(ko="시작 가중치", en="starting weights"),
    "seed": Bilingual(ko="시드", en="seed"),
    "space": Bilingual(ko="탐색 범위", en="search space"),
}
"""What a plan holds, in words."""


@contextmanager
def open_study(folder: Path, plan: dict[str, object]) -> Iterator[Study]:
    """The study in `folder`, new or gone on with; `plan` holds plain values under the names in `_PARTS`.

    Its pruner stops what is worse than the median of the trials before it at the same epoch; its sampler's seed
    follows from the plan's and from how many trials there are. Trials that an earlier process left unfinished are
    given up. Raises TrainingError where the study is another's, or its file cannot be used.
    """
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    file = folder / STUDY_FILE
    try:
        # By its path and not in a URL, where a folder's name may mean something else.
        connect = partial(sqlite3.connect, file, timeout=_PATIENCE_SECONDS, check_same_thread=False)
        storage = RDBStorage("sqlite://", engine_kwargs={"creator": connect, "poolclass": NullPool})
    except SQLAlchemyError as error:
        raise _unusable(file) from error
    try:
        study = optuna.create_study(
            storage=storage, study_name=_NAME, direction=StudyDirection.MAXIMIZE, load_if_exists=True
        )
        _take_up(study, folder, plan)
        yield study
    except (SQLAlchemyError, StorageInternalError) as error:  # the latter is what Optuna makes of the former
        raise _unusable(file) from error
    finally:
        storage.remove_session()
        storage.engine.dispose()


def finished_trials(study: Study) -> list[FrozenTrial]:
    """The trials that count: complete, pruned, or failed for a reason of their own. By number."""
    counted = (TrialState.COMPLETE, TrialState.PRUNED)
    return [trial for trial in study.get_trials(deepcopy=False) if trial.state in counted or REASON in trial.user_attrs]


def complete_trials(study: Study) -> list[FrozenTrial]:
    """The trials that were trained to their end."""
    return study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))


def waiting_trials(study: Study) -> list[FrozenTrial]:
    """The trials that are asked for and not begun."""
    return study.get_trials(deepcopy=False, states=(TrialState.WAITING,))


def best_trial(study: Study) -> FrozenTrial | None:
    """The complete trial with the best validation, of equals the first; None without any."""
    return max(complete_trials(study), key=lambda trial: (trial.value or 0.0, -trial.number), default=None)


def _take_up(study: Study, folder: Path, plan: dict[str, object]) -> None:
    wanted = json.loads(json.dumps(plan))
    found = study.user_attrs.get(_PLAN)
    if found is None:
        study.set_user_attr(_PLAN, wanted)
    elif found != wanted:
        raise _anothers(folder, found, wanted)
    for trial in study.get_trials(deepcopy=False, states=(TrialState.RUNNING,)):
        study.tell(trial.number, state=TrialState.FAIL)
    seed = int(wanted["seed"]) + len(study.get_trials(deepcopy=False))
    study.sampler = optuna.samplers.TPESampler(seed=seed)
    study.pruner = optuna.pruners.MedianPruner(n_startup_trials=4, n_warmup_steps=2)  # the first epoch says little


def _anothers(folder: Path, found: dict[str, object], wanted: dict[str, object]) -> TrainingError:
    others = [words for part, words in _PARTS.items() if found.get(part) != wanted[part]]
    ko, en = ", ".join(each.ko for each in others), ", ".join(each.en for each in others)
    return TrainingError(
        ko=f"'{printable(folder)}'에 다른 조건의 탐색이 있습니다(다른 점: {ko}). 처음 명령 그대로 다시 실행하거나 "
        "--out을 바꾸세요.",
        en=f"'{printable(folder)}' holds a tuning that differs in {en}; repeat its command as it was, or choose "
        "another --out.",
    )


def _unusable(file: Path) -> TrainingError:
    return TrainingError(
        ko=f"탐색 기록 '{printable(file)}'을(를) 읽거나 쓸 수 없습니다. 권한과 디스크 공간을 "
        "확인하거나 --out을 바꾸세요.",
        en=f"The record of the tuning, '{printable(file)}', cannot be read or written; check its permissions and the "
        "free space, or choose another --out.",
    )
