"""Varies training photos, a batch at a time: framing, light and sharpness, as another photographer would.

Neither rotated nor put upside down: for mouldings, skirtings and twisted paper that makes another class of them.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from defect_desktop.training.learning.rand_augment import rand_augment
from defect_desktop.training.recipes.recipe import Augmentation


def augment(photos: Tensor, side: tuple[int, int], strength: Augmentation, generator: torch.Generator) -> Tensor:
    """Varied copies of `photos` (N, 3, H, W; values 0 to 1), resized to `side` (height, width).

    Random numbers come from `generator`, on the CPU; only the noise, a number a pixel, is drawn on a GPU itself.
    """
    draw = _Draw(len(photos), generator, photos.device)
    varied = _reframe(photos, side, strength.least_scale, draw)
    varied = rand_augment(varied, strength.operations, strength.magnitude, generator)
    varied = _relight(varied, strength, draw)
    if strength.blur:
        varied = torch.lerp(varied, _mean_of_neighbours(varied), draw.between(0, strength.blur))
    if strength.noise:
        varied = varied + draw.noise(varied.shape) * draw.between(0, strength.noise)
    return varied.clamp(0, 1)


class _Draw:
    """Random numbers for a batch, each of shape (N, channels, 1, 1)."""

    def __init__(self, photos: int, generator: torch.Generator, device: torch.device) -> None:
        self._photos = photos
        self._generator = generator
        self._device = device

    def between(self, low: float, high: float, channels: int = 1) -> Tensor:
        uniform = torch.rand((self._photos, channels, 1, 1), generator=self._generator)
        # A copy that blocked would wait until the GPU has finished all steps before.
        return (low + (high - low) * uniform).to(self._device, non_blocking=True)

    def around(self, middle: float, most: float, channels: int = 1) -> Tensor:
        return self.between(middle - most, middle + most, channels)

    def noise(self, shape: torch.Size) -> Tensor:
        generator = self._generator if self._device.type == "cpu" else None
        return torch.randn(shape, generator=generator, device=self._device)


def _reframe(photos: Tensor, side: tuple[int, int], least_scale: float, draw: _Draw) -> Tensor:
    """A crop of at least `least_scale` of each side, anywhere within the photo, mirrored half of the time.

    Sampled at the photos' own size and then made smaller with antialiasing, so that fine texture does not flicker.
    """
    scale = draw.between(least_scale, 1, channels=2).flatten(1)
    offset = draw.around(0, 1, channels=2).flatten(1) * (1 - scale)
    mirrored = draw.around(0, 1).flatten().sign()
    theta = torch.zeros((len(photos), 2, 3), device=photos.device)
    theta[:, 0, 0] = scale[:, 0] * mirrored
    theta[:, 1, 1] = scale[:, 1]
    theta[:, :, 2] = offset
    grid = functional.affine_grid(theta, list(photos.shape), align_corners=False)
    crops = functional.grid_sample(photos, grid, padding_mode="border", align_corners=False)
    return functional.interpolate(crops, side, mode="bilinear", align_corners=False, antialias=True)


def _relight(photos: Tensor, strength: Augmentation, draw: _Draw) -> Tensor:
    """Another exposure, contrast, tone curve and white balance."""
    gained = photos * draw.around(1, strength.brightness) * draw.around(1, strength.colour, channels=3)
    mean = gained.mean(dim=(1, 2, 3), keepdim=True)
    contrasted = mean + (gained - mean) * draw.around(1, strength.contrast)
    exponent = strength.gamma ** draw.around(0, 1)
    return contrasted.clamp(1e-4, 1) ** exponent


def _mean_of_neighbours(photos: Tensor) -> Tensor:
    return functional.avg_pool2d(functional.pad(photos, (1, 1, 1, 1), mode="replicate"), 3, stride=1)
