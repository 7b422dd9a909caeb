from __future__ import annotations

import dataclasses

import torch

from defect_desktop.training.learning.augmentation import augment
from defect_desktop.training.recipes.presets import STARTER
from defect_desktop.training.recipes.recipe import Augmentation

STILL = Augmentation()


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def corner_photo() -> torch.Tensor:
    """Grey, and white in the upper left."""
    photo = torch.full((1, 3, 32, 32), 0.25)
    photo[:, :, :8, :8] = 1.0
    return photo


def test_without_strength_a_photo_is_only_mirrored() -> None:
    photos = corner_photo().expand(64, -1, -1, -1)
    varied = augment(photos, (32, 32), STILL, seeded())
    kept = (varied - photos).abs().amax(dim=(1, 2, 3)) < 1e-3
    mirrored = (varied - photos.flip(3)).abs().amax(dim=(1, 2, 3)) < 1e-3
    assert (kept | mirrored).all() and 16 < kept.sum() < 48


def test_a_photo_is_never_put_upside_down_or_turned() -> None:
    varied = augment(corner_photo().expand(64, -1, -1, -1), (32, 32), STARTER.augmentation, seeded())
    upper, lower = varied[:, :, :6].amax(dim=(1, 2, 3)), varied[:, :, -6:].amax(dim=(1, 2, 3))
    assert (upper > lower + 0.2).all()


def test_photos_stay_in_range_and_take_the_side() -> None:
    varied = augment(torch.rand(4, 3, 40, 40), (24, 32), STARTER.augmentation, seeded())
    assert varied.shape == (4, 3, 24, 32) and varied.min() >= 0 and varied.max() <= 1


def test_a_crop_keeps_most_of_the_photo() -> None:
    ramp = torch.linspace(0.1, 0.9, 64).expand(32, 3, 64, 64)
    cropped = augment(ramp, (64, 64), dataclasses.replace(STILL, least_scale=0.8), seeded())
    breadth = cropped.amax(dim=(1, 2, 3)) - cropped.amin(dim=(1, 2, 3))
    assert (breadth >= 0.8 * 0.8 - 0.02).all() and breadth.std() > 0.01


def test_the_generator_decides() -> None:
    photos = torch.rand(4, 3, 32, 32)
    first, again, other = (augment(photos, (32, 32), STARTER.augmentation, seeded(seed)) for seed in (1, 1, 2))
    assert torch.equal(first, again) and not torch.equal(first, other)


def test_operations_change_each_photo_in_its_own_way_and_turn_none() -> None:
    busy = dataclasses.replace(STILL, operations=2, magnitude=0.8)
    varied = augment(corner_photo().expand(64, -1, -1, -1), (32, 32), busy, seeded())
    assert len({photo.numpy().tobytes() for photo in varied}) > 16
    assert varied.min() >= 0 and varied.max() <= 1
    upper, lower = varied[:, :, :8].amax(dim=(1, 2, 3)), varied[:, :, -6:].amax(dim=(1, 2, 3))
    assert (upper >= lower).all() and (upper > lower + 0.1).float().mean() > 0.8
