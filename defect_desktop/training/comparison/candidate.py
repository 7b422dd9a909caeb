"""What takes part in a comparison: every recipe on every network, and the variants of each."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from defect_desktop.errors import UserError
from defect_desktop.language import Bilingual
from defect_desktop.training.comparison.ablation import Variant, variants_of
from defect_desktop.training.recipes.budget import Budget, on_budget
from defect_desktop.training.recipes.presets import recipe_named
from defect_desktop.training.recipes.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Candidate:
    """A recipe by its name or file, the network it takes (None: its own), and what is changed of it."""

    recipe: str
    architecture: str | None = None
    variant: Variant | None = None

    @property
    def name(self) -> Bilingual:
        """The recipe and its variant in words."""
        if self.variant is None:
            return Bilingual(ko=self.recipe, en=self.recipe)
        changed = self.variant.name
        return Bilingual(ko=f"{self.recipe}: {changed.ko}", en=f"{self.recipe}: {changed.en}")

    def resolve(self, budget: Budget) -> Recipe:
        """The recipe to train on that budget.

        Raises UserError where it does not exist, TrainingError where the network or a number is impossible.
        """
        own = dataclasses.replace(budget, architecture=self.architecture)
        recipe = on_budget(recipe_named(self.recipe), own)
        return self.variant.change(recipe) if self.variant else recipe


def candidates_of(
    recipes: Sequence[str], architectures: Sequence[str], ablate: bool, budget: Budget
) -> tuple[Candidate, ...]:
    """Every recipe on every network (or its own, where there are none), network by network; with their variants."""
    networks: Sequence[str | None] = architectures or (None,)
    found: list[Candidate] = []
    for architecture in dict.fromkeys(networks):
        for recipe in dict.fromkeys(recipes):
            base = Candidate(recipe, architecture)
            found.append(base)
            if ablate and (resolved := _resolved(partial(base.resolve, budget))):
                found += [Candidate(recipe, architecture, variant) for variant in variants_of(resolved)]
    return tuple(found)


def shared_budget(recipes: Sequence[str], budget: Budget) -> Budget:
    """The budget with as many epochs and members for all as the first recipe has, where it says neither."""
    usable = (_resolved(partial(recipe_named, recipe)) for recipe in recipes)
    first = next((recipe for recipe in usable if recipe), None)
    if first is None:
        return budget
    return dataclasses.replace(
        budget, epochs=budget.epochs or first.schedule.epochs, members=budget.members or first.bag.members
    )


def _resolved(resolve: Callable[[], Recipe]) -> Recipe | None:
    """The recipe, or None where it is impossible: its row will say why."""
    try:
        return resolve()
    except UserError:
        return None
