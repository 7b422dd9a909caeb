from __future__ import annotations

import csv
import dataclasses
import errno
import json
import os
import re
import shutil
from contextlib import closing
from pathlib import Path

import pytest
import torch

from defect_desktop.errors import DataSetError, ReportError, TrainingError, UnsavedError
from defect_desktop.paths import Paths
from defect_desktop.training.comparison import comparing, speed
from defect_desktop.training.comparison.comparison import Comparison
from defect_desktop.training.learning import checkpoint
from defect_desktop.training.recipes.budget import Budget
from defect_desktop.training.recipes.presets import RECIPES
from defect_desktop.training.recipes.recipe import Recipe
from defect_desktop.workflows.compare import (
    CSV_FILE,
    JSON_FILE,
    PAGE_FILE,
    ComparisonEvent,
    ComparisonRequest,
    compare_trainings,
)
from tests.training.report.pages import assert_whole
from tests.training.stripes import STRIPES_ACROSS, STRIPES_DOWN, draw_data_set, finish

pytestmark = pytest.mark.usefixtures("no_fonts")


@pytest.fixture
def request_(data_folder: Path, tmp_path: Path, small: Recipe, monkeypatch: pytest.MonkeyPatch) -> ComparisonRequest:
    plain = dataclasses.replace(small, name="plain", mix=None)
    for recipe in (small, plain):
        monkeypatch.setitem(RECIPES, recipe.name, recipe)
    return ComparisonRequest(
        (data_folder,), tmp_path / "out", ("small", "plain"), budget=Budget(epochs=1), device="cpu"
    )


def comparison_of(request: ComparisonRequest, paths: Paths) -> tuple[list[ComparisonEvent], Comparison]:
    return finish(compare_trainings(request, paths))


def test_candidates_are_measured_alike_and_one_that_fails_costs_its_row(
    request_: ComparisonRequest, paths: Paths
) -> None:
    mixed = dataclasses.replace(request_, architectures=("test_efficientnet", "abacus"), seeds=2)
    events, found = comparison_of(mixed, paths)
    assert [bool(row.runs) for row in found.rows] == [True, True, False, False]
    assert "no network 'abacus'" in found.rows[2].problem.en
    for row in found.finished:
        assert [run.seed for run in row.runs] == [0, 1] and row.scratch and row.milliseconds > 0
        assert all(sum(each.support for each in run.classes) == len(found.parts.test.paths) for run in row.runs)
        assert all(run.networks == 2 and run.epochs == (1, 1) and run.seconds > 0 for run in row.runs)
        spread = row.spread(lambda run: run.macro_f1)
        assert spread.low <= spread.mean <= spread.high
    progress = [event.progress for event in events if " · seed " in event.doing.en]
    assert progress[-1].total > 0 and [each.done for each in progress] == sorted(each.done for each in progress)
    assert any(event.note and "abacus: failed" in event.note.en for event in events)

    page = (request_.folder / PAGE_FILE).read_text(encoding="utf-8")
    assert_whole(page)
    assert "<p>\n2 candidates were trained on" in page
    assert "Accuracy and speed" in page and "What each part is worth" not in page
    assert page.count("from scratch</span>") == 2 and "no network &#39;abacus&#39;" in page
    content = json.loads((request_.folder / JSON_FILE).read_text(encoding="utf-8"))
    assert [len(row["runs"]) for row in content["rows"]] == [2, 2, 0, 0]
    assert content["rows"][0]["runs"][0]["macro_f1"] == found.rows[0].runs[0].macro_f1
    with (request_.folder / CSV_FILE).open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert len(lines) == 5 and len({len(line) for line in lines}) == 1
    assert "F1 창틀,문틀수정" in lines[0] and "abacus" in lines[3][-3]


def test_a_class_that_nothing_measures_is_told(request_: ComparisonRequest, paths: Paths, tmp_path: Path) -> None:
    test = draw_data_set(tmp_path / "test", photos=4, seed=6)
    shutil.rmtree(test / "train" / STRIPES_DOWN)
    comparing = compare_trainings(dataclasses.replace(request_, test=test), paths)
    with closing(comparing):
        note = next(event.note for event in comparing if event.note)
    assert f"no test photos of these classes: '{STRIPES_DOWN}'" in note.en


