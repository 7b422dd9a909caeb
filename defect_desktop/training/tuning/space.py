"""What a tuning turns on a recipe, and how far."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from optuna.distributions import FloatDistribution

from defect_desktop.language import Bilingual
from defect_desktop.training.recipes.recipe import Mix, Recipe


@dataclass(frozen=True, slots=True)
class Dial:
    """One number of a recipe that may be turned from `low` to `high`, in equal ratios where `log`."""

    key: str
    name: Bilingual
    low: float
    high: float
    log: bool
    read: Callable[[Recipe], float]
    turn: Callable[[Recipe, float], Recipe]

    def distribution(self, recipe: Recipe) -> FloatDistribution:
        """The range, wide enough for what the recipe has now."""
        now = self.read(recipe)
        low = min(self.low, now) if now > 0 or not self.log else self.low
        return FloatDistribution(low, max(self.high, now), log=self.log)

    def now(self, recipe: Recipe) -> float:
        """The recipe's own value, or the nearest within the range."""
        return max(self.read(recipe), self.distribution(recipe).low)


def _with_rate(recipe: Recipe, value: float) -> Recipe:
    return dataclasses.replace(recipe, schedule=dataclasses.replace(recipe.schedule, learning_rate=value))


def _with_weight_decay(recipe: Recipe, value: float) -> Recipe:
    return dataclasses.replace(recipe, descent=dataclasses.replace(recipe.descent, weight_decay=value))


def _with_layer_decay(recipe: Recipe, value: float) -> Recipe:
    return dataclasses.replace(recipe, descent=dataclasses.replace(recipe.descent, layer_decay=value))


def _with_smoothing(recipe: Recipe, value: float) -> Recipe:
    return dataclasses.replace(recipe, loss=dataclasses.replace(recipe.loss, label_smoothing=value))


def _with_prior(recipe: Recipe, value: float) -> Recipe:
    return dataclasses.replace(recipe, loss=dataclasses.replace(recipe.loss, prior_strength=value))


def _with_mix(recipe: Recipe, value: float) -> Recipe:
    """Mixed as the recipe mixes, or with CutMix where it does not."""
    if not value:
        return dataclasses.replace(recipe, mix=None)
    kind = recipe.mix or Mix(probability=value, cutmix_alpha=1.0)
    return dataclasses.replace(recipe, mix=dataclasses.replace(kind, probability=value))


def _with_magnitude(recipe: Recipe, value: float) -> Recipe:
    """As many operations of RandAugment as the recipe has, or two."""
    operations = (recipe.augmentation.operations or 2) if value else 0
    augmentation = dataclasses.replace(recipe.augmentation, operations=operations, magnitude=value)
    return dataclasses.replace(recipe, augmentation=augmentation)


DIALS = (
    Dial(
        "learning_rate",
        Bilingual(ko="학습률", en="Learning rate"),
        1e-4,
        5e-3,
        True,
        lambda recipe: recipe.schedule.learning_rate,
        _with_rate,
    ),
    Dial(
        "weight_decay",
        Bilingual(ko="가중치 감쇠", en="Weight decay"),
        1e-3,
        0.3,
        True,
        lambda recipe: recipe.descent.weight_decay,
        _with_weight_decay,
    ),
    Dial(
        "layer_decay",
        Bilingual(ko="층별 학습률 비율", en="Layer decay"),
        0.6,
        1.0,
        False,
        lambda recipe: recipe.descent.layer_decay,
        _with_layer_decay,
    ),
    Dial(
        "label_smoothing",
        Bilingual(ko="라벨 평활", en="Label smoothing"),
        0.0,
        0.2,
        False,
        lambda recipe: recipe.loss.label_smoothing,
        _with_smoothing,
    ),
    Dial(
        "prior_strength",
        Bilingual(ko="로짓 조정", en="Logit adjustment"),
        0.0,
        1.5,
        False,
        lambda recipe: recipe.loss.prior_strength,
        _with_prior,
    ),
    Dial(
        "mix_probability",
        Bilingual(ko="섞기 확률", en="Mix probability"),
        0.0,
        1.0,
        False,
        lambda recipe: recipe.mix.probability if recipe.mix else 0.0,
        _with_mix,
    ),
    Dial(
        "magnitude",
        Bilingual(ko="증강 강도", en="Augmentation strength"),
        0.0,
        1.0,
        False,
        lambda recipe: recipe.augmentation.magnitude,
        _with_magnitude,
    ),
)
"""The search space."""


def distributions(recipe: Recipe) -> dict[str, FloatDistribution]:
    """The range of every dial for this recipe."""
    return {dial.key: dial.distribution(recipe) for dial in DIALS}


def settings_of(recipe: Recipe) -> dict[str, float]:
    """Where every dial stands now, within its range."""
    return {dial.key: dial.now(recipe) for dial in DIALS}


def values_of(recipe: Recipe) -> tuple[float, ...]:
    """What the recipe has for every dial: a weight decay of 0 may be, and stands at the low end of its range."""
    return tuple(dial.read(recipe) for dial in DIALS)


def turned(recipe: Recipe, values: Mapping[str, float]) -> Recipe:
    """The recipe with its dials at `values`."""
    for dial in DIALS:
        if values[dial.key] != dial.now(recipe):
            recipe = dial.turn(recipe, values[dial.key])
    return recipe
