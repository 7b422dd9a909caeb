"""A recipe with one part changed at a time: what each part is worth on the photos at hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from defect_desktop.language import Bilingual
from defect_desktop.training.recipes.recipe import (
    Augmentation,
    Distillation,
    Distractors,
    Loss,
    Mix,
    Recipe,
    Samples,
    Sampling,
)

Change = Callable[[Recipe], Recipe]


@dataclass(frozen=True, slots=True)
class Variant:
    """One change to a recipe, by the `key` that results keep, and what it is in a few words."""

    key: str
    name: Bilingual
    change: Change


def variants_of(recipe: Recipe) -> tuple[Variant, ...]:
    """The variants that differ from the recipe."""
    return tuple(variant for variant in VARIANTS if variant.change(recipe) != recipe)


def _with(part: str, **changes: object) -> Change:
    """Changes some values in one part of a recipe."""
    return lambda recipe: _set(part, dataclasses.replace(getattr(recipe, part), **changes))(recipe)


def _set(part: str, value: object) -> Change:
    """Puts another part in its place."""
    replacement: dict[str, Any] = {part: value}
    return lambda recipe: dataclasses.replace(recipe, **replacement)


def _on_folds(recipe: Recipe) -> Recipe:
    """A single member sees every photo in any case."""
    return _with("bag", samples=Samples.FOLDS)(recipe) if recipe.bag.members > 1 else recipe


VARIANTS = (
    Variant("no-ema", Bilingual(ko="가중치 평균(EMA) 없이", en="without EMA"), _with("descent", ema_decay=None)),
    Variant("ema", Bilingual(ko="가중치 평균(EMA 0.99)", en="EMA 0.99"), _with("descent", ema_decay=0.99)),
    Variant("cosine", Bilingual(ko="코사인 학습률", en="cosine decay"), _with("schedule", gamma=None)),
    Variant(
        "step-decay", Bilingual(ko="에폭마다 학습률 × 0.8", en="decay by 0.8 an epoch"), _with("schedule", gamma=0.8)
    ),
    Variant(
        "layer-decay", Bilingual(ko="층별 학습률", en="layer-wise learning rates"), _with("descent", layer_decay=0.85)
    ),
    Variant("cross-entropy", Bilingual(ko="순수 교차 엔트로피", en="plain cross-entropy"), _set("loss", Loss())),
    Variant(
        "no-smoothing", Bilingual(ko="라벨 평활 없이", en="without label smoothing"), _with("loss", label_smoothing=0.0)
    ),
    Variant(
        "no-prior", Bilingual(ko="로짓 조정 없이", en="without logit adjustment"), _with("loss", prior_strength=0.0)
    ),
    Variant("full-prior", Bilingual(ko="로짓 조정 1.0", en="logit adjustment 1.0"), _with("loss", prior_strength=1.0)),
    Variant("focal", Bilingual(ko="초점 손실", en="focal loss"), _with("loss", focal_gamma=2.0)),
    Variant(
        "class-balanced",
        Bilingual(ko="클래스 균형 손실", en="class-balanced loss"),
        _with("loss", prior_strength=0.0, class_balance=0.999, reweighted_from=0.0),
    ),
    Variant(
        "deferred",
        Bilingual(ko="지연 재가중", en="deferred re-weighting"),
        _with("loss", prior_strength=0.0, class_balance=0.999, reweighted_from=0.8),
    ),
    Variant(
        "balanced-sampling",
        Bilingual(ko="클래스 균등 표집", en="class-balanced sampling"),
        _set("sampling", Sampling.BALANCED),
    ),
    Variant("plain-sampling", Bilingual(ko="단순 표집", en="plain sampling"), _set("sampling", Sampling.SHUFFLED)),
    Variant("no-mix", Bilingual(ko="섞기 없이", en="without mixing"), _set("mix", None)),
    Variant("cutmix", Bilingual(ko="CutMix", en="CutMix"), _set("mix", Mix(probability=0.5, cutmix_alpha=1.0))),
    Variant("mixup", Bilingual(ko="Mixup", en="Mixup"), _set("mix", Mix(probability=0.5, mixup_alpha=0.2))),
    Variant(
        "mirror-only",
        Bilingual(ko="좌우 반전만", en="mirroring as the only augmentation"),
        _set("augmentation", Augmentation()),
    ),
    Variant(
        "crops-and-light",
        Bilingual(ko="자르기와 밝기 변화", en="crops and changes of light"),
        _with("augmentation", least_scale=0.8, brightness=0.2, contrast=0.2, gamma=1.2, colour=0.05),
    ),
    Variant(
        "rand-augment",
        Bilingual(ko="RandAugment", en="RandAugment"),
        _with("augmentation", operations=2, magnitude=0.3),
    ),
    Variant(
        "low-resolution",
        Bilingual(ko="학습 해상도 3/4", en="training at 3/4 of the resolution"),
        _with("schedule", scales=(0.75,)),
    ),
    Variant(
        "distractors",
        Bilingual(ko="하자 없는 그림 섞기", en="with pictures of nothing"),
        _set("distractors", Distractors(a_batch=4, settling_rate=4e-4, settling_a_batch=12)),
    ),
    Variant("folds", Bilingual(ko="폴드별 멤버", en="members on folds"), _on_folds),
    Variant(
        "distilled",
        Bilingual(ko="묶음을 하나로 증류", en="the bag distilled into one"),
        _with("bag", distillation=Distillation(weight=0.7, temperature=2.0)),
    ),
)
"""Every variant there is; those that a recipe equals already are left out for it."""
