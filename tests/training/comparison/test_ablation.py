from __future__ import annotations

import dataclasses
import json

import pytest

from defect_desktop.training.comparison.ablation import VARIANTS, variants_of
from defect_desktop.training.recipes.presets import CONTEST, RECIPES, RECOMMENDED
from defect_desktop.training.recipes.recipe import Bag, Recipe
from defect_desktop.training.recipes.recipe_file import recipe_as_json, recipe_from_json


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_every_variant_is_another_valid_recipe(recipe: Recipe) -> None:
    made = [variant.change(recipe) for variant in variants_of(recipe)]
    assert len({json.dumps(each.declaration()) for each in made} | {recipe_as_json(recipe)}) == len(made) + 1
    assert all(recipe_from_json(recipe_as_json(each), "variant") == each for each in made)


def test_every_variant_is_for_some_recipe_and_has_its_own_name(small: Recipe) -> None:
    recipes = (*RECIPES.values(), small)  # of a user's own, with what none of ours has
    assert {variant.key for recipe in recipes for variant in variants_of(recipe)} == {
        variant.key for variant in VARIANTS
    }
    assert len({variant.key for variant in VARIANTS}) == len({variant.name for variant in VARIANTS}) == len(VARIANTS)


def test_what_a_recipe_has_already_is_no_variant_of_it() -> None:
    assert "cosine" not in {variant.key for variant in variants_of(RECOMMENDED)}
    assert {"step-decay", "focal", "balanced-sampling", "no-ema"} & {
        variant.key for variant in variants_of(CONTEST)
    } == set()
    alone = dataclasses.replace(RECOMMENDED, bag=Bag(members=1))
    assert "folds" not in {variant.key for variant in variants_of(alone)}
