"""Training recipes: frozen, readable declarations of everything that decides how a member is trained.

A recipe is printed, stored in the pack's card and looked up by name; the code that follows it is in the other modules.
Nothing here needs torch.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from defect_desktop.errors import UserError
from defect_desktop.vision.preprocessing import CropMode, Interpolation, Preprocessing


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How a training photo is varied. Always mirrored half of the time; never rotated or put upside down.

    `least_scale`: a random crop keeps at least this share of each side. The others are the greatest change:
    `brightness`, `contrast` and `colour` (a channel's gain) as a share, `gamma` as a factor, `blur` as a share of a
    3 x 3 mean, `noise` as a standard deviation for pixel values from 0 to 1.
    """

    least_scale: float
    brightness: float
    contrast: float
    gamma: float
    colour: float
    blur: float
    noise: float


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a bag of members is trained.

    `cache_side`: photos are kept in memory at this many pixels a side, so that random crops lose no detail.

    `scales` has an entry for every epoch: the size of its training photos as a share of the network's input. Small
    ones first is several times as quick (Tan & Le 2021, "EfficientNetV2"). `learning_rate` is the peak: it rises over
    `warmup_epochs` and falls as a cosine to zero. `ema_decay` averages the weights over the steps.

    `prior_strength` times the logarithm of a class's share is added to its training logit, 0 for none (see `losses`).
    `distractors` pictures of nothing are added to each batch (see `distractors`). After these epochs one more, the
    settling, goes on at full size from `settling_rate` and adds `settling_distractors`: a trained network learns from
    them best, and at a low rate.

    `held_out_share` of the photos is kept from training for the calibration; the thresholds are chosen there for
    `unchecked_error_rate`, the share of mistakes among the verdicts that nobody checks.
    """

    name: str
    architecture: str
    preprocessing: Preprocessing
    cache_side: int
    members: int
    scales: tuple[float, ...]
    batch: int
    learning_rate: float
    warmup_epochs: float
    weight_decay: float
    dropout: float
    clip_norm: float
    label_smoothing: float
    prior_strength: float
    distractors: int
    settling_rate: float
    settling_distractors: int
    ema_decay: float
    augmentation: Augmentation
    held_out_share: float
    unchecked_error_rate: float

    @property
    def caching(self) -> Preprocessing:
        """How a training photo is prepared for the cache: as for the network, but at `cache_side`."""
        return dataclasses.replace(self.preprocessing, height=self.cache_side, width=self.cache_side)

    def declaration(self) -> dict[str, object]:
        """The recipe as plain values, ready for JSON."""
        return dataclasses.asdict(self)


STARTER = Recipe(
    name="starter",
    architecture="tf_efficientnet_lite0",
    preprocessing=Preprocessing(
        height=224,
        width=224,
        mean=(0.5, 0.5, 0.5),
        std=(0.5, 0.5, 0.5),
        interpolation=Interpolation.BICUBIC,
        crop_mode=CropMode.SQUASH,
        crop_share=1.0,
    ),
    cache_side=256,
    members=3,
    scales=(4 / 7, 4 / 7, 5 / 7, 1.0),
    batch=32,
    learning_rate=2e-3,
    warmup_epochs=0.5,
    weight_decay=0.02,
    dropout=0.2,
    clip_norm=2.0,
    label_smoothing=0.05,
    prior_strength=0.5,
    distractors=4,
    settling_rate=4e-4,
    settling_distractors=12,
    ema_decay=0.99,
    augmentation=Augmentation(
        least_scale=0.8, brightness=0.2, contrast=0.2, gamma=1.3, colour=0.06, blur=0.7, noise=0.02
    ),
    held_out_share=0.12,
    unchecked_error_rate=0.01,
)
"""Made the pack that comes with the program: small, quick on two CPU cores, steady under small changes of a photo."""

RECIPES: dict[str, Recipe] = {recipe.name: recipe for recipe in (STARTER,)}


def recipe_named(name: str) -> Recipe:
    """The recipe called `name`; raises UserError with the names there are."""
    try:
        return RECIPES[name]
    except KeyError:
        known = ", ".join(RECIPES)
        raise UserError(
            ko=f"'{name}' 학습 레시피가 없습니다. 있는 레시피: {known}.",
            en=f"There is no training recipe '{name}'; there are: {known}.",
        ) from None
