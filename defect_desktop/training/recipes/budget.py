"""A recipe on other means: another network, size, length or number of members, for comparisons and slow machines."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from defect_desktop.errors import TrainingError
from defect_desktop.training.recipes.course import course_of
from defect_desktop.training.recipes.recipe import Recipe
from defect_desktop.training.recipes.recipe_file import BOUNDS
from defect_desktop.vision.preprocessing import Preprocessing


@dataclass(frozen=True, slots=True)
class Budget:
    """What to change of a recipe; None leaves it. `side` is in pixels."""

    architecture: str | None = None
    side: int | None = None
    epochs: int | None = None
    members: int | None = None
    batch: int | None = None
    patience: int | None = None


UNCHANGED = Budget()


def on_budget(recipe: Recipe, budget: Budget) -> Recipe:
    """The recipe with the budget's changes; another network brings its own input.

    The number of epochs is that of the schedule: what follows it stays. Raises TrainingError where the network does
    not exist, cannot take photos of that size or of those on the recipe's way, or where a number is out of range.
    """
    from defect_desktop.training.learning import families

    _check_numbers(budget)
    architecture = budget.architecture or recipe.architecture
    families.check_architecture(architecture)
    preprocessing = recipe.preprocessing
    if architecture != recipe.architecture:
        preprocessing = families.input_of(architecture, budget.side)
    elif budget.side:
        preprocessing = dataclasses.replace(preprocessing, height=budget.side, width=budget.side)
    families.check_input(architecture, preprocessing)
    changed = dataclasses.replace(
        recipe,
        architecture=architecture,
        preprocessing=preprocessing,
        bag=dataclasses.replace(recipe.bag, members=budget.members or recipe.bag.members),
        schedule=dataclasses.replace(
            recipe.schedule,
            epochs=budget.epochs or recipe.schedule.epochs,
            batch=budget.batch or recipe.schedule.batch,
            patience=budget.patience or recipe.schedule.patience,
        ),
    )
    for height, width in {epoch.side for epoch in course_of(changed, photos=1)}:
        _check_scaled(architecture, dataclasses.replace(preprocessing, height=height, width=width))
    return changed


def _check_scaled(architecture: str, scaled: Preprocessing) -> None:
    from defect_desktop.training.learning import families

    size = f"{scaled.width} x {scaled.height}"
    try:
        families.check_input(architecture, scaled)
    except TrainingError as error:
        raise TrainingError(
            ko=f"'{architecture}' 신경망은 레시피의 'schedule.scales'에 따른 {size} 화소 사진을 받을 "
            "수 없습니다. 그 값을 [1.0]으로 고치거나 다른 --arch를 고르세요.",
            en=f"The network '{architecture}' cannot take photos of {size} pixels, which the recipe's "
            "'schedule.scales' ask for; make them [1.0], or choose another --arch.",
        ) from error


def _check_numbers(budget: Budget) -> None:
    for option, value, part in (
        ("--side", budget.side, "preprocessing.height"),
        ("--epochs", budget.epochs, "schedule.epochs"),
        ("--members", budget.members, "bag.members"),
        ("--batch", budget.batch, "schedule.batch"),
        ("--patience", budget.patience, "schedule.patience"),
    ):
        least, most = BOUNDS[part]
        if value is not None and not least <= value <= most:
            raise TrainingError(
                ko=f"{option} 값 {value}은(는) 쓸 수 없습니다. {least}에서 {most} 사이로 정하세요.",
                en=f"{option} {value} is out of range; choose from {least} to {most}.",
            )
