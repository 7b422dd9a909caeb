from __future__ import annotations

import json

import pytest

from defect_desktop.errors import UserError
from defect_desktop.training.recipes.presets import CONTEST, RECIPES, STARTER, recipe_named
from defect_desktop.training.recipes.recipe import Recipe, Sampling


def test_a_recipe_is_found_by_its_name_and_the_choices_are_named() -> None:
    assert recipe_named("starter") is STARTER
    with pytest.raises(UserError, match="recommended, contest, starter"):
        recipe_named("unheard of")


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_declaration_is_json(recipe: Recipe) -> None:
    declared = json.loads(json.dumps(recipe.declaration()))
    assert declared["architecture"] == recipe.architecture
    assert declared["schedule"]["epochs"] == recipe.schedule.epochs


def test_the_contest_recipe_is_the_contest_works() -> None:
    assert (CONTEST.schedule.learning_rate, CONTEST.schedule.gamma, CONTEST.bag.members) == (7e-4, 0.8, 3)
    assert CONTEST.loss.focal_gamma == 2 and CONTEST.loss.label_smoothing > 0
    assert CONTEST.mix.cutmix_alpha == 1 and CONTEST.sampling is Sampling.BALANCED
    assert CONTEST.architecture == "tf_efficientnetv2_m"


def test_photos_are_cached_at_a_multiple_of_the_input() -> None:
    assert (STARTER.caching.height, STARTER.caching.width) == (256, 256)
    assert STARTER.caching.mean == STARTER.preprocessing.mean
