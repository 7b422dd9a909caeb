"""Trains one member, a step at a time, and goes on where a training of it was cut off.

Whatever is random in an epoch follows from the member's seed and the epoch's number alone. So a training that is
resumed from the checkpoint of an epoch comes to the same network as one that was never interrupted: bit for bit on a
CPU, but for the order of additions within GPU kernels on a GPU.
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from accelerate import Accelerator
from accelerate.utils import broadcast_object_list
from torch import Tensor

from defect_desktop.errors import DivergedError
from defect_desktop.language import Bilingual
from defect_desktop.training.learning.checkpoint import LESSON, Facts, read_checkpoint, taking_back
from defect_desktop.training.learning.checkpoint_writer import CheckpointWriter
from defect_desktop.training.learning.inference import softmax_of
from defect_desktop.training.learning.learner import Learner, snapshot
from defect_desktop.training.learning.lesson import EpochRecord, Lesson, Step, Trained
from defect_desktop.training.learning.memory import telling_memory
from defect_desktop.training.learning.pretrained import FROM_SCRATCH, create_network
from defect_desktop.training.learning.sampling import draw_epoch
from defect_desktop.training.metrics import score
from defect_desktop.training.recipes.course import Epoch, course_of
from defect_desktop.training.recipes.recipe import Recipe


def train_member(
    lesson: Lesson, accelerator: Accelerator, checkpoint: Path | None = None
) -> Generator[Step, None, Trained]:
    """Trains a network; yields after every step, and writes the file `checkpoint` after every epoch, beside the next.

    Where that file is there already, the training goes on from it; closing this waits until it is written. The same
    seed on the same machine gives the same network; torch's own seed is set on the way. Raises TrainingError where the
    loss ceases to be a number or memory does not suffice, UnsavedError where the checkpoint cannot be written.
    """
    with telling_memory():
        return (yield from _Member(lesson, accelerator, checkpoint).train())


_BEST = "best."


@dataclass(slots=True)
class _Best:
    """The weights with the best macro F1 so far, of equals the last: those that were averaged longest."""

    weights: dict[str, Tensor]
    macro_f1: float


class _Member:
    def __init__(self, lesson: Lesson, accelerator: Accelerator, checkpoint: Path | None) -> None:
        self._lesson = lesson
        self._recipe = lesson.material.recipe
        self._accelerator = accelerator
        self._writer = CheckpointWriter(checkpoint) if checkpoint and accelerator.is_main_process else None
        self._learner = Learner(lesson, accelerator)
        self._course = course_of(self._recipe, len(lesson.sample))
        self._records: list[EpochRecord] = []
        self._best: _Best | None = None
        if checkpoint is not None and checkpoint.exists():
            self._restore(checkpoint)

    def train(self) -> Generator[Step, None, Trained]:
        with self._writer or nullcontext():
            for epoch in self._course[self._last_epoch :]:
                # However early the training ends, what settles the networks is not left out.
                if epoch.settling or not self._is_over():
                    if epoch.settling and (best := self._best_that_counts()):
                        self._learner.go_back_to(best.weights)
                    yield from self._train_epoch(epoch)
        weights = snapshot(self._learner.averaged())
        if not self._course[-1].settling and (best := self._best_that_counts()):
            weights = best.weights
        self._accelerator.free_memory()
        return _trained(self._lesson, weights, self._records)

    def _train_epoch(self, epoch: Epoch) -> Generator[Step, None, None]:
        began = time.monotonic()
        accelerator, learner = self._accelerator, self._learner
        rank, ranks = accelerator.process_index, accelerator.num_processes
        learner.begin(epoch, np.random.SeedSequence(self._lesson.seed, spawn_key=(epoch.number, 1 + rank)))
        losses = _Losses(lagging=accelerator.device.type != "cpu")
        before = sum(len(each.rates) for each in self._course[: epoch.number - 1])
        steps = sum(len(each.rates) for each in self._course)
        batches = draw_epoch(self._lesson, epoch)
        for number, (chosen, rate) in enumerate(zip(batches, epoch.rates, strict=True), start=1):
            parts = learner.parts
            loss = learner.step(chosen[rank::ranks], epoch, rate)
            # Of all processes, so that none goes on to wait for one whose loss is no number.
            latest = self._finite(losses.add(accelerator.reduce(loss, "mean")))
            note = _divided(learner.parts, len(chosen)) if learner.parts > parts else None
            record = None
            if number == len(epoch.rates):
                record = self._validate(epoch, self._finite(losses.mean()), began)
                self._save()
            elif self._writer:
                self._writer.check()
            yield Step(epoch.number, len(self._course), before + number, steps, len(chosen), latest, rate, record, note)

    def _finite(self, value: float) -> float:
        """The value; raises TrainingError where it is no number."""
        if not math.isfinite(value):
            raise _diverged(self._recipe)
        return value

    def _validate(self, epoch: Epoch, loss: float, began: float) -> EpochRecord:
        """Scores the member on the held-out photos, in the leading process for all."""
        scored: list[tuple[float, float]] = [(0.0, 0.0)]
        if self._accelerator.is_main_process:
            held_out = self._lesson.material.held_out
            with self._learner.evaluating() as network:
                softmax = softmax_of(network, held_out.pixels, self._recipe.preprocessing)
            self._finite(float(softmax.sum()))  # the last step may have ruined a network whose losses were numbers
            scores = score(held_out.targets, softmax.argmax(axis=1), held_out.labels)
            scored = [(scores.macro_f1, scores.weighted_f1)]
        broadcast_object_list(scored)
        record = EpochRecord(epoch.number, loss, *scored[0], time.monotonic() - began)
        self._records.append(record)
        if self._best is None or record.macro_f1 >= self._best.macro_f1:
            self._best = _Best(snapshot(self._learner.averaged()), record.macro_f1)
        return record

    @property
    def _last_epoch(self) -> int:
        """The number of the epoch that was trained last, 0 before the first."""
        return self._records[-1].number if self._records else 0

    def _best_that_counts(self) -> _Best | None:
        """The best weights so far, where the recipe has patience; without it, the last are kept."""
        return self._best if self._recipe.schedule.patience is not None else None

    def _is_over(self) -> bool:
        """Whether the recipe's patience has run out."""
        patience, scores = self._recipe.schedule.patience, [record.macro_f1 for record in self._records]
        return patience is not None and bool(scores) and len(scores) - 1 - scores.index(max(scores)) >= patience

    def _save(self) -> None:
        if self._writer is None or self._best is None:
            return
        facts = {
            LESSON: self._lesson.fingerprint,
            "learner": self._learner.facts(),
            "records": [asdict(record) for record in self._records],
            "best_macro_f1": self._best.macro_f1,
        }
        best = {_BEST + name: tensor for name, tensor in self._best.weights.items()}
        self._writer.write(self._learner.tensors() | best, facts)

    def _restore(self, checkpoint: Path) -> None:
        tensors, facts = read_checkpoint(checkpoint)
        with taking_back(checkpoint, facts, self._lesson.fingerprint):
            self._learner.restore(tensors, facts["learner"])
        self._records = _records(facts)
        self._best = _Best(_best_weights(tensors), facts["best_macro_f1"])


