from __future__ import annotations

import dataclasses
import signal
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from defect_desktop.errors import TrainingError, UnsavedError
from defect_desktop.training.learning import checkpoint, checkpoint_writer, learner
from defect_desktop.training.learning.augmentation import augment
from defect_desktop.training.learning.hardware import accelerator_on
from defect_desktop.training.learning.inference import softmax_of
from defect_desktop.training.learning.learner import Learner, snapshot
from defect_desktop.training.learning.lesson import Lesson, Material, Step, Trained
from defect_desktop.training.learning.trainer import best_so_far, train_member
from defect_desktop.training.recipes.course import Epoch
from defect_desktop.training.recipes.recipe import Distractors, Recipe, Sampling
from tests.training.stripes import finish

EVERY = np.arange(20)


def lesson_of(material: Material, sample: np.ndarray = EVERY, seed: int = 0, **changes: object) -> Lesson:
    recipe = dataclasses.replace(material.recipe, **changes)
    return Lesson(dataclasses.replace(material, recipe=recipe), sample, seed)


def scheduled(recipe: Recipe, **changes: object) -> dict[str, object]:
    return {"schedule": dataclasses.replace(recipe.schedule, **changes)}


def train(lesson: Lesson, file: Path | None = None) -> tuple[list[Step], Trained]:
    return finish(train_member(lesson, accelerator_on(torch.device("cpu")), file))


def stop_after(steps: int, lesson: Lesson, file: Path) -> None:
    with closing(train_member(lesson, accelerator_on(torch.device("cpu")), file)) as training:
        for _ in range(steps):
            next(training)


def same(first: Trained, second: Trained) -> bool:
    ours, theirs = first.network.state_dict(), second.network.state_dict()
    return all(torch.equal(tensor, theirs[name]) for name, tensor in ours.items())


def test_the_loss_falls_and_the_steps_are_told(material: Material) -> None:
    lesson = lesson_of(material, mix=None, **scheduled(material.recipe, epochs=12, batch=4))
    steps, trained = train(lesson)
    assert [(step.epoch, step.step) for step in steps] == [(1 + n // 5, 1 + n) for n in range(60)]
    assert {(step.epochs, step.steps, step.photos) for step in steps} == {(12, 60, 4)}
    assert np.mean([step.loss for step in steps[-5:]]) < 0.7 * np.mean([step.loss for step in steps[:5]])
    assert steps[-1].learning_rate < 0.1 * material.recipe.schedule.learning_rate
    assert not trained.network.training
    assert [step.record for step in steps if step.record] == [*trained.records]
    assert trained.records[0].loss == pytest.approx(np.mean([step.loss for step in steps[:5]]))
    assert trained.records[-1].macro_f1 > 0.9


def test_a_seed_gives_one_network(material: Material) -> None:
    first, again, other = (train(lesson_of(material, seed=seed))[1] for seed in (1, 1, 2))
    assert same(first, again) and not same(first, other)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"sampling": Sampling.BALANCED, "mix": None},
        {"distractors": Distractors(a_batch=2, settling_rate=1e-3, settling_a_batch=3)},
    ],
    ids=["shuffled", "balanced", "distractors"],
)
def test_a_training_that_is_cut_off_goes_on_to_the_same_network(
    material: Material, tmp_path: Path, changes: dict[str, object]
) -> None:
    lesson = lesson_of(material, **changes)
    _, whole = train(lesson)
    for steps in (2, 3, 5):
        file = tmp_path / f"{steps}.checkpoint"
        stop_after(steps, lesson, file)
        rest, resumed = train(lesson, file)
        assert rest[0].step == steps // 2 * 2 + 1
        assert same(whole, resumed) and whole.records == resumed.records


@pytest.mark.parametrize("precisions", [("no", "fp16"), ("fp16", "no"), ("fp16", "fp16")])
def test_a_training_goes_on_in_another_precision(
    material: Material, tmp_path: Path, precisions: tuple[str, str]
) -> None:
    """Gradients are scaled in float16 alone, as on an older GPU; the training may have begun on another machine."""
    lesson, file = lesson_of(material), tmp_path / "a.checkpoint"
    for steps, precision in zip((2, 4), precisions, strict=True):
        accelerator = accelerator_on(torch.device("cpu"))
        accelerator.scaler = torch.amp.GradScaler("cpu", init_scale=2.0) if precision == "fp16" else None
        with closing(train_member(lesson, accelerator, file)) as training:
            reached = [next(training).step for _ in range(2)]
        assert reached[-1] == steps


