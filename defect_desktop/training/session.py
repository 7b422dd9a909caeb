"""One training from beginning to end: labelled photos in, a calibrated and measured model pack out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Generator
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from defect_desktop.core.progress import NOT_BEGUN, ProgressMeter
from defect_desktop.errors import DataSetError, DivergedError, PhotoProblem, TrainingError
from defect_desktop.language import Bilingual
from defect_desktop.training import card_maker, pack_writer
from defect_desktop.training.calibration import Calibration, calibrate
from defect_desktop.training.data.class_folders import require_outside
from defect_desktop.training.data.data_set import DataSet
from defect_desktop.training.data.gathering import gather_photos
from defect_desktop.training.data.notes import HELD_OUT, TEST, notes_on
from defect_desktop.training.data.split import Indices, make_split
from defect_desktop.training.data.survey import Survey
from defect_desktop.training.evaluation import Evaluation, evaluate, predict
from defect_desktop.training.job import (
    Stage,
    TrainingEvent,
    TrainingRequest,
    TrainingResult,
    holds_epochs,
    is_leader,
    process_count,
)
from defect_desktop.training.learning.bagging import BagStep, finish_bag, member_seeds, networks_of, train_bag
from defect_desktop.training.learning.distractors import draw_distractors
from defect_desktop.training.learning.hardware import accelerator_on, training_device
from defect_desktop.training.learning.lesson import Material, Trained
from defect_desktop.training.learning.losses import NO_CLASS
from defect_desktop.training.learning.pretrained import Start, find_start
from defect_desktop.training.learning.work_folder import WorkFolder
from defect_desktop.training.photo_cache import PhotoCache, load_photos
from defect_desktop.training.recipes.budget import on_budget
from defect_desktop.training.recipes.presets import recipe_named
from defect_desktop.training.steps import retold
from defect_desktop.vision.card import Card
from defect_desktop.vision.engine import Engine, load_engine
from defect_desktop.vision.pack import open_pack
from defect_desktop.vision.preprocessing import Preprocessing

_PICTURES_OF_NOTHING = 200


@dataclass(frozen=True, slots=True)
class _Photos:
    """The photos of a training, and the groups (photos,) of near-duplicates among those to train on, and the held out.

    Where the request names no test set, `test` is `held_out`; where it does, `left_out` photos that are nearly the
    same as some of its are in none. `failures` could not be read.
    """

    training: PhotoCache
    groups: Indices
    held_out: PhotoCache
    held_out_groups: Indices
    test: PhotoCache
    left_out: int
    failures: tuple[tuple[Path, PhotoProblem], ...]


def train_pack(request: TrainingRequest) -> Generator[TrainingEvent, None, TrainingResult | None]:
    """Reads, splits, trains, calibrates, measures and writes the pack; yields on the way.

    What can be refused is refused before the training begins. The pack's figures are those of the engine that
    classification uses, on the weights as they are stored. Among processes that train together only the leader
    returns a result. Raises SourceError, DataSetError, DeviceError, PackError, TrainingError, and UserError for an
    unknown recipe.
    """
    return (yield from _Session(request).run())


class _Session:
    """One request, with what follows from it."""

    def __init__(self, request: TrainingRequest) -> None:
        self._request = request
        self._recipe = on_budget(recipe_named(request.recipe), request.budget)
        card_maker.check_name(request.output)
        require_outside(request.output, (*request.data, request.test.folder if request.test else None))
        pack_writer.check_target(request.output)
        self._device = training_device(request.device)
        self._work = WorkFolder(request.output)

    def run(self) -> Generator[TrainingEvent, None, TrainingResult | None]:
        with self._work.alone() if is_leader() else nullcontext():
            result = yield from self._make_pack()
        if result:
            self._work.remove()
        return result

    def _make_pack(self) -> Generator[TrainingEvent, None, TrainingResult | None]:
        start = find_start(self._recipe.architecture, self._request.weights, self._request.pretrained)
        yield _noted(_beginning(start))
        photos = yield from self._read_photos()
        if is_leader():
            self._work.open(self._plan(photos, start))
        members = yield from self._train(photos, start)
        if members is None:
            return None
        with self._work.draft() as draft:
            files = pack_writer.write_members(draft, [member.network for member in members])
            card = card_maker.draft_card(self._request, self._recipe, photos.training.labels, files, start)
            pack_writer.write_card(draft, card)
            engine = load_engine(open_pack(draft), "torch", self._request.device)
            calibration, card = yield from self._calibrate(engine, card, photos)
            predictions = yield from _predict(engine, photos.test)
            evaluation = evaluate(predictions, photos.test, card)
            provenance = self._provenance(photos, start, members, calibration, evaluation)
            pack_writer.write_card(draft, card_maker.measured_card(card, self._request, evaluation, provenance))
            pack_writer.publish(draft, self._request.output)
        return TrainingResult(open_pack(self._request.output), calibration, evaluation, photos.failures)

    def _read_photos(self) -> Generator[TrainingEvent, None, _Photos]:
        request, recipe = self._request, self._recipe
        gathering = gather_photos(request.data, request.test.folder if request.test else None, request.split)
        found = yield from retold(gathering, lambda progress: TrainingEvent(Stage.READING, progress))
        split = found.split or make_split(
            found.own.data.targets, found.groups, held_out_share=recipe.held_out_share, folds=0, seed=request.seed
        )
        training_data, held_out_data = map(found.own.data.subset, (split.training_indices, split.held_out_indices))
        training = yield from self._read(training_data, recipe.caching)
        held_out = yield from self._read(held_out_data, recipe.preprocessing)
        test = (yield from self._read_test(found.test)) if found.test else held_out
        if not len(held_out.targets) or not len(test.targets):
            raise DataSetError(
                ko="보정하고 평가할 사진이 없습니다. 분류마다 읽을 수 있는 서로 다른 사진을 두 장 이상 넣으세요.",
                en="No photos are left to calibrate and measure with; "
                "give every class two readable photos or more that differ.",
            )
        measuring = {HELD_OUT: held_out.counts()} | ({TEST: test.counts()} if found.test else {})
        yield from map(_noted, (*found.notes, *notes_on(found.left_out, measuring)))
        groups = split.groups[split.training_indices][_still_there(training_data, training)]
        held_out_groups = split.groups[split.held_out_indices][_still_there(held_out_data, held_out)]
        failures = found.own.failures + training.failures + held_out.failures + (test.failures if found.test else ())
        return _Photos(training, groups, held_out, held_out_groups, test, found.left_out, failures)

    def _read(self, data: DataSet, preprocessing: Preprocessing) -> Generator[TrainingEvent, None, PhotoCache]:
        loading = load_photos(data, preprocessing, spill=self._request.output.parent)
        return (yield from retold(loading, _telling(Stage.READING, len(data.paths))))

    def _read_test(self, survey: Survey) -> Generator[TrainingEvent, None, PhotoCache]:
        cache = yield from self._read(survey.data, self._recipe.preprocessing)
        return dataclasses.replace(cache, failures=survey.failures + cache.failures)

    def _plan(self, photos: _Photos, start: Start) -> dict[str, object]:
        """What the work folder belongs to."""
        return {
            "recipe": self._recipe.declaration(),
            "data": [photos.training.fingerprint, photos.held_out.fingerprint],
            "start": start.fingerprint,
            "seed": self._request.seed,
        }

    def _train(self, photos: _Photos, start: Start) -> Generator[TrainingEvent, None, list[Trained] | None]:
        """What goes into the pack; None in all processes but the leader's."""
        material = Material(photos.training, photos.held_out, self._recipe, start)
        if self._request.finish:
            if not is_leader():
                return None
            return (yield from retold(finish_bag(material, photos.groups, self._request.seed, self._work), _noted))
        accelerator = accelerator_on(self._device)
        training = train_bag(material, photos.groups, self._request.seed, accelerator, self._work)
        try:
            members = yield from retold(training, _BagMeter(networks_of(self._recipe.bag)).tell)
        except DivergedError as error:
            if holds_epochs(self._request.output):
                raise _finishable(error) from error
            raise
        accelerator.wait_for_everyone()
        accelerator.end_training()
        return members if accelerator.is_main_process else None

    def _calibrate(
        self, engine: Engine, card: Card, photos: _Photos
    ) -> Generator[TrainingEvent, None, tuple[Calibration, Card]]:
        held_out, groups = photos.held_out, photos.held_out_groups
        predictions = yield from _predict(engine, held_out)
        nothing = yield from _predict(engine, self._pictures_of_nothing(held_out))
        calibration = calibrate(predictions, held_out.targets, self._recipe.unchecked_error_rate, nothing, groups)
        return calibration, card_maker.calibrated_card(card, calibration)

    def _pictures_of_nothing(self, held_out: PhotoCache) -> PhotoCache:
        """What shows none of the classes, to calibrate on how sure the members are of one nevertheless."""
        generator = np.random.default_rng(self._request.seed)
        pixels = draw_distractors(_PICTURES_OF_NOTHING, self._recipe.preprocessing.height, generator)
        targets = np.full(len(pixels), NO_CLASS, dtype=np.int64)
        return PhotoCache(held_out.labels, pixels, targets, failures=(), fingerprint="")

    def _provenance(
        self,
        photos: _Photos,
        start: Start,
        members: list[Trained],
        calibration: Calibration,
        evaluation: Evaluation,
    ) -> dict[str, object]:
        """How the pack came to be: enough to make it again."""
        return {
            "recipe": self._recipe.declaration(),
            "seed": self._request.seed,
            "member_seeds": member_seeds(self._request.seed, networks_of(self._recipe.bag)),
            "start": {"origin": start.origin.en, "fingerprint": start.fingerprint},
            "finished_early": not self._work.is_whole(networks_of(self._recipe.bag)),
            "epochs": [[asdict(record) for record in member.records] for member in members],
            "device": self._device.type,
            "processes": process_count(),
            "training_seconds": round(sum(record.seconds for member in members for record in member.records)),
            "split_file": self._request.split is not None,
            "training_photos": photos.training.counts(),
            "training_groups": len(np.unique(photos.groups)),
            "training_fingerprint": photos.training.fingerprint,
            "held_out_photos": len(photos.held_out.targets),
            "left_out_photos": photos.left_out,
            "held_out_fingerprint": photos.held_out.fingerprint,
            "test_fingerprint": photos.test.fingerprint,
            "calibration": asdict(calibration),
            "evaluation": card_maker.evaluation_record(evaluation),
            "library_versions": card_maker.library_versions(),
        }


