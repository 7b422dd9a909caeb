from __future__ import annotations

import dataclasses
import json
import re
import shutil
from contextlib import closing
from itertools import cycle
from pathlib import Path
from statistics import fmean
from types import SimpleNamespace

import matplotlib as mpl
import pytest
from optuna.trial import TrialState

from defect_desktop.errors import ReportError, TrainingError, UserError
from defect_desktop.paths import Paths
from defect_desktop.training.learning.lesson import EpochRecord
from defect_desktop.training.recipes.budget import Budget
from defect_desktop.training.recipes.presets import RECIPES, recipe_named
from defect_desktop.training.recipes.recipe import Recipe
from defect_desktop.training.tuning import tuning
from defect_desktop.training.tuning.space import settings_of
from defect_desktop.training.tuning.tuning import TEST_MACRO_F1, Tuning
from defect_desktop.workflows.tune import PAGE_FILE, RECIPE_FILE, TuningEvent, TuningRequest, tune_recipe
from tests.training.report.pages import assert_whole
from tests.training.stripes import STRIPES_DOWN, draw_data_set, finish

pytestmark = pytest.mark.usefixtures("no_fonts")


@pytest.fixture
def request_(data_folder: Path, tmp_path: Path, small: Recipe, monkeypatch: pytest.MonkeyPatch) -> TuningRequest:
    monkeypatch.setitem(RECIPES, small.name, small)
    return TuningRequest(
        (data_folder,), tmp_path / "tuned", trials=3, recipe="small", budget=Budget(epochs=2), device="cpu"
    )


def tuning_of(request: TuningRequest, paths: Paths) -> tuple[list[TuningEvent], Tuning]:
    return finish(tune_recipe(request, paths))


def test_the_best_trial_becomes_a_recipe_to_train_with(request_: TuningRequest, paths: Paths, small: Recipe) -> None:
    before = dict(mpl.rcParams)
    events, found = tuning_of(request_, paths)
    assert dict(mpl.rcParams) == before
    assert len(found.trials) == 3 and found.best.value == max(trial.value or 0 for trial in found.trials)
    assert found.trials[0].params == settings_of(small)
    assert all(0 <= trial.user_attrs[TEST_MACRO_F1] <= 1 for trial in found.trials if trial.state.name == "COMPLETE")
    progress = [event.progress for event in events if event.doing.en.startswith("trial")]
    assert progress[-1].done == progress[-1].total == 6
    assert [each.done for each in progress] == sorted(each.done for each in progress)

    recipe = recipe_named(str(request_.folder / RECIPE_FILE))
    assert recipe == found.recipe and recipe.name == "small-tuned"
    written = json.loads((request_.folder / RECIPE_FILE).read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(found.recipe.declaration()))
    assert settings_of(recipe) == found.best.params
    assert recipe.bag == small.bag and found.base.bag.members == 1 and recipe.schedule.epochs == 2
    page = (request_.folder / PAGE_FILE).read_text(encoding="utf-8")
    assert_whole(page)
    assert "Learning rate" in page and "--recipe best-recipe.json" in page and page.count("<svg") >= 3


