from __future__ import annotations

import json

import pytest

from defect_desktop.errors import UserError
from defect_desktop.training.recipe import STARTER, recipe_named


def test_a_recipe_is_found_by_its_name_and_the_choices_are_named() -> None:
    assert recipe_named("starter") is STARTER
    with pytest.raises(UserError, match="starter"):
        recipe_named("unheard of")


def test_a_declaration_is_json() -> None:
    declared = json.loads(json.dumps(STARTER.declaration()))
    assert declared["architecture"] == "tf_efficientnet_lite0" and declared["preprocessing"]["height"] == 224