def test_without_averages_the_last_weights_are_kept(material: Material, tmp_path: Path) -> None:
    lesson = lesson_of(material, descent=dataclasses.replace(material.recipe.descent, ema_decay=None, layer_decay=1.0))
    _, whole = train(lesson)
    stop_after(2, lesson, tmp_path / "a.checkpoint")
    assert same(whole, train(lesson, tmp_path / "a.checkpoint")[1])
    assert not whole.network.training


def test_patience_ends_a_member_at_its_best(material: Material, tmp_path: Path) -> None:
    lesson = lesson_of(material, mix=None, **scheduled(material.recipe, epochs=30, patience=2))
    _, trained = train(lesson, tmp_path / "a.checkpoint")
    scores = [record.macro_f1 for record in trained.records]
    assert len(scores) < 30 and len(scores) - 1 - scores.index(max(scores)) == 2
    assert same(trained, best_so_far(lesson, tmp_path / "a.checkpoint"))
    steps, again = train(lesson, tmp_path / "a.checkpoint")
    assert steps == [] and same(trained, again)


def test_who_loses_patience_settles_nevertheless(material: Material, tmp_path: Path) -> None:
    settling = Distractors(a_batch=2, settling_rate=1e-3, settling_a_batch=3)
    changes = scheduled(material.recipe, epochs=30, patience=1)
    lesson, file = lesson_of(material, mix=None, distractors=settling, **changes), tmp_path / "a.checkpoint"
    steps, trained = train(lesson, file)
    numbers = [record.number for record in trained.records]
    assert len(numbers) < 30 and numbers[-1] == 31
    assert [step.epoch for step in steps][-1] == 31
    assert not same(trained, train(lesson_of(material, mix=None, **changes))[1])
    again, resumed = train(lesson, file)
    assert again == [] and same(trained, resumed)


