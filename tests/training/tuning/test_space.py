from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defect_desktop.training.recipes.presets import CONTEST, RECIPES, RECOMMENDED
from defect_desktop.training.recipes.recipe import Recipe
from defect_desktop.training.recipes.recipe_file import recipe_as_json, recipe_from_json
from defect_desktop.training.tuning.space import DIALS, distributions, settings_of, turned


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_recipe_lies_in_its_own_space_and_is_itself_there(recipe: Recipe) -> None:
    ranges, now = distributions(recipe), settings_of(recipe)
    assert all(ranges[key].low <= now[key] <= ranges[key].high for key in ranges)
    assert turned(recipe, now) == recipe


@given(st.data(), st.sampled_from(list(RECIPES.values())))
def test_whatever_is_drawn_is_what_the_recipe_says_and_is_valid(data: st.DataObject, recipe: Recipe) -> None:
    ranges = distributions(recipe)
    values = {key: data.draw(st.floats(found.low, found.high)) for key, found in ranges.items()}
    made = turned(recipe, values)
    assert {dial.key: dial.read(made) for dial in DIALS} == values
    assert recipe_from_json(recipe_as_json(made), "a test") == made
    assert (made.name, made.schedule.epochs, made.bag) == (recipe.name, recipe.schedule.epochs, recipe.bag)


def test_mixing_and_augmenting_keep_the_recipes_kind() -> None:
    half = turned(CONTEST, settings_of(CONTEST) | {"mix_probability": 0.5})
    assert half.mix == dataclasses.replace(CONTEST.mix, probability=0.5)
    mixed = turned(RECOMMENDED, settings_of(RECOMMENDED) | {"mix_probability": 0.5, "magnitude": 0.2})
    assert (mixed.mix.cutmix_alpha, mixed.mix.mixup_alpha) == (1.0, 0.0)
    assert mixed.augmentation.operations > 0 and mixed.augmentation.least_scale == RECOMMENDED.augmentation.least_scale
    assert turned(CONTEST, settings_of(CONTEST) | {"mix_probability": 0.0}).mix is None


def test_a_range_widens_for_a_recipe_beyond_it_but_not_to_a_logarithm_of_nothing() -> None:
    far = dataclasses.replace(
        RECOMMENDED,
        schedule=dataclasses.replace(RECOMMENDED.schedule, learning_rate=0.5),
        descent=dataclasses.replace(RECOMMENDED.descent, weight_decay=0.0),
    )
    ranges, now = distributions(far), settings_of(far)
    assert ranges["learning_rate"].high == now["learning_rate"] == 0.5
    assert ranges["weight_decay"].low == now["weight_decay"] > 0
    assert turned(far, now) == far
