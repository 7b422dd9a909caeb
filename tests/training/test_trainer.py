from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch

from defect_desktop.errors import DataSetError
from defect_desktop.training.bagging import member_seeds, train_bag
from defect_desktop.training.photo_cache import PhotoCache
from defect_desktop.training.recipe import Recipe
from defect_desktop.training.trainer import train_member
from tests.training.stripes import finish

CPU = torch.device("cpu")
EVERY = np.arange(20)


def test_the_loss_falls_and_the_steps_are_told(striped_cache: PhotoCache, tiny: Recipe) -> None:
    plain = dataclasses.replace(tiny, distractors=0, settling_distractors=0, scales=(0.75, *[1.0] * 6))
    steps, network = finish(train_member(striped_cache, EVERY, plain, seed=0, device=CPU))
    assert [(step.epoch, step.step) for step in steps] == [(1 + n // 2, 1 + n) for n in range(16)]
    assert {(step.epochs, step.steps, step.photos) for step in steps} == {(8, 16, 8)}
    assert np.mean([step.loss for step in steps[-6:]]) < 0.85 * np.mean([step.loss for step in steps[:6]])
    assert steps[13].learning_rate < 0.1 * tiny.learning_rate
    assert not network.training


def test_a_seed_gives_one_network(striped_cache: PhotoCache, tiny: Recipe) -> None:
    short = dataclasses.replace(tiny, scales=(1.0,))
    networks = [finish(train_member(striped_cache, EVERY, short, seed, CPU))[1] for seed in (1, 1, 2)]
    first, again, other = ([*network.state_dict().values()] for network in networks)
    assert all(torch.equal(*pair) for pair in zip(first, again, strict=True))
    assert not all(torch.equal(*pair) for pair in zip(first, other, strict=True))


def test_a_training_that_diverges_says_so(striped_cache: PhotoCache, tiny: Recipe) -> None:
    hasty = dataclasses.replace(tiny, learning_rate=float("inf"), warmup_epochs=0.0)
    with pytest.raises(DataSetError, match="lower the learning rate"):
        finish(train_member(striped_cache, EVERY, hasty, seed=0, device=CPU))


def test_a_class_smaller_than_a_batch_trains(striped_cache: PhotoCache, tiny: Recipe) -> None:
    few = dataclasses.replace(tiny, scales=(1.0, 1.0))
    steps, _ = finish(train_member(striped_cache, np.array([0, 1, 2]), few, seed=0, device=CPU))
    assert [step.photos for step in steps] == [3, 3, 3]


def test_members_are_trained_one_after_another_from_seeds_of_their_own(striped_cache: PhotoCache, tiny: Recipe) -> None:
    short = dataclasses.replace(tiny, scales=(1.0,))
    steps, networks = finish(train_bag(striped_cache, short, seed=0, device=CPU))
    assert [(each.member, each.step.step) for each in steps] == [
        (1, 1),
        (1, 2),
        (1, 3),
        (1, 4),
        (2, 1),
        (2, 2),
        (2, 3),
        (2, 4),
    ]
    assert not torch.equal(networks[0].classifier.weight, networks[1].classifier.weight)
    assert len({*member_seeds(0, 3), *member_seeds(1, 3)}) == 6


def test_closing_a_bag_stops_it(striped_cache: PhotoCache, tiny: Recipe) -> None:
    training = train_bag(striped_cache, tiny, seed=0, device=CPU)
    next(training)
    training.close()
    with pytest.raises(StopIteration):
        next(training)
