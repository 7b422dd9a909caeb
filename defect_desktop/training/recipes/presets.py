"""The recipes that come with the program."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from defect_desktop.errors import UserError
from defect_desktop.training.recipes.recipe import (
    Augmentation,
    Bag,
    Descent,
    Distractors,
    Loss,
    Mix,
    Recipe,
    Sampling,
    Schedule,
)
from defect_desktop.training.recipes.recipe_file import SUFFIX, read_recipe
from defect_desktop.vision.preprocessing import CropMode, Interpolation, Preprocessing

_LITE0_INPUT = Preprocessing(
    height=224,
    width=224,
    mean=(0.5, 0.5, 0.5),
    std=(0.5, 0.5, 0.5),
    interpolation=Interpolation.BICUBIC,
    crop_mode=CropMode.SQUASH,
    crop_share=1.0,
)

CONTEST = Recipe(
    name="contest",
    architecture="tf_efficientnetv2_m",
    preprocessing=dataclasses.replace(_LITE0_INPUT, height=384, width=384),
    cache_scale=1.0,
    dropout=0.0,
    bag=Bag(members=3),
    schedule=Schedule(epochs=20, batch=32, learning_rate=7e-4, gamma=0.8),
    descent=Descent(weight_decay=0.01, clip_norm=1.0),
    loss=Loss(label_smoothing=0.1, focal_gamma=2.0),
    sampling=Sampling.BALANCED,
    augmentation=Augmentation(),
    mix=Mix(probability=1.0, cutmix_alpha=1.0),
    distractors=None,
    held_out_share=0.12,
    unchecked_error_rate=0.01,
)
"""The contest work that this program starts from, to the letter: focal loss with label smoothing, CutMix, weighted
random sampling, learning rate 7e-4, falling by 0.8 an epoch, three members. What that work did not record (epochs,
batch, weight decay, the strength of the smoothing, that CutMix takes every batch) has the usual values.
"""

RECOMMENDED = Recipe(
    name="recommended",
    architecture="tf_efficientnet_lite0",
    preprocessing=_LITE0_INPUT,
    cache_scale=8 / 7,
    dropout=0.2,
    bag=Bag(members=3),
    schedule=Schedule(epochs=15, batch=32, learning_rate=2e-3, warmup_epochs=1.0),
    descent=Descent(weight_decay=0.02, clip_norm=2.0),
    loss=Loss(label_smoothing=0.05, prior_strength=1.0),
    sampling=Sampling.SHUFFLED,
    augmentation=Augmentation(),
    mix=None,
    distractors=None,
    held_out_share=0.12,
    unchecked_error_rate=0.01,
)
"""For a user's own photos: the best that was measured.

Macro F1 of bags of three Lite0 networks at 64 pixels after 8 epochs, mean of three seeds, against the contest's recipe
on the same photos: scikit-learn's digits, long-tailed (322 to train on, 1,388 to test) 0.904 and 0.746; Fashion-MNIST,
long-tailed (717 and 1,000) 0.834 and 0.799. The learning rate was chosen on digits thinned by hand: half of it had
0.875 there instead of 0.911. With it, members that each see every photo had 0.859 (two seeds), where bootstrap samples
had 0.869.
"""

STARTER = dataclasses.replace(
    RECOMMENDED,
    name="starter",
    schedule=dataclasses.replace(RECOMMENDED.schedule, epochs=3),
    distractors=Distractors(a_batch=4, settling_rate=4e-4, settling_a_batch=12),
)
"""Made the pack that comes with the program: `recommended`, in four epochs, and taught what is no wall.

A network of it had a macro F1 of 0.964 on fresh drawn photos, where those of the recipe before it had 0.929 to 0.936;
under small changes of light, focus and framing it changed its mind as seldom; and of 100 pictures of no wall it was
sure of none, where it was sure of 21 without the distractors.
"""

RECIPES: dict[str, Recipe] = {recipe.name: recipe for recipe in (RECOMMENDED, CONTEST, STARTER)}


def recipe_named(name: str) -> Recipe:
    """The recipe called `name`, or that in the file `name` where this ends in .json.

    Raises UserError with the names there are, TrainingError where the file holds no recipe.
    """
    if name.lower().endswith(SUFFIX):
        return read_recipe(Path(name))
    try:
        return RECIPES[name]
    except KeyError:
        known = ", ".join(RECIPES)
        raise UserError(
            ko=f"'{name}' 학습 레시피가 없습니다. 있는 레시피: {known}. 파일이라면 이름이 .json으로 끝나야 합니다.",
            en=f"There is no training recipe '{name}'; there are: {known}. A file's name must end in .json.",
        ) from None
