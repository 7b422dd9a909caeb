from __future__ import annotations

from pathlib import Path

import pytest

from defect_desktop.errors import TrainingError
from defect_desktop.training.comparison.run import ClassF1, Run, RunFolder

RUN = Run(3, 0.8, 0.7, 0.9, 0.05, (ClassF1("창틀,문틀수정", 0.5, 4),), 2, 100, (5, 4), 1.5, "cpu")
PLAN = {"seed": 3, "recipe": {"name": "레시피"}}


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    kept = RunFolder(tmp_path / "runs")
    kept.prepare()
    return kept


def test_a_run_is_found_by_all_that_decided_it(folder: RunFolder) -> None:
    folder.keep(PLAN, RUN)
    assert folder.find(dict(reversed(PLAN.items()))) == RUN
    assert folder.find(PLAN | {"seed": 4}) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"run": {}}', '{"run": null}'])
def test_a_damaged_run_is_none(folder: RunFolder, tmp_path: Path, content: str) -> None:
    folder.keep(PLAN, RUN)
    (file,) = (tmp_path / "runs").iterdir()
    file.write_text(content)
    assert folder.find(PLAN) is None


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for attempt in (lambda kept: kept.prepare(), lambda kept: kept.keep(PLAN, RUN)):
        with pytest.raises(TrainingError, match="Results cannot be written"):
            attempt(RunFolder(tmp_path / "file" / "runs"))