def test_finished_runs_are_not_trained_again(request_: ComparisonRequest, paths: Paths) -> None:
    _, first = comparison_of(request_, paths)
    events, again = comparison_of(request_, paths)
    assert [row.runs for row in again.rows] == [row.runs for row in first.rows]
    assert not any(" · seed " in event.doing.en for event in events)
    more = dataclasses.replace(request_, seeds=2)
    events, both = comparison_of(more, paths)
    assert not any("· seed 0" in event.doing.en for event in events)
    assert [row.runs[0] for row in both.rows] == [row.runs[0] for row in first.rows]


def test_a_comparison_that_is_closed_goes_on_with_the_next_epoch(request_: ComparisonRequest, paths: Paths) -> None:
    one = dataclasses.replace(request_, recipes=("small",), budget=Budget(epochs=2))
    _, whole = comparison_of(dataclasses.replace(one, folder=request_.folder.with_name("whole")), paths)
    work = compare_trainings(one, paths)
    steps = 0
    while steps < 7:  # the second member's second epoch is two steps long
        event = next(work)
        steps += " · seed " in event.doing.en and event.progress.done > 0
    work.close()
    (unfinished,) = (one.folder / "runs").iterdir()
    assert {path.name for path in unfinished.iterdir()} == {"plan.json", "member-1.safetensors", "member-2.checkpoint"}
    events, found = comparison_of(one, paths)
    trained = [event.progress for event in events if " · seed " in event.doing.en and event.progress.done]
    assert trained[0].done > 0.6 * trained[0].total
    ours, theirs = found.rows[0].runs[0], whole.rows[0].runs[0]
    assert dataclasses.replace(ours, seconds=0) == dataclasses.replace(theirs, seconds=0) and ours.seconds > 0
    assert [path.suffix for path in (one.folder / "runs").iterdir()] == [".json"]


def test_a_comparison_that_is_closed_goes_on_with_the_next_run(request_: ComparisonRequest, paths: Paths) -> None:
    work = compare_trainings(request_, paths)
    while "plain" not in next(work).doing.en:
        pass
    work.close()
    assert not (request_.folder / PAGE_FILE).exists()
    events, found = comparison_of(request_, paths)
    assert {event.doing.en.split()[1] for event in events if " · seed " in event.doing.en} == {"plain"}
    assert all(row.runs for row in found.rows)