class _BagMeter:
    """Turns steps of a bag into events. Epochs that are done already, or left out, cost nothing."""

    def __init__(self, members: int) -> None:
        self._members = members
        self._meter: ProgressMeter | None = None

    def tell(self, moment: BagStep) -> TrainingEvent:
        step = moment.step
        steps = (moment.member - 1) * step.steps + step.step
        done, total = steps * step.photos, self._members * step.steps * step.photos
        if self._meter is None or done - self._meter.now().done != step.photos:
            self._meter = ProgressMeter(total, free=done - step.photos)
        return TrainingEvent(Stage.TRAINING, self._meter.advance(step.photos), moment, step.note)


def _still_there(data: DataSet, read: PhotoCache) -> NDArray[np.bool_]:
    """Which of the photos were read, that could be read a moment ago; (photos,)."""
    gone = {path for path, _ in read.failures}
    return np.array([path not in gone for path in data.paths], dtype=np.bool_)


def _noted(note: Bilingual) -> TrainingEvent:
    return TrainingEvent(Stage.READING, NOT_BEGUN, note=note)


def _beginning(start: Start) -> Bilingual:
    return Bilingual(ko=f"시작: {start.origin.ko}.", en=f"The networks start: {start.origin.en}.")


def _finishable(error: DivergedError) -> TrainingError:
    return TrainingError(
        ko=f"{error.sentence.ko} 그때까지의 결과는 보관되어 있으니 --finish로 팩을 만들 수도 있습니다.",
        en=f"{error.sentence.en} What was done before is kept: add --finish for a pack of it.",
    )


def _predict(engine: Engine, cache: PhotoCache) -> Generator[TrainingEvent, None, NDArray[np.float32]]:
    return (yield from retold(predict(engine, cache), _telling(Stage.EVALUATING, len(cache.targets))))


def _telling(stage: Stage, total: int) -> Callable[[int], TrainingEvent]:
    """Turns a number of photos done into an event of `stage`."""
    meter = ProgressMeter(total)

    def tell(done: int) -> TrainingEvent:
        return TrainingEvent(stage, meter.advance(done - meter.now().done))

    return tell