def best_so_far(lesson: Lesson, checkpoint: Path) -> Trained:
    """The member as it was after its best epoch; raises TrainingError where the checkpoint is damaged."""
    tensors, facts = read_checkpoint(checkpoint)
    with taking_back(checkpoint, facts, lesson.fingerprint):
        return _trained(lesson, _best_weights(tensors), _records(facts))


class _Losses:
    """The losses of an epoch. Where `lagging`, the newest is left to the GPU until the next step is under way."""

    def __init__(self, lagging: bool) -> None:
        self._lagging = lagging
        self._waiting: list[Tensor] = []
        self._values: list[float] = []

    def add(self, loss: Tensor) -> float:
        """Takes a step's loss; returns the newest that is known."""
        self._waiting.append(loss)
        if not self._lagging or not self._values or len(self._waiting) > 1:
            self._values.append(float(self._waiting.pop(0)))
        return self._values[-1]

    def mean(self) -> float:
        """Of all steps."""
        self._values += [float(loss) for loss in self._waiting]
        self._waiting.clear()
        return math.fsum(self._values) / len(self._values)


def _trained(lesson: Lesson, weights: dict[str, Tensor], records: list[EpochRecord]) -> Trained:
    recipe, labels = lesson.material.recipe, lesson.material.photos.labels
    network = create_network(recipe.architecture, len(labels), recipe.dropout, FROM_SCRATCH)
    network.load_state_dict(weights)
    return Trained(network.eval(), tuple(records))


def _records(facts: Facts) -> list[EpochRecord]:
    return [EpochRecord(**record) for record in facts["records"]]


def _best_weights(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name.removeprefix(_BEST): tensor for name, tensor in tensors.items() if name.startswith(_BEST)}


def _divided(parts: int, batch: int) -> Bilingual:
    return Bilingual(
        ko=f"메모리가 부족하여 배치를 {parts}개로 나누어(한 번에 {math.ceil(batch / parts)}장) 계속합니다.",
        en=f"The memory ran out; the training goes on with each batch in {parts} parts "
        f"({math.ceil(batch / parts)} photos at a time).",
    )


def _diverged(recipe: Recipe) -> DivergedError:
    rate = f"{recipe.schedule.learning_rate:g}"
    return DivergedError(
        ko="학습이 발산했습니다(손실이 숫자가 아님). 다른 레시피나 시드로 다시 학습하세요. "
        f"'{recipe.name}'의 학습률 {rate}이(가) 여기서는 너무 높습니다.",
        en="The training diverged (its loss is not a number). Use another recipe or seed; "
        f"the learning rate {rate} of '{recipe.name}' is too high here.",
    )
