from __future__ import annotations

import pytest

from defect_desktop.errors import UserError
from defect_desktop.training.comparison.candidate import Candidate, candidates_of, shared_budget
from defect_desktop.training.recipes.budget import UNCHANGED, Budget


def test_every_recipe_meets_every_network_once() -> None:
    found = candidates_of(("contest", "recommended", "contest"), ("resnet18", "resnet34"), False, UNCHANGED)
    assert [(each.architecture, each.recipe) for each in found] == [
        ("resnet18", "contest"),
        ("resnet18", "recommended"),
        ("resnet34", "contest"),
        ("resnet34", "recommended"),
    ]
    assert [each.architecture for each in candidates_of(("contest",), (), False, UNCHANGED)] == [None]


def test_the_first_usable_recipe_sets_the_budget_of_all() -> None:
    shared = shared_budget(("unheard of", "starter", "contest"), Budget(members=2))
    assert (shared.epochs, shared.members, shared.batch) == (3, 2, None)
    assert Candidate("contest").resolve(shared).schedule.epochs == 3
    assert shared_budget(("unheard of",), UNCHANGED) == UNCHANGED


def test_an_ablation_adds_the_variants_behind_their_recipe() -> None:
    found = candidates_of(("recommended", "unheard of"), ("resnet18",), True, UNCHANGED)
    assert found[0].variant is None and all(each.variant for each in found[1:-1])
    assert found[-1] == Candidate("unheard of", "resnet18")
    without = next(each for each in found if each.variant and each.variant.key == "no-prior")
    recipe = without.resolve(Budget(epochs=2))
    assert recipe.loss.prior_strength == 0 and recipe.schedule.epochs == 2 and recipe.architecture == "resnet18"
    assert without.name.en == "recommended: without logit adjustment" and without.name.ko.startswith("recommended: ")


def test_a_candidate_that_is_none_says_so() -> None:
    with pytest.raises(UserError, match="no training recipe"):
        Candidate("unheard of").resolve(UNCHANGED)
