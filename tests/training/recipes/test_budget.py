from __future__ import annotations

import dataclasses

import pytest

from defect_desktop.errors import TrainingError
from defect_desktop.training.recipes.budget import Budget, on_budget
from defect_desktop.training.recipes.presets import CONTEST, RECOMMENDED


def test_no_budget_changes_nothing() -> None:
    assert on_budget(CONTEST, Budget()) == CONTEST


def test_another_network_brings_its_own_input() -> None:
    recipe = on_budget(RECOMMENDED, Budget(architecture="inception_v3"))
    assert recipe.preprocessing.height == 299 and recipe.preprocessing.mean == (0.5, 0.5, 0.5)
    recipe = on_budget(RECOMMENDED, Budget(architecture="resnet152", side=96))
    assert recipe.preprocessing.height == recipe.preprocessing.width == 96
    assert recipe.preprocessing.mean == pytest.approx((0.485, 0.456, 0.406))
    assert recipe.caching.height == 110


def test_the_rest_of_the_recipe_stays() -> None:
    recipe = on_budget(CONTEST, Budget("tf_efficientnet_lite0", side=64, epochs=2, members=1, batch=8, patience=3))
    assert (recipe.schedule.epochs, recipe.schedule.batch, recipe.bag.members) == (2, 8, 1)
    assert recipe.schedule.patience == 3 and CONTEST.schedule.patience is None
    assert (recipe.loss, recipe.mix, recipe.schedule.gamma) == (CONTEST.loss, CONTEST.mix, 0.8)


@pytest.mark.parametrize(
    ("budget", "sentence"),
    [
        (Budget(architecture="resnet_152"), "nearest names: .*resnet152"),
        (Budget(architecture="없는것"), "nearest names: none"),
        (Budget(epochs=0), "--epochs 0 is out of range; choose from 1 to 10000"),
        (Budget(epochs=100_000_000), "--epochs 100000000 is out of range"),
        (Budget(members=-1), "--members -1 is out of range"),
        (Budget(members=10_001), "--members 10001 is out of range; choose from 1 to 10000"),
        (Budget(batch=1), "--batch 1 is out of range; choose from 2"),
        (Budget(side=10**400), "--side 10+ is out of range; choose from 8 to 4096"),
        (Budget(architecture="inception_v3", side=32), "choose another --side"),
        (Budget(architecture="vit_tiny_patch16_224", side=160), "choose another --side"),
    ],
)
def test_what_cannot_be_trained_is_refused(budget: Budget, sentence: str) -> None:
    with pytest.raises(TrainingError, match=sentence):
        on_budget(RECOMMENDED, budget)


def test_the_sizes_on_a_recipes_way_are_tried_out_too() -> None:
    growing = dataclasses.replace(
        RECOMMENDED, schedule=dataclasses.replace(RECOMMENDED.schedule, epochs=2, scales=(0.75, 1.0))
    )
    assert on_budget(growing, Budget()) == growing
    with pytest.raises(TrainingError, match=r"vit_tiny_patch16_224.* 168 x 168 pixels, which the recipe's 'schedule"):
        on_budget(growing, Budget(architecture="vit_tiny_patch16_224"))
