from __future__ import annotations

import dataclasses
import shutil
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import torch

from defect_desktop.errors import TrainingError, UnsavedError
from defect_desktop.training.learning.bagging import finish_bag, member_samples, member_seeds, train_bag
from defect_desktop.training.learning.hardware import accelerator_on
from defect_desktop.training.learning.lesson import Material, Trained
from defect_desktop.training.learning.work_folder import WorkFolder
from defect_desktop.training.recipes.recipe import Bag, Distillation, Samples
from tests.training.stripes import finish

CPU = torch.device("cpu")
ALONE = np.arange(20)
PLAN: dict[str, object] = {"recipe": {"name": "small"}, "data": "abc", "start": "", "seed": 0}

TARGETS = np.repeat([0, 1, 2], [12, 6, 3])
GROUPS = np.array([0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 20, 20, 21, 22, 23, 30, 30, 30])


def bagged(material: Material, bag: Bag) -> Material:
    return dataclasses.replace(material, recipe=dataclasses.replace(material.recipe, bag=bag))


def same(first: Trained, second: Trained) -> bool:
    ours, theirs = first.network.state_dict(), second.network.state_dict()
    return all(torch.equal(tensor, theirs[name]) for name, tensor in ours.items())


@pytest.mark.parametrize("samples", Samples)
def test_groups_stay_together_and_no_class_is_missing(samples: Samples) -> None:
    drawn = member_samples(TARGETS, GROUPS, Bag(members=3, samples=samples), seed=4)
    assert len(drawn) == 3 and len({sample.tobytes() for sample in drawn}) == 3
    for sample in drawn:
        assert set(TARGETS[sample]) == {0, 1, 2}
        times = np.bincount(sample, minlength=len(TARGETS))
        for group in np.unique(GROUPS):
            assert len(set(times[group == GROUPS])) == 1
    again = member_samples(TARGETS, GROUPS, Bag(members=3, samples=samples), seed=4)
    assert all(np.array_equal(*pair) for pair in zip(drawn, again, strict=True))


def test_a_bootstrap_sample_repeats_and_leaves_out() -> None:
    (sample, _) = member_samples(TARGETS, np.arange(21), Bag(members=2), seed=0)
    assert np.bincount(TARGETS[sample]).tolist() == [12, 6, 3]
    assert 0.4 < len(set(sample)) / 21 < 0.9


def test_folds_leave_each_photo_out_of_one_member() -> None:
    drawn = member_samples(TARGETS[:18], np.arange(18), Bag(members=3, samples=Samples.FOLDS), seed=0)
    assert (sum(np.bincount(sample, minlength=18) for sample in drawn) == 2).all()


def test_a_single_member_sees_everything() -> None:
    (sample,) = member_samples(TARGETS, GROUPS, Bag(members=1), seed=0)
    assert sample.tolist() == list(range(21))


def test_members_are_trained_one_after_another_from_seeds_of_their_own(material: Material) -> None:
    steps, members = finish(train_bag(material, ALONE, 0, accelerator_on(CPU)))
    assert [(each.member, each.members, each.step.step) for each in steps] == [
        (member, 2, step) for member in (1, 2) for step in range(1, 7)
    ]
    assert not same(*members)
    assert len({*member_seeds(0, 3), *member_seeds(1, 3)}) == 6


def test_a_bag_goes_on_where_it_stopped(material: Material, tmp_path: Path) -> None:
    _, whole = finish(train_bag(material, ALONE, 0, accelerator_on(CPU)))
    work = WorkFolder(tmp_path / "pack")
    work.open(PLAN)
    with closing(train_bag(material, ALONE, 0, accelerator_on(CPU), work)) as training:
        for _ in range(9):
            next(training)
    names = sorted(path.name for path in work.folder.iterdir())
    assert names == ["member-1.safetensors", "member-2.checkpoint", "plan.json"]
    steps, resumed = finish(train_bag(material, ALONE, 0, accelerator_on(CPU), work))
    assert [(each.member, each.step.step) for each in steps] == [(2, step) for step in range(3, 7)]
    assert all(same(*pair) for pair in zip(whole, resumed, strict=True))
    assert [each.records for each in whole] == [each.records for each in resumed]


