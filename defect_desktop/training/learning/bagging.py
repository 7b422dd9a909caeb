"""Bagging: members trained alike on different samples, whose softmax is averaged (Breiman 1996)."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from functools import partial

import numpy as np
from accelerate import Accelerator

from defect_desktop.errors import TrainingError
from defect_desktop.language import Bilingual
from defect_desktop.training.data.split import Indices, make_split
from defect_desktop.training.learning.lesson import Lesson, Material, Step, Trained
from defect_desktop.training.learning.trainer import best_so_far, train_member
from defect_desktop.training.learning.work_folder import WorkFolder
from defect_desktop.training.recipes.recipe import Bag, Samples
from defect_desktop.training.steps import retold


@dataclass(frozen=True, slots=True)
class BagStep:
    """One step of the bag: `member` of `members`, counted from 1, made `step`. A distilled network is the last."""

    member: int
    members: int
    step: Step


def member_seeds(seed: int, members: int) -> tuple[int, ...]:
    """A seed for each member, far apart however near the seeds of two bags are."""
    return tuple(int(state) for state in np.random.SeedSequence(seed).generate_state(members))


def networks_of(bag: Bag) -> int:
    """How many networks are trained for this bag."""
    return bag.members + (bag.distillation is not None)


def member_samples(targets: Indices, groups: Indices, bag: Bag, seed: int) -> list[Indices]:
    """For each member the positions of its photos among those of classes `targets` and groups `groups`, both (photos,).

    What is drawn, or left out, is a whole group: near-duplicates are one piece of evidence. Every class is in every
    sample. A single member has them all.
    """
    if bag.members == 1:
        return [np.arange(len(targets), dtype=np.int64)]
    if bag.samples is Samples.BOOTSTRAP:
        return [_bootstrap(targets, groups, own_seed) for own_seed in member_seeds(seed, bag.members)]
    return _all_but_one_fold(targets, groups, bag.members, seed)


def train_bag(
    material: Material, groups: Indices, seed: int, accelerator: Accelerator, work: WorkFolder | None = None
) -> Generator[BagStep, None, list[Trained]]:
    """Trains the recipe's members one after another; yields after every step, returns what goes into the pack.

    In `work` every finished member is kept, and a checkpoint of the one in training: what is there already is not
    trained again. Raises TrainingError as `train_member` does.
    """
    total = networks_of(material.recipe.bag)
    trained: list[Trained] = []
    for number, lesson in enumerate(_lessons(material, groups, seed), start=1):
        trained.append((yield from _taught(number, total, lesson, accelerator, work)))
    if material.recipe.bag.distillation is None:
        return trained
    student = _student(material, seed, trained)
    return [(yield from _taught(total, total, student, accelerator, work))]


def finish_bag(
    material: Material, groups: Indices, seed: int, work: WorkFolder
) -> Generator[Bilingual, None, list[Trained]]:
    """What goes into a pack of what `work` holds: the finished members, and the one in training as it was at its best.

    Yields a word about each network that is not finished. Raises TrainingError where there is nothing yet.
    """
    lessons = _lessons(material, groups, seed)
    found = [_so_far(number, lesson, work) for number, lesson in enumerate(lessons, start=1)]
    members = [each for each in found if each is not None]
    if material.recipe.bag.distillation:
        begun = len(members) == len(lessons)
        student = _so_far(len(lessons) + 1, _student(material, seed, members), work) if begun else None
        found.append(student)
        members = [student] if student else members
    if not members:
        raise TrainingError(
            ko="아직 학습을 마친 에폭이 없어 팩을 만들 수 없습니다. --finish 없이 다시 실행하세요.",
            en="No epoch is finished yet, so there is nothing to make a pack of; run again without --finish.",
        )
    for number, each in enumerate(found, start=1):
        if not work.is_finished(number):
            yield _cut_short(number, len(found), each)
    return members


def _lessons(material: Material, groups: Indices, seed: int) -> list[Lesson]:
    bag = material.recipe.bag
    samples = member_samples(material.photos.targets, groups, bag, seed)
    seeds = member_seeds(seed, bag.members)
    return [Lesson(material, sample, own_seed) for sample, own_seed in zip(samples, seeds, strict=True)]


def _student(material: Material, seed: int, members: list[Trained]) -> Lesson:
    """The lesson of the network that learns from the bag; it sees every photo."""
    every = np.arange(len(material.photos.targets), dtype=np.int64)
    own_seed = member_seeds(seed, networks_of(material.recipe.bag))[-1]
    return Lesson(material, every, own_seed, tuple(member.network for member in members))


def _taught(
    number: int, total: int, lesson: Lesson, accelerator: Accelerator, work: WorkFolder | None
) -> Generator[BagStep, None, Trained]:
    """Member `number` of `total`: as it was kept, or trained now and then kept."""
    if work is None:
        return (yield from retold(train_member(lesson, accelerator), partial(BagStep, number, total)))
    if work.is_finished(number):
        return work.finished(number, lesson)
    training = train_member(lesson, accelerator, work.checkpoint(number))
    trained = yield from retold(training, partial(BagStep, number, total))
    if accelerator.is_main_process:
        work.keep(number, lesson, trained)
    return trained


def _so_far(number: int, lesson: Lesson, work: WorkFolder) -> Trained | None:
    if work.is_finished(number):
        return work.finished(number, lesson)
    checkpoint = work.checkpoint(number)
    return best_so_far(lesson, checkpoint) if checkpoint.exists() else None


def _cut_short(number: int, total: int, trained: Trained | None) -> Bilingual:
    if trained is None:
        return Bilingual(
            ko=f"멤버 {number}/{total}은(는) 학습한 적이 없어 팩에 들어가지 않습니다.",
            en=f"Member {number}/{total} was never trained, and is left out of the pack.",
        )
    last, best = trained.records[-1].number, max(record.macro_f1 for record in trained.records)
    return Bilingual(
        ko=f"멤버 {number}/{total}은(는) 에폭 {last}까지만 학습했고, 그중 가장 좋았던 상태(검증 매크로 F1 {best:.3f})"
        "로 팩에 들어갑니다.",
        en=f"Member {number}/{total} was trained to epoch {last} only, and goes into the pack as it was at its best "
        f"(validation macro F1 {best:.3f}).",
    )


def _bootstrap(targets: Indices, groups: Indices, seed: int) -> Indices:
    """As many groups of each class as it has, drawn with replacement, and all their photos of it.

    Drawn within each class, so that a class of three photos is in every sample and the classes keep their sizes.
    """
    generator = np.random.default_rng(seed)
    drawn: list[Indices] = []
    for target in np.unique(targets):
        members = np.flatnonzero(targets == target)
        of_class = groups[members]
        choices = np.unique(of_class)
        drawn += [members[of_class == group] for group in generator.choice(choices, len(choices))]
    return np.concatenate(drawn)


def _all_but_one_fold(targets: Indices, groups: Indices, folds: int, seed: int) -> list[Indices]:
    """What remains when each fold in turn is left out; a class that would be left out altogether stays."""
    split = make_split(targets, groups, held_out_share=0.0, folds=folds, seed=seed)
    return [split.fold_indices(fold)[0] for fold in range(folds)]
