"""One training from beginning to end: a folder of labelled photos in, a calibrated and measured model pack out."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import nn

from defect_desktop.core.progress import ProgressMeter
from defect_desktop.errors import DataSetError
from defect_desktop.training import card_maker, pack_writer
from defect_desktop.training.bagging import BagStep, member_seeds, train_bag
from defect_desktop.training.calibration import Calibration, calibrate
from defect_desktop.training.course import courses
from defect_desktop.training.data_set import DataSet, read_data_set
from defect_desktop.training.evaluation import Evaluation, evaluate, predict
from defect_desktop.training.hardware import training_device
from defect_desktop.training.job import Stage, TrainingEvent, TrainingRequest, TrainingResult
from defect_desktop.training.photo_cache import PhotoCache, load_photos, require_every_class
from defect_desktop.training.recipe import recipe_named
from defect_desktop.training.split import hold_out
from defect_desktop.training.steps import retold
from defect_desktop.vision.card import Card
from defect_desktop.vision.engine import load_engine
from defect_desktop.vision.pack import open_pack
from defect_desktop.vision.preprocessing import Preprocessing


@dataclass(frozen=True, slots=True)
class _Photos:
    """The photos of a training. Where the request names no test set, `test` is `held_out`."""

    training: PhotoCache
    held_out: PhotoCache
    test: PhotoCache


def train_pack(request: TrainingRequest) -> Generator[TrainingEvent, None, TrainingResult]:
    """Reads, splits, trains, calibrates, measures and writes the pack; yields on the way.

    What can be refused is refused before the training begins. The pack's figures are those of the engine that
    classification uses, on the weights as they are stored. Raises SourceError, DataSetError, DeviceError, PackError,
    and UserError for an unknown recipe.
    """
    return (yield from _Session(request).run())


class _Session:
    """One request, with what follows from it."""

    def __init__(self, request: TrainingRequest) -> None:
        self._request = request
        self._recipe = recipe_named(request.recipe)
        card_maker.check_name(request.output.name)
        pack_writer.check_target(request.output)
        self._device = training_device(request.device)

    def run(self) -> Generator[TrainingEvent, None, TrainingResult]:
        photos = yield from self._read_photos()
        began = time.monotonic()
        networks = yield from self._train(photos.training)
        seconds = time.monotonic() - began
        with pack_writer.pack_draft(self._request.output) as draft:
            members = pack_writer.write_members(draft, networks)
            card = card_maker.draft_card(self._request, self._recipe, photos.training.labels, members)
            calibration, card = yield from self._calibrate(draft, card, photos.held_out)
            evaluation = yield from self._evaluate(draft, card, photos.test)
            provenance = self._provenance(photos, seconds, calibration, evaluation)
            pack_writer.write_card(draft, card_maker.measured_card(card, self._request, evaluation, provenance))
            pack_writer.publish(draft, self._request.output)
        failures = photos.training.failures + photos.held_out.failures
        return TrainingResult(open_pack(self._request.output), calibration, evaluation, failures)

    def _read_photos(self) -> Generator[TrainingEvent, None, _Photos]:
        request, recipe = self._request, self._recipe
        data = read_data_set(request.data)
        test_data = read_data_set((request.test.folder,), data.labels) if request.test else None
        training_indices, held_out_indices = hold_out(data.targets, recipe.held_out_share, request.seed)
        training = yield from _read(data.subset(training_indices), recipe.caching)
        require_every_class(training)
        held_out = yield from _read(data.subset(held_out_indices), recipe.preprocessing)
        test = (yield from _read(test_data, recipe.preprocessing)) if test_data else held_out
        if not len(held_out.targets) or not len(test.targets):
            raise DataSetError(
                ko="보정하고 평가할 사진이 없습니다. 분류마다 읽을 수 있는 사진을 두 장 이상 넣으세요.",
                en="No photos are left to calibrate and measure with; give every class two readable photos or more.",
            )
        return _Photos(training, held_out, test)

    def _train(self, cache: PhotoCache) -> Generator[TrainingEvent, None, list[nn.Module]]:
        recipe = self._recipe
        photos = len(cache.targets)
        steps = sum(course.steps for course in courses(recipe, photos))
        meter = ProgressMeter(recipe.members * steps * min(recipe.batch, photos))

        def tell(step: BagStep) -> TrainingEvent:
            return TrainingEvent(Stage.TRAINING, meter.advance(step.step.photos), step)

        return (yield from retold(train_bag(cache, recipe, self._request.seed, self._device), tell))

    def _calibrate(
        self, draft: Path, card: Card, held_out: PhotoCache
    ) -> Generator[TrainingEvent, None, tuple[Calibration, Card]]:
        predictions = yield from self._predict(draft, card, held_out)
        calibration = calibrate(predictions, held_out.targets, self._recipe.unchecked_error_rate)
        return calibration, card_maker.calibrated_card(card, calibration)

    def _evaluate(self, draft: Path, card: Card, test: PhotoCache) -> Generator[TrainingEvent, None, Evaluation]:
        predictions = yield from self._predict(draft, card, test)
        return evaluate(predictions, test, card)

    def _predict(
        self, draft: Path, card: Card, cache: PhotoCache
    ) -> Generator[TrainingEvent, None, NDArray[np.float32]]:
        pack_writer.write_card(draft, card)
        engine = load_engine(open_pack(draft), device=self._request.device)
        return (yield from retold(predict(engine, cache), _telling(Stage.EVALUATING, len(cache.targets))))

    def _provenance(
        self, photos: _Photos, seconds: float, calibration: Calibration, evaluation: Evaluation
    ) -> dict[str, object]:
        """How the pack came to be: enough to make it again."""
        return {
            "recipe": self._recipe.declaration(),
            "seed": self._request.seed,
            "member_seeds": member_seeds(self._request.seed, self._recipe.members),
            "device": self._device.type,
            "training_seconds": round(seconds),
            "training_photos": photos.training.counts(),
            "training_fingerprint": photos.training.fingerprint,
            "held_out_photos": len(photos.held_out.targets),
            "held_out_fingerprint": photos.held_out.fingerprint,
            "test_fingerprint": photos.test.fingerprint,
            "calibration": asdict(calibration),
            "evaluation": card_maker.evaluation_record(evaluation),
            "library_versions": card_maker.library_versions(),
        }


def _read(data: DataSet, preprocessing: Preprocessing) -> Generator[TrainingEvent, None, PhotoCache]:
    return (yield from retold(load_photos(data, preprocessing), _telling(Stage.READING, len(data.paths))))


def _telling(stage: Stage, total: int) -> Callable[[int], TrainingEvent]:
    """Turns a number of photos done into an event of `stage`."""
    meter = ProgressMeter(total)

    def tell(done: int) -> TrainingEvent:
        return TrainingEvent(stage, meter.advance(done - meter.now().done))

    return tell
