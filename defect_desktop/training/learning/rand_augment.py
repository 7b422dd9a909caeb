"""RandAugment (Cubuk et al. 2020) without what makes another class of a defect: no rotation, nothing upside down.

The operations are torchvision's, on the device of the photos; a batch is split among the operations that were drawn.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torchvision.transforms.v2 import functional as vision

Operation = Callable[[Tensor, float], Tensor]
"""Changes photos (N, 3, H, W; values 0 to 1) by a signed strength from -1 to 1."""


def _slid(photos: Tensor, x: float, y: float, shear_x: float = 0.0, shear_y: float = 0.0) -> Tensor:
    """Moved by a share of the breadth and height, and sheared by degrees; what comes in from outside is grey."""
    height, width = photos.shape[-2:]
    slid: Tensor = vision.affine(
        photos,
        angle=0.0,
        translate=[x * width, y * height],
        scale=1.0,
        shear=[shear_x, shear_y],
        interpolation=vision.InterpolationMode.BILINEAR,
        fill=[0.5, 0.5, 0.5],
    )
    return slid


_OPERATIONS: tuple[Operation, ...] = (
    lambda photos, strength: vision.adjust_brightness(photos, 1 + 0.6 * strength),
    lambda photos, strength: vision.adjust_contrast(photos, 1 + 0.6 * strength),
    lambda photos, strength: vision.adjust_saturation(photos, 1 + 0.8 * strength),
    lambda photos, strength: vision.adjust_sharpness(photos, 1 + 0.9 * strength),
    lambda photos, strength: vision.adjust_gamma(photos, 2.0**strength),
    lambda photos, _: vision.autocontrast(photos),
    lambda photos, strength: vision.posterize(photos, 8 - round(4 * abs(strength))),
    lambda photos, strength: _slid(photos, 0.25 * strength, 0.0),
    lambda photos, strength: _slid(photos, 0.0, 0.25 * strength),
    lambda photos, strength: _slid(photos, 0.0, 0.0, shear_x=15 * strength),
    lambda photos, strength: _slid(photos, 0.0, 0.0, shear_y=15 * strength),
)


def rand_augment(photos: Tensor, operations: int, magnitude: float, generator: torch.Generator) -> Tensor:
    """Photos (N, 3, H, W; values 0 to 1), each changed by so many operations drawn for it, strength up to `magnitude`.

    `generator` is one of the CPU's, so that every device draws the same numbers.
    """
    for _ in range(operations):
        drawn = torch.randint(len(_OPERATIONS), (len(photos),), generator=generator)
        strengths = magnitude * (2 * torch.rand(len(_OPERATIONS), generator=generator) - 1)
        changed = photos.clone()
        for number in sorted(set(drawn.tolist())):
            chosen = (drawn == number).nonzero().squeeze(1).to(photos.device, non_blocking=True)
            changed[chosen] = _OPERATIONS[number](photos[chosen], float(strengths[number]))
        photos = changed
    return photos