def test_what_is_there_can_be_finished(material: Material, tmp_path: Path) -> None:
    work = WorkFolder(tmp_path / "pack")
    work.open(PLAN)
    with pytest.raises(TrainingError, match="No epoch is finished yet"):
        finish(finish_bag(material, ALONE, 0, work))
    with closing(train_bag(material, ALONE, 0, accelerator_on(CPU), work)) as training:
        for _ in range(9):
            next(training)
    (note,), members = finish(finish_bag(material, ALONE, 0, work))
    assert [len(member.records) for member in members] == [3, 1]
    assert note.en.startswith("Member 2/2 was trained to epoch 1 only")
    assert not members[1].network.training


def test_a_bag_can_be_distilled_into_one_member(material: Material, tmp_path: Path) -> None:
    teaching = bagged(material, Bag(members=2, distillation=Distillation(weight=0.7, temperature=2.0)))
    work = WorkFolder(tmp_path / "pack")
    work.open(PLAN)
    steps, members = finish(train_bag(teaching, ALONE, 0, accelerator_on(CPU), work))
    assert {each.member for each in steps} == {1, 2, 3} and {each.members for each in steps} == {3}
    assert len(members) == 1
    notes, (finished,) = finish(finish_bag(teaching, ALONE, 0, work))
    assert notes == [] and same(finished, members[0])
    (work.folder / "member-3.safetensors").unlink()
    (note,), untaught_bag = finish(finish_bag(teaching, ALONE, 0, work))
    assert note.en == "Member 3/3 was never trained, and is left out of the pack." and len(untaught_bag) == 2
    untaught = bagged(material, Bag(members=1))
    _, (alone,) = finish(train_bag(untaught, ALONE, 0, accelerator_on(CPU)))
    assert not same(alone, members[0])


def test_a_finished_member_of_another_training_is_refused(material: Material, tmp_path: Path) -> None:
    work, other = WorkFolder(tmp_path / "pack"), WorkFolder(tmp_path / "other")
    for folder, seed in ((work, 0), (other, 1)):
        folder.open(PLAN)
        finish(train_bag(material, ALONE, seed, accelerator_on(CPU), folder))
    shutil.copy(other.folder / "member-1.safetensors", work.folder)
    with pytest.raises(TrainingError, match=r"member-1\.safetensors' is of another training; delete that file"):
        finish(train_bag(material, ALONE, 0, accelerator_on(CPU), work))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"seed": 1}, "seed"),
        ({"data": "xyz"}, "photos"),
        ({"recipe": {"name": "other"}, "start": "f"}, "recipe, starting"),
    ],
)
def test_the_checkpoint_of_another_training_is_refused(tmp_path: Path, changes: dict[str, object], named: str) -> None:
    work = WorkFolder(tmp_path / "pack")
    work.open(PLAN)
    work.open(dict(PLAN))
    work.checkpoint(1).touch()
    with pytest.raises(TrainingError, match=f"differs in {named}.*delete that folder"):
        work.open(PLAN | changes)


def test_a_training_that_came_to_nothing_stands_in_no_ones_way(tmp_path: Path) -> None:
    work = WorkFolder(tmp_path / "pack")
    work.open(PLAN)
    work.open(PLAN | {"seed": 1})  # its loss was no number, say, and another seed was advised
    work.checkpoint(1).touch()
    work.open(PLAN | {"seed": 1})
    with pytest.raises(TrainingError, match="differs in seed"):
        work.open(PLAN)


@pytest.mark.parametrize("content", ["{", "[]"])
def test_a_damaged_plan_is_told(tmp_path: Path, content: str) -> None:
    work = WorkFolder(tmp_path / "pack")
    work.open(PLAN)
    work.checkpoint(1).touch()
    (work.folder / "plan.json").write_text(content)
    with pytest.raises(TrainingError, match="is damaged; delete"):
        work.open(PLAN)


def test_a_full_disk_advises_nobody_to_delete_what_was_trained(tmp_path: Path) -> None:
    work = WorkFolder(tmp_path / "pack")
    work.open(PLAN)
    (work.folder / "draft").touch()  # no folder can be made in its place
    with pytest.raises(UnsavedError, match="run the same command again"), work.draft():
        pass
