"""Searches for a better recipe: one trial after another, each a training that is given up where it lags behind."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass

import optuna
import torch
from optuna.study import Study
from optuna.trial import FrozenTrial, TrialState

from defect_desktop.core.progress import NOT_BEGUN, Progress, ProgressMeter
from defect_desktop.errors import TrainingError
from defect_desktop.language import Bilingual
from defect_desktop.training.data.parts import Parts, read_parts
from defect_desktop.training.learning.bagging import train_bag
from defect_desktop.training.learning.hardware import accelerator_on, training_device
from defect_desktop.training.learning.lesson import Trained
from defect_desktop.training.learning.pretrained import Start, find_start
from defect_desktop.training.material_cache import MaterialCache, softmax_of_members
from defect_desktop.training.metrics import score_bag
from defect_desktop.training.photo_cache import PhotoCache
from defect_desktop.training.recipes.budget import on_budget
from defect_desktop.training.recipes.course import course_of
from defect_desktop.training.recipes.presets import recipe_named
from defect_desktop.training.recipes.recipe import Recipe
from defect_desktop.training.steps import retold
from defect_desktop.training.tuning.request import TuningEvent, TuningRequest
from defect_desktop.training.tuning.space import distributions, settings_of, turned
from defect_desktop.training.tuning.study import (
    REASON,
    best_trial,
    complete_trials,
    finished_trials,
    open_study,
    waiting_trials,
)

TEST_MACRO_F1, SECONDS = "test_macro_f1", "seconds"
"""Attributes of complete trials. The search never looks at the test."""

_DIVIDING = Bilingual(ko="사진 나누기", en="dividing the photos")

_ROUNDING = 1e-6
"""Scores that differ by less are equal: the F1 of the same classes in another order has another last digit."""


@dataclass(frozen=True, slots=True, eq=False)
class Tuning:
    """What a search has found so far: all trials that count, the best of them, and the recipe that it makes.

    `base` is what the search started from, on its budget; its own trial is the first. `best` is None, and `recipe`
    `base`, while no trial is complete.
    """

    trials: tuple[FrozenTrial, ...]
    best: FrozenTrial | None
    base: Recipe
    recipe: Recipe
    importances: dict[str, float]
    parts: Parts
    device: str
    scratch: bool


def tune(request: TuningRequest) -> Generator[TuningEvent, None, Tuning]:
    """Yields on the way; closing it loses the trial in training and none that is finished.

    Where the folder holds a search by the same request it goes on, and is done at once where there are enough trials.
    Raises SourceError, DataSetError, DeviceError, TrainingError (among others for another search in the folder), and
    UserError for an unknown recipe.
    """
    device = training_device(request.device)
    original = on_budget(recipe_named(request.recipe), request.budget)
    base = dataclasses.replace(
        original, bag=dataclasses.replace(original.bag, members=request.budget.members or 1, distillation=None)
    )
    start = find_start(base.architecture, request.weights, request.pretrained)
    dividing = read_parts(request.sources, request.test, request.split, request.seed)
    parts = yield from retold(dividing, lambda progress: TuningEvent(progress, _DIVIDING))
    yield from (TuningEvent(NOT_BEGUN, _DIVIDING, note) for note in parts.notes())
    with open_study(request.folder, _plan(base, parts, start, request.seed)) as study:
        search = _Search(request, base, original, MaterialCache(parts, request.folder), start, device, study)
        yield from search.run()
        best = best_trial(study)
        return Tuning(
            trials=tuple(finished_trials(study)),
            best=best,
            base=base,
            recipe=search.recipe_of(best) if best else base,
            importances=_importances(study),
            parts=parts,
            device=device.type,
            scratch=start.tensors is None,
        )


def _plan(base: Recipe, parts: Parts, start: Start, seed: int) -> dict[str, object]:
    ranges = {key: [found.low, found.high] for key, found in distributions(base).items()}
    return {
        "recipe": base.declaration(),
        "photos": parts.fingerprint,
        "start": start.fingerprint,
        "seed": seed,
        "space": ranges,
    }


class _Search:
    def __init__(
        self,
        request: TuningRequest,
        base: Recipe,
        original: Recipe,
        photos: MaterialCache,
        start: Start,
        device: torch.device,
        study: Study,
    ) -> None:
        self._request = request
        self._base = base
        self._original = original
        self._photos = photos
        self._start = start
        self._device = device
        self._study = study
        self._ranges = distributions(base)
        self._epochs = base.bag.members * len(course_of(base, 1))
        self._meter = ProgressMeter(request.trials * self._epochs, free=len(finished_trials(study)) * self._epochs)

    def run(self) -> Generator[TuningEvent, None, None]:
        yield from retold(self._photos.prepare(self._base), lambda _: TuningEvent(self._meter.now(), _DIVIDING))
        while len(finished_trials(self._study)) < self._request.trials:
            before = best_trial(self._study)
            if not finished_trials(self._study) and not waiting_trials(self._study):
                self._study.enqueue_trial(settings_of(self._base))
            trial = self._study.ask(dict(self._ranges))
            doing = self._doing()
            yield from self._tried(trial, doing)
            best = best_trial(self._study)
            better = self.recipe_of(best) if best and best != before else None
            yield TuningEvent(self._reach_end(), doing, self._told(trial.number), better)

    def recipe_of(self, trial: FrozenTrial) -> Recipe:
        """The recipe of a trial, with as many members as it was to have all along."""
        recipe = turned(self._base, trial.params)
        return dataclasses.replace(recipe, name=f"{self._base.name}-tuned", bag=self._original.bag)

    def _tried(self, trial: optuna.Trial, doing: Bilingual) -> Generator[TuningEvent, None, None]:
        """One trial, told to the study however it ends: closing this, too, leaves it as failed."""
        state, value = TrialState.FAIL, None
        began = time.monotonic()
        try:
            found = yield from self._trained(trial, doing)
            if found is None:
                state = TrialState.PRUNED
            else:
                trial.set_user_attr(TEST_MACRO_F1, self._macro_f1(found, self._photos.test))
                trial.set_user_attr(SECONDS, time.monotonic() - began)
                state, value = TrialState.COMPLETE, self._macro_f1(found, self._photos.validation)
        except TrainingError as error:  # a learning rate too high, for one: that is what the search wants to know
            trial.set_user_attr(REASON, error.sentence._asdict())
        finally:
            self._study.tell(trial, value, state=state)

    def _trained(self, trial: optuna.Trial, doing: Bilingual) -> Generator[TuningEvent, None, list[Trained] | None]:
        """The trial's training; None where it was pruned."""
        recipe = turned(self._base, trial.params)
        material = self._photos.material(recipe, self._start)
        accelerator = accelerator_on(self._device)
        with closing(train_bag(material, self._photos.groups, self._request.seed, accelerator)) as training:
            epochs = 0
            while True:
                try:
                    moment = next(training)
                except StopIteration as finished:
                    result: list[Trained] = finished.value
                    return result
                if moment.step.record:
                    epochs += 1
                    trial.report(moment.step.record.macro_f1, step=epochs)
                    if trial.should_prune():
                        return None
                    self._meter.advance(1)
                yield TuningEvent(self._meter.now(), doing, moment.step.note)

    def _macro_f1(self, found: list[Trained], photos: PhotoCache) -> float:
        """The bag's on those photos, which all trials share."""
        said = softmax_of_members(found, photos.pixels, self._base.preprocessing, self._device)
        return score_bag(said, photos.targets, photos.labels).macro_f1

    def _reach_end(self) -> Progress:
        done = len(finished_trials(self._study)) * self._epochs
        return self._meter.advance(done - self._meter.now().done)

    def _doing(self) -> Bilingual:
        place, best = len(finished_trials(self._study)) + 1, best_trial(self._study)
        known = f"{best.value:.3f}" if best else "–"
        return Bilingual(
            ko=f"시도 {place}/{self._request.trials} · 최고 {known}",
            en=f"trial {place}/{self._request.trials} · best {known}",
        )

    def _told(self, number: int) -> Bilingual:
        trial = self._study.get_trials(deepcopy=False)[number]
        place = len(finished_trials(self._study))
        if trial.state is TrialState.COMPLETE:
            return Bilingual(
                ko=f"시도 {place}: 검증 매크로 F1 {trial.value:.3f}",
                en=f"trial {place}: validation macro F1 {trial.value:.3f}",
            )
        if trial.state is TrialState.PRUNED:
            return Bilingual(ko=f"시도 {place}: 뒤처져 그만둠", en=f"trial {place}: given up, it lagged behind")
        reason = trial.user_attrs[REASON]
        return Bilingual(ko=f"시도 {place}: 실패 - {reason['ko']}", en=f"trial {place}: failed - {reason['en']}")


def _importances(study: Study) -> dict[str, float]:
    """How much each dial decides the validation (fANOVA: Hutter et al. 2014); empty while that cannot be told."""
    values = [trial.value or 0.0 for trial in complete_trials(study)]
    if not values or max(values) - min(values) < _ROUNDING:
        return {}
    evaluator = optuna.importance.FanovaImportanceEvaluator(seed=0)
    return optuna.importance.get_param_importances(study, evaluator=evaluator)
