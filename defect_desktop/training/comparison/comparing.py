"""Trains the candidates of a comparison one after another, and measures all of them on the same photos."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import torch

from defect_desktop.core.progress import NOT_BEGUN, Progress, ProgressMeter
from defect_desktop.errors import UnsavedError, UserError
from defect_desktop.language import Bilingual
from defect_desktop.training.card_maker import library_versions
from defect_desktop.training.comparison.candidate import Candidate, candidates_of, shared_budget
from defect_desktop.training.comparison.comparison import Comparison, Row
from defect_desktop.training.comparison.failure import untrained
from defect_desktop.training.comparison.request import ComparisonEvent, ComparisonRequest
from defect_desktop.training.comparison.run import ClassF1, Plan, Run, RunFolder
from defect_desktop.training.comparison.speed import measure_speeds
from defect_desktop.training.data.parts import Parts, read_parts
from defect_desktop.training.learning.bagging import BagStep, networks_of, train_bag
from defect_desktop.training.learning.hardware import accelerator_on, training_device
from defect_desktop.training.learning.lesson import Trained
from defect_desktop.training.learning.pretrained import FROM_SCRATCH, Start, find_start
from defect_desktop.training.learning.work_folder import WorkFolder
from defect_desktop.training.material_cache import MaterialCache, softmax_of_members
from defect_desktop.training.metrics import score_bag, score_members
from defect_desktop.training.recipes.course import course_of
from defect_desktop.training.recipes.recipe import Recipe
from defect_desktop.training.steps import retold

SPLIT_SEED = 0
"""The photos are divided alike in every comparison, so that one with more seeds or candidates adds to the last."""

RUNS = "runs"
"""The subfolder of finished runs."""

Telling = Generator[ComparisonEvent, None, None]
_DIVIDING = Bilingual(ko="사진 나누기", en="dividing the photos")
_TIMING = Bilingual(ko="속도 재기", en="measuring the speed")

_log = logging.getLogger(__name__)


def compare(request: ComparisonRequest) -> Generator[ComparisonEvent, None, Comparison]:
    """Yields on the way; closing it loses the epoch in training, and nothing that is finished.

    A candidate that fails costs its row, which says why. Raises SourceError, DataSetError, DeviceError, and
    UnsavedError where an epoch or a run cannot be kept: the disk is as full for the candidates that follow.
    """
    device = training_device(request.device)
    runs = RunFolder(request.folder / RUNS)
    runs.prepare()
    dividing = read_parts(request.sources, request.test, request.split, SPLIT_SEED)
    parts = yield from retold(dividing, lambda progress: ComparisonEvent(progress, _DIVIDING))
    yield from (ComparisonEvent(NOT_BEGUN, _DIVIDING, note) for note in parts.notes())
    comparing = _Comparing(request, parts, device, runs)
    rows = yield from comparing.rows()
    timed = yield from _timed(rows, len(parts.training.labels), device)
    return Comparison(tuple(timed), parts, tuple(range(request.seeds)), device.type)


@dataclass(slots=True)
class _Entry:
    """A candidate made ready: what it will be trained by, and its runs that are there already."""

    row: Row
    plans: dict[int, Plan]
    kept: dict[int, Run]


class _Comparing:
    def __init__(self, request: ComparisonRequest, parts: Parts, device: torch.device, runs: RunFolder) -> None:
        self._request = request
        self._parts = parts
        self._device = device
        self._runs = runs
        self._budget = shared_budget(request.recipes, request.budget)
        self._photos = MaterialCache(parts, request.folder)
        self._start: tuple[str, Start] = ("", FROM_SCRATCH)
        self._meter = ProgressMeter(0)

    def rows(self) -> Generator[ComparisonEvent, None, list[Row]]:
        request = self._request
        candidates = candidates_of(request.recipes, request.architectures, request.ablate, self._budget)
        entries = [self._entry(candidate) for candidate in candidates]
        self._meter = ProgressMeter(sum(self._photos_to_train(entry) for entry in entries))
        rows: list[Row] = []
        for number, entry in enumerate(entries, start=1):
            before = self._meter.now().done + self._photos_to_train(entry)
            rows.append((yield from self._measured(entry, f"{number}/{len(entries)}")))
            yield ComparisonEvent(self._reach(before), rows[-1].candidate.name, _told(rows[-1]))
        return rows

    def _entry(self, candidate: Candidate) -> _Entry:
        try:
            recipe = candidate.resolve(self._budget)
            start = self._find_start(recipe.architecture)
        except UserError as error:
            return _Entry(Row(candidate, problem=error.sentence), {}, {})
        plans = {seed: self._plan(recipe, start, seed) for seed in range(self._request.seeds)}
        found = {seed: self._runs.find(plan) for seed, plan in plans.items()}
        row = Row(candidate, recipe, start.origin, scratch=start.tensors is None)
        return _Entry(row, plans, {seed: run for seed, run in found.items() if run})

    def _find_start(self, architecture: str) -> Start:
        """As for the last candidate, where its network is the same: variants are many, and weights are large."""
        if self._start[0] != architecture:
            self._start = (architecture, find_start(architecture, self._request.weights, self._request.pretrained))
        return self._start[1]

    def _plan(self, recipe: Recipe, start: Start, seed: int) -> Plan:
        declared = recipe.declaration() | {"name": ""}  # a name decides nothing
        return {
            "recipe": declared,
            "photos": self._parts.fingerprint,
            "start": start.fingerprint,
            "seed": seed,
            "device": self._device.type,
            "library_versions": library_versions(),
        }

    def _photos_to_train(self, entry: _Entry) -> int:
        recipe = entry.row.recipe
        if recipe is None:
            return 0
        return (len(entry.plans) - len(entry.kept)) * _photos_a_run(recipe, len(self._parts.training.paths))

    def _reach(self, done: int) -> Progress:
        return self._meter.advance(done - self._meter.now().done)

    def _measured(self, entry: _Entry, place: str) -> Generator[ComparisonEvent, None, Row]:
        """The row with all its runs; what fails ends it."""
        runs: list[Run] = []
        row, problem = entry.row, entry.row.problem
        for seed, plan in entry.plans.items():
            run = entry.kept.get(seed)
            if run is None and row.recipe:
                outcome = yield from self._attempt(row, row.recipe, seed, plan, place)
                if isinstance(outcome, Bilingual):
                    problem = outcome
                    break
                self._runs.keep(plan, outcome)
                WorkFolder(self._runs.place(plan)).remove()
                run = outcome
            runs += [run] if run else []
        return dataclasses.replace(row, runs=tuple(runs), problem=problem)

    def _attempt(
        self, row: Row, recipe: Recipe, seed: int, plan: Plan, place: str
    ) -> Generator[ComparisonEvent, None, Run | Bilingual]:
        """A run, or why there is none."""
        try:
            return (yield from self._run(row, recipe, seed, plan, place))
        except UnsavedError:
            raise
        except UserError as error:
            return error.sentence
        except Exception as error:  # noqa: BLE001 - timm has a thousand networks: one that breaks costs its own row only
            _log.warning("%s on %s failed", recipe.name, recipe.architecture, exc_info=True)
            return untrained(error)
        finally:
            if self._device.type == "cuda":
                torch.cuda.empty_cache()

    def _run(
        self, row: Row, recipe: Recipe, seed: int, plan: Plan, place: str
    ) -> Generator[ComparisonEvent, None, Run]:
        doing = Bilingual(
            ko=f"{place} {row.candidate.name.ko} · {row.architecture} · 시드 {seed}",
            en=f"{place} {row.candidate.name.en} · {row.architecture} · seed {seed}",
        )
        reading = self._photos.prepare(recipe)
        yield from retold(reading, lambda _: ComparisonEvent(self._meter.now(), doing))
        material = self._photos.material(recipe, self._find_start(recipe.architecture))
        work = WorkFolder(self._runs.place(plan))
        work.open({"recipe": plan["recipe"], "data": plan["photos"], "start": plan["start"], "seed": seed})
        before = self._meter.now().done
        share = _photos_a_run(recipe, len(self._parts.training.paths))

        def tell(moment: BagStep) -> ComparisonEvent:
            done = (moment.member - 1 + moment.step.step / moment.step.steps) / moment.members
            return ComparisonEvent(self._reach(before + round(done * share)), doing, moment.step.note)

        training = train_bag(material, self._photos.groups, seed, accelerator_on(self._device), work)
        trained = yield from retold(training, tell)
        return self._scored(trained, recipe, seed, work.seconds(networks_of(recipe.bag)))

    def _scored(self, trained: list[Trained], recipe: Recipe, seed: int, seconds: float) -> Run:
        test = self._photos.test
        predictions = softmax_of_members(trained, test.pixels, recipe.preprocessing, self._device)
        bag = score_bag(predictions, test.targets, test.labels)
        members = score_members(predictions, test.targets, test.labels)
        return Run(
            seed=seed,
            weighted_f1=bag.weighted_f1,
            macro_f1=bag.macro_f1,
            accuracy=bag.accuracy,
            gain_macro_f1=bag.macro_f1 - float(np.mean([member.macro_f1 for member in members])),
            classes=tuple(ClassF1(each.label, each.f1, each.support) for each in bag.classes),
            networks=len(trained),
            parameters=sum(each.numel() for each in trained[0].network.parameters()),
            epochs=tuple(len(member.records) for member in trained),
            seconds=seconds,
            device=self._device.type,
        )


def _timed(rows: list[Row], classes: int, device: torch.device) -> Generator[ComparisonEvent, None, list[Row]]:
    """The rows with their speed; networks that several rows share are timed once."""
    finished = [row.recipe for row in rows if row.runs and row.recipe]
    distinct = {_speed_key(recipe): recipe for recipe in finished}
    meter = ProgressMeter(0)
    timing = measure_speeds(list(distinct.values()), classes, device)
    taken = yield from retold(timing, lambda _: ComparisonEvent(meter.now(), _TIMING))
    speeds = dict(zip(distinct, taken, strict=True))
    return [_with_speed(row, speeds[_speed_key(row.recipe)]) if row.runs and row.recipe else row for row in rows]


def _with_speed(row: Row, speed: float | Bilingual) -> Row:
    if isinstance(speed, Bilingual):
        return dataclasses.replace(row, untimed=speed)
    return dataclasses.replace(row, milliseconds=row.runs[0].networks * speed)


def _speed_key(recipe: Recipe) -> tuple[str, int, int]:
    return recipe.architecture, recipe.preprocessing.height, recipe.preprocessing.width


def _photos_a_run(recipe: Recipe, photos: int) -> int:
    """About how many photos pass through networks in training, to tell how far a comparison is."""
    steps = sum(len(epoch.rates) for epoch in course_of(recipe, photos))
    return steps * recipe.schedule.batch * networks_of(recipe.bag)


def _told(row: Row) -> Bilingual:
    if row.problem:
        return Bilingual(ko=f"{row.title.ko}: 실패 - {row.problem.ko}", en=f"{row.title.en}: failed - {row.problem.en}")
    macro = row.spread(lambda run: run.macro_f1).mean
    return Bilingual(
        ko=f"{row.title.ko}: 매크로 F1 {macro:.3f}",
        en=f"{row.title.en}: macro F1 {macro:.3f}",
    )