def test_trials_that_differ_by_rounding_alone_say_nothing_of_what_matters(
    request_: TuningRequest, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = cycle([fmean([0.1, 0.2, 0.3]), (0.3 + 0.2 + 0.1) / 3, (0.1 + 0.2 + 0.3) / 3])
    monkeypatch.setattr(tuning, "score_bag", lambda *_: SimpleNamespace(macro_f1=next(orders)))
    _, found = tuning_of(request_, paths)
    assert len({trial.value for trial in found.trials}) > 1 and found.importances == {}
    assert "There are too few trials to tell." in (request_.folder / PAGE_FILE).read_text(encoding="utf-8")


def test_no_weight_decay_is_told_as_none(
    request_: TuningRequest, paths: Paths, small: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search, whose range of it is logarithmic, knows no 0."""
    without = dataclasses.replace(small, name="without", descent=dataclasses.replace(small.descent, weight_decay=0.0))
    monkeypatch.setitem(RECIPES, without.name, without)
    one = dataclasses.replace(request_, recipe=without.name, trials=1)
    _, found = tuning_of(one, paths)
    assert recipe_named(str(one.folder / RECIPE_FILE)).descent.weight_decay == found.base.descent.weight_decay == 0
    page = (one.folder / PAGE_FILE).read_text(encoding="utf-8")
    assert '<th scope="row">Weight decay</th><td class="figure">0</td><td class="figure">0</td>' in page
    (row,) = re.findall(r'<tr><th scope="row">1 <span.*?</tr>', page, re.DOTALL)
    assert re.findall(r'<td class="figure">([^<]*)</td>', row)[2:4] == ["0.005", "0"]


def test_the_same_request_goes_on_and_reports_at_once_when_it_is_done(request_: TuningRequest, paths: Paths) -> None:
    _, two = tuning_of(dataclasses.replace(request_, trials=2), paths)
    events, three = tuning_of(request_, paths)
    assert {event.doing.en.split(" ·")[0] for event in events if event.doing.en.startswith("trial")} == {"trial 3/3"}
    assert [trial.params for trial in three.trials[:2]] == [trial.params for trial in two.trials]
    (request_.folder / RECIPE_FILE).unlink()
    events, again = tuning_of(request_, paths)
    assert not any(event.doing.en.startswith("trial") for event in events)
    assert again.best == three.best and (request_.folder / RECIPE_FILE).is_file()


def test_a_search_that_is_closed_keeps_its_trials_and_its_best_recipe(request_: TuningRequest, paths: Paths) -> None:
    work = tune_recipe(request_, paths)
    for event in work:
        if event.doing.en.startswith("trial 2/"):
            break
    work.close()
    assert (request_.folder / RECIPE_FILE).is_file() and not (request_.folder / PAGE_FILE).exists()
    _, found = tuning_of(dataclasses.replace(request_, trials=1), paths)
    assert [trial.number for trial in found.trials] == [0]


def test_a_first_trial_that_is_cut_off_is_the_first_again(request_: TuningRequest, paths: Paths, small: Recipe) -> None:
    work = tune_recipe(request_, paths)
    for event in work:
        if event.doing.en.startswith("trial 1/"):
            break
    work.close()
    _, found = tuning_of(dataclasses.replace(request_, trials=1), paths)
    assert found.trials[0].params == settings_of(small) and found.trials[0].number > 0


def test_other_photos_or_another_budget_are_refused(request_: TuningRequest, paths: Paths, tmp_path: Path) -> None:
    tuning_of(dataclasses.replace(request_, trials=1), paths)
    with pytest.raises(TrainingError, match="differs in recipe or budget"):
        tuning_of(dataclasses.replace(request_, budget=Budget(epochs=3)), paths)
    other = draw_data_set(tmp_path / "other", photos=8, seed=5)
    with pytest.raises(TrainingError, match="differs in photos or split"):
        tuning_of(dataclasses.replace(request_, sources=(other,)), paths)
    with pytest.raises(UserError, match="no training recipe"):
        tuning_of(dataclasses.replace(request_, recipe="unheard of"), paths)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ReportError, match="folder for the report cannot be made"):
        tuning_of(dataclasses.replace(request_, folder=tmp_path / "file"), paths)


def test_a_class_that_nothing_measures_is_told(request_: TuningRequest, paths: Paths, tmp_path: Path) -> None:
    test = draw_data_set(tmp_path / "test", photos=4, seed=6)
    shutil.rmtree(test / "train" / STRIPES_DOWN)
    with closing(tune_recipe(dataclasses.replace(request_, test=test), paths)) as search:
        note = next(event.note for event in search if event.note)
    assert f"no test photos of these classes: '{STRIPES_DOWN}'" in note.en


def test_several_processes_are_refused(request_: TuningRequest, paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORLD_SIZE", "2")
    with pytest.raises(TrainingError, match="one process"):
        next(tune_recipe(request_, paths))


def test_a_trial_that_lags_behind_is_given_up_and_one_that_diverges_is_told(
    request_: TuningRequest, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first four trials learn; the fifth does not, and the sixth breaks."""
    real, begun, closed = tuning.train_bag, [], []

    def made_worse(material, *rest):
        begun.append(material)
        if len(begun) == 6:
            raise TrainingError(ko="발산", en="It diverged.")
        try:
            work = real(material, *rest)
            while True:
                try:
                    moment = next(work)
                except StopIteration as finished:
                    return finished.value
                if record := moment.step.record:
                    f1 = 0.0 if len(begun) == 5 else 0.5
                    step = dataclasses.replace(moment.step, record=EpochRecord(record.number, record.loss, f1, f1))
                    moment = dataclasses.replace(moment, step=step)
                yield moment
        except GeneratorExit:
            closed.append(len(begun))
            raise

    monkeypatch.setattr(tuning, "train_bag", made_worse)
    events, found = tuning_of(dataclasses.replace(request_, trials=6, budget=Budget(epochs=4)), paths)
    states = [trial.state for trial in found.trials]
    assert states == [TrialState.COMPLETE] * 4 + [TrialState.PRUNED, TrialState.FAIL]
    assert closed == [5] and len(found.trials[4].intermediate_values) == 2
    notes = [event.note.en for event in events if event.note]
    assert notes[4:] == ["trial 5: given up, it lagged behind", "trial 6: failed - It diverged."]
    page = (request_.folder / PAGE_FILE).read_text(encoding="utf-8")
    assert "It diverged." in page and "given up, it lagged behind" in page


def test_nothing_complete_has_a_report_and_no_recipe(
    request_: TuningRequest, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def diverging(*_):
        raise TrainingError(ko="발산", en="It diverged.")
        yield

    monkeypatch.setattr(tuning, "train_bag", diverging)
    monkeypatch.setenv("DEFECT_DESKTOP_LANGUAGE", "ko")
    _, found = tuning_of(dataclasses.replace(request_, trials=2), paths)
    assert found.best is None and found.recipe == found.base and not (request_.folder / RECIPE_FILE).exists()
    page = (request_.folder / PAGE_FILE).read_text(encoding="utf-8")
    assert_whole(page)
    assert "발산" in page and "끝까지 학습한 시도가 아직 없습니다" in page