def test_what_fails_in_training_costs_its_row_and_is_tried_again(
    request_: ComparisonRequest, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = {
        RuntimeError("[enforce fail] DefaultCPUAllocator: not enough memory: you tried"): "memory is too small",
        MemoryError(): "memory is too small",
        AttributeError("no head\nat all"): r"cannot be trained \(no head\)",
        TrainingError(ko="발산", en="It diverged."): "It diverged.",
    }
    errors, real = {f"failing-{number}": error for number, error in enumerate(failures)}, comparing.train_bag
    for name in errors:
        monkeypatch.setitem(RECIPES, name, dataclasses.replace(RECIPES["small"], name=name))

    def failing(material, *rest):
        if error := errors.get(material.recipe.name):
            raise error
        return (yield from real(material, *rest))

    with monkeypatch.context() as patch:
        patch.setattr(comparing, "train_bag", failing)
        _, found = comparison_of(dataclasses.replace(request_, recipes=(*errors, "plain")), paths)
    assert [bool(row.runs) for row in found.rows] == [False] * 4 + [True]
    for row, told in zip(found.rows, failures.values(), strict=False):
        assert re.search(told, row.problem.en)
    _, mended = comparison_of(dataclasses.replace(request_, recipes=("failing-3",)), paths)
    assert mended.rows[0].runs and mended.rows[0].problem is None


def test_a_disk_that_fills_ends_it_and_room_on_the_disk_lets_it_go_on(
    request_: ComparisonRequest, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(RECIPES, "last", dataclasses.replace(RECIPES["plain"], name="last", dropout=0.2))
    three, runs = dataclasses.replace(request_, recipes=("small", "plain", "last")), request_.folder / "runs"
    real = checkpoint._flush

    def filling(path: Path) -> None:
        if any(runs.glob("*.json")):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(path)

    with monkeypatch.context() as patch:
        patch.setattr(checkpoint, "_flush", filling)
        comparing = compare_trainings(three, paths)
        with pytest.raises(UnsavedError, match="make room on the disk and run the same command again"):
            for event in comparing:
                latest = event.doing.en
    assert latest.startswith("2/3 plain ")
    assert not (request_.folder / PAGE_FILE).exists() and len(list(runs.glob("*.json"))) == 1
    events, found = comparison_of(three, paths)
    assert {event.doing.en.split()[1] for event in events if " · seed " in event.doing.en} == {"plain", "last"}
    assert all(row.runs and not row.problem for row in found.rows)


def test_a_speed_that_cannot_be_measured_costs_no_report(
    request_: ComparisonRequest, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_memory(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")

    with monkeypatch.context() as patch:
        patch.setattr(speed, "create_network", out_of_memory)
        _, found = comparison_of(request_, paths)
    page = (request_.folder / PAGE_FILE).read_text(encoding="utf-8")
    assert_whole(page)
    assert page.count("The speed could not be measured (the memory ran out)") == 2
    assert "Accuracy and speed" not in page and "No candidate" not in page
    rows = json.loads((request_.folder / JSON_FILE).read_text(encoding="utf-8"))["rows"]
    assert [(row["milliseconds"], row["problem"], len(row["runs"])) for row in rows] == [(None, None, 1)] * 2
    assert all("without training anew" in row["untimed"]["en"] for row in rows)
    lines = (request_.folder / CSV_FILE).read_text(encoding="utf-8-sig").splitlines()
    assert all("could not be measured" in line for line in lines[1:])
    _, mended = comparison_of(request_, paths)
    assert [row.runs for row in mended.rows] == [row.runs for row in found.rows]
    assert all(row.milliseconds and not row.remarks for row in mended.rows)


def test_a_class_without_test_photos_has_no_f1(request_: ComparisonRequest, paths: Paths, tmp_path: Path) -> None:
    test = draw_data_set(tmp_path / "test", photos=4, seed=6)
    shutil.rmtree(test / "train" / STRIPES_DOWN)
    _, found = comparison_of(dataclasses.replace(request_, recipes=("small",), test=test), paths)
    assert found.rows[0].class_f1(STRIPES_DOWN) is None and found.rows[0].class_f1(STRIPES_ACROSS) is not None
    page = (request_.folder / PAGE_FILE).read_text(encoding="utf-8")
    assert f'<th scope="row">{STRIPES_DOWN}</th><td class="figure">0</td><td class="figure quiet">–</td>' in page


def test_nothing_that_works_has_a_report_too(request_: ComparisonRequest, paths: Paths) -> None:
    _, found = comparison_of(dataclasses.replace(request_, recipes=("unheard of",)), paths)
    assert found.finished == () and "no training recipe" in found.rows[0].problem.en
    page = (request_.folder / PAGE_FILE).read_text(encoding="utf-8")
    assert_whole(page)
    assert "No candidate could be trained." in page


def test_an_ablation_tells_what_each_part_changes(
    request_: ComparisonRequest, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = comparing.candidates_of(("small",), (), True, Budget(epochs=1))[:2]
    monkeypatch.setattr(comparing, "candidates_of", lambda *_: few)
    _, found = comparison_of(dataclasses.replace(request_, seeds=2), paths)
    assert found.change_of(found.rows[0]) is None
    base, changed = found.rows[0].runs, found.rows[1].runs
    differences = [after.macro_f1 - before.macro_f1 for before, after in zip(base, changed, strict=True)]
    change = found.change_of(found.rows[1])
    assert (change.low, change.high) == (min(differences), max(differences))
    page = (request_.folder / PAGE_FILE).read_text(encoding="utf-8")
    assert_whole(page)
    assert ">Change<" in page and "What each part is worth" in page and "Accuracy and speed" not in page


def test_the_page_is_korean(request_: ComparisonRequest, paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEFECT_DESKTOP_LANGUAGE", "ko")
    comparison_of(dataclasses.replace(request_, recipes=("small",), ablate=False), paths)
    page = (request_.folder / PAGE_FILE).read_text(encoding="utf-8")
    assert_whole(page)
    assert "학습 비교" in page and "Weighted" not in page


def test_several_processes_are_refused(
    request_: ComparisonRequest, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORLD_SIZE", "2")
    with pytest.raises(TrainingError, match="one process"):
        next(compare_trainings(request_, paths))


def test_what_costs_more_than_a_row_ends_it(request_: ComparisonRequest, paths: Paths, tmp_path: Path) -> None:
    single = draw_data_set(tmp_path / "single", photos=1, seed=0)
    with pytest.raises(DataSetError, match="too few photos"):
        comparison_of(dataclasses.replace(request_, sources=(single,)), paths)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ReportError, match="folder for the report cannot be made"):
        comparison_of(dataclasses.replace(request_, folder=tmp_path / "file"), paths)