def test_what_settles_after_patience_are_the_best_weights(material: Material, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[dict[str, torch.Tensor]] = []
    real = Learner.begin

    def begin(self: Learner, epoch: Epoch, seeds: np.random.SeedSequence) -> None:
        begun.append(snapshot(self.averaged()))
        real(self, epoch, seeds)

    monkeypatch.setattr(Learner, "begin", begin)
    settling = Distractors(a_batch=2, settling_rate=1e-3, settling_a_batch=3)
    changes = scheduled(material.recipe, epochs=30, patience=2)
    _, trained = train(lesson_of(material, mix=None, distractors=settling, **changes))
    scores = [record.macro_f1 for record in trained.records[:-1]]
    best = max(range(len(scores)), key=lambda place: (scores[place], place))
    assert best < len(scores) - 1
    assert all(torch.equal(begun[-1][name], begun[best + 1][name]) for name in begun[-1])
    assert not all(torch.equal(begun[-1][name], begun[-2][name]) for name in begun[-1])


def test_a_checkpoint_of_another_training_is_told(material: Material, tmp_path: Path) -> None:
    file = tmp_path / "a.checkpoint"
    stop_after(2, lesson_of(material), file)
    others = (
        lesson_of(material, architecture="test_resnet"),
        lesson_of(material, **scheduled(material.recipe, learning_rate=1e-4)),
        dataclasses.replace(lesson_of(material), seed=1),
        dataclasses.replace(lesson_of(material), sample=np.arange(9)),
    )
    for other in others:
        for go_on in (train, best_so_far):
            with pytest.raises(TrainingError, match="is of another training; delete that file"):
                go_on(other, file)


def test_a_training_that_diverges_says_so(material: Material, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lesson = lesson_of(material, **scheduled(material.recipe, learning_rate=float("inf"), warmup_epochs=0.0))
    file = tmp_path / "a.checkpoint"
    for kept in (None, file):
        with pytest.raises(TrainingError, match=r"not a number\)\. Use another recipe"):
            train(lesson, kept)
    stop_after(2, lesson_of(material), file)
    monkeypatch.setattr(Learner, "_loss_of", lambda *_: torch.tensor(float("nan"), requires_grad=True))
    with pytest.raises(TrainingError, match=r"not a number"):
        train(lesson_of(material), file)
    assert len(best_so_far(lesson_of(material), file).records) == 1


def test_a_class_smaller_than_a_batch_trains(material: Material) -> None:
    steps, _ = train(lesson_of(material, np.array([0, 1, 2])))
    assert [step.photos for step in steps] == [3, 3, 3]


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
        RuntimeError("CUDA error: out of memory\nCUDA kernel errors might be asynchronously reported"),
        RuntimeError("cuDNN error: CUDNN_STATUS_ALLOC_FAILED"),
    ],
    ids=["allocator", "CUDA", "cuDNN"],
)
def test_too_little_memory_divides_the_batch_and_says_so(
    error: Exception, material: Material, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A stand-in for a GPU that has room for four photos at a time."""
    whole_loss = Learner._loss_of

    def cramped(self: Learner, inputs: torch.Tensor, wanted: torch.Tensor, reweighted: bool) -> torch.Tensor:
        if len(inputs) > 4:
            raise error
        return whole_loss(self, inputs, wanted, reweighted)

    lesson = lesson_of(material)
    roomy, _ = train(lesson)
    monkeypatch.setattr(Learner, "_loss_of", cramped)
    steps, _ = train(lesson, tmp_path / "a.checkpoint")
    notes = [step.note for step in steps]
    assert "2 parts (4 photos at a time)" in notes[0].en and notes[1:] == [None] * 5
    # But for batch norm, which sees a part at a time, the loss is that of the whole batch.
    assert steps[0].loss == pytest.approx(roomy[0].loss, rel=0.2)
    assert checkpoint.read_checkpoint(tmp_path / "a.checkpoint")[1]["learner"]["parts"] == 2


@pytest.mark.parametrize(
    "changes",
    [{}, {"distractors": Distractors(a_batch=3, settling_rate=1e-3, settling_a_batch=2)}],
    ids=["photos", "distractors"],
)
def test_a_batch_that_memory_cannot_prepare_is_divided_before_it_is_prepared(
    material: Material, monkeypatch: pytest.MonkeyPatch, changes: dict[str, object], tmp_path: Path
) -> None:
    """A stand-in for a computer that has room for varying five photos at a time."""
    prepared: list[int] = []

    def cramped(photos: torch.Tensor, *rest: Any) -> torch.Tensor:
        if len(photos) > 5:
            raise torch.OutOfMemoryError
        prepared.append(len(photos))
        return augment(photos, *rest)

    lesson, file = lesson_of(material, **changes), tmp_path / "a.checkpoint"
    _, roomy = train(lesson)
    monkeypatch.setattr(learner, "augment", cramped)
    steps, trained = train(lesson, file)
    notes = [step.note for step in steps]
    parts = 4 if changes else 2
    assert f"{parts} parts ({8 // parts} photos at a time)" in notes[0].en and notes[1:] == [None] * (len(steps) - 1)
    assert sum(prepared) == sum(8 + (3 if step.epoch <= 3 else 2) * bool(changes) for step in steps)
    assert [record.number for record in trained.records] == [record.number for record in roomy.records]
    assert checkpoint.read_checkpoint(file)[1]["learner"]["parts"] == parts


def test_a_divided_training_goes_on_in_more_processes_that_have_less_of_each_batch(
    material: Material, tmp_path: Path
) -> None:
    """A stand-in for eight of them: the checkpoint is of a batch eight times as large."""
    lesson, file = lesson_of(material), tmp_path / "a.checkpoint"
    stop_after(2, lesson, file)
    tensors, facts = checkpoint.read_checkpoint(file)
    checkpoint.write_checkpoint(file, tensors, facts | {"learner": facts["learner"] | {"parts": 32}})
    steps, _ = train(lesson, file)
    assert [step.step for step in steps] == [3, 4, 5, 6]


def test_where_no_batch_fits_the_user_is_told(material: Material, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> torch.Tensor:
        raise torch.cuda.OutOfMemoryError

    monkeypatch.setattr(Learner, "_loss_of", full)
    with pytest.raises(TrainingError, match="lower --batch or --side"):
        train(lesson_of(material))


CRAMPED = """
import resource, sys
import numpy as np, torch
from defect_desktop.errors import TrainingError, UnsavedError
from defect_desktop.training.learning.hardware import accelerator_on
from defect_desktop.training.learning.lesson import Lesson, Material
from defect_desktop.training.learning.pretrained import FROM_SCRATCH
from defect_desktop.training.learning.trainer import train_member
from defect_desktop.training.recipes.budget import Budget, on_budget
from defect_desktop.training.recipes.presets import RECOMMENDED
from tests.training.conftest import stripes_in_memory

recipe = on_budget(RECOMMENDED, Budget("test_efficientnet", side=256, epochs=1, members=1, batch=32))
training = stripes_in_memory(64, recipe.caching.height, 1)
material = Material(training, stripes_in_memory(8, 256, 2), recipe, FROM_SCRATCH)
lesson, accelerator = Lesson(material, np.arange(64), 0), accelerator_on(torch.device("cpu"))
taken = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmSize"))
limit = 1024 * taken + int(sys.argv[1]) * 2**20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
try:
    for step in train_member(lesson, accelerator):
        print(step.note.en if step.note else "a step")
except TrainingError as error:
    print(error)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("megabytes", [300, 20])
def test_a_process_with_too_little_memory_divides_the_batch_or_says_what_to_do(megabytes: int) -> None:
    """A step takes some 670 MB, and its preparation 270. How far dividing helps hangs on what the allocator finds."""
    command = [sys.executable, "-c", CRAMPED, str(megabytes)]
    for _ in range(3):
        run = subprocess.run(command, check=False, capture_output=True, text=True)
        if run.returncode != -signal.SIGSEGV:  # torch's own backward pass may die where memory ends in its midst
            break
    assert run.returncode == 0, run.stderr
    told = run.stdout.splitlines()
    assert "lower --batch or --side" in told[-1] or (megabytes == 300 and "photos at a time" in "".join(told))


def test_what_memory_lacks_is_asked_in_smaller_batches(material: Material, monkeypatch: pytest.MonkeyPatch) -> None:
    network = train(lesson_of(material, **scheduled(material.recipe, epochs=1)))[1].network
    pixels, taken = np.tile(material.held_out.pixels, (4, 1, 1, 1)), material.recipe.preprocessing
    whole, real = softmax_of(network, pixels, taken), network.forward

    def cramped(inputs: torch.Tensor) -> torch.Tensor:
        if len(inputs) > 10:
            raise RuntimeError("[enforce fail at alloc_cpu.cpp:127] DefaultCPUAllocator: can't allocate memory")
        return real(inputs)

    monkeypatch.setattr(network, "forward", cramped)
    assert np.allclose(softmax_of(network, pixels, taken), whole, atol=1e-5)

    def broken(inputs: torch.Tensor) -> torch.Tensor:
        raise RuntimeError("mat1 and mat2 shapes cannot be multiplied")

    monkeypatch.setattr(network, "forward", broken)
    with pytest.raises(RuntimeError, match="shapes"):
        softmax_of(network, pixels, taken)


def test_a_disk_that_fills_is_told_within_an_epoch_and_loses_no_checkpoint(
    material: Material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson, file = lesson_of(material, **scheduled(material.recipe, epochs=6, batch=4)), tmp_path / "a.checkpoint"
    _, whole = train(lesson)
    real, full = checkpoint_writer.write_checkpoint, UnsavedError(ko="디스크", en="The disk is full.")

    def filling(target: Path, tensors: dict[str, torch.Tensor], facts: dict[str, Any]) -> None:
        if len(facts["records"]) == 3:
            raise full
        real(target, tensors, facts)

    latest = 0
    with monkeypatch.context() as patch, pytest.raises(TrainingError, match="disk is full"):
        patch.setattr(checkpoint_writer, "write_checkpoint", filling)
        for step in train_member(lesson, accelerator_on(torch.device("cpu")), file):
            latest = step.step
    assert 3 * 5 <= latest < 4 * 5
    assert len(best_so_far(lesson, file).records) == 2
    rest, resumed = train(lesson, file)
    assert rest[0].step == 2 * 5 + 1 and same(whole, resumed)


def test_the_last_checkpoint_is_not_lost_without_a_word(
    material: Material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise UnsavedError(ko="디스크", en="The disk is full.")

    monkeypatch.setattr(checkpoint_writer, "write_checkpoint", full)
    lesson = lesson_of(material, **scheduled(material.recipe, epochs=1))
    with pytest.raises(TrainingError, match="disk is full"):
        train(lesson, tmp_path / "a.checkpoint")
    stop_after(2, lesson, tmp_path / "a.checkpoint")


def test_the_training_goes_on_while_a_checkpoint_is_written(
    material: Material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, next_epoch = checkpoint_writer.write_checkpoint, threading.Event()

    def slow(target: Path, tensors: dict[str, torch.Tensor], facts: dict[str, Any]) -> None:
        assert next_epoch.wait(20)
        real(target, tensors, facts)

    monkeypatch.setattr(checkpoint_writer, "write_checkpoint", slow)
    lesson, file = lesson_of(material), tmp_path / "a.checkpoint"
    with closing(train_member(lesson, accelerator_on(torch.device("cpu")), file)) as training:
        assert [next(training).epoch for _ in range(3)] == [1, 1, 2] and not file.exists()
        next_epoch.set()
    _, resumed = train(lesson, file)
    monkeypatch.undo()
    assert same(train(lesson)[1], resumed)
