"""What a network says about photos in memory, without an engine: to validate while it trains, and to compare."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from defect_desktop.training.learning.memory import MEMORY_ERRORS, out_of_memory
from defect_desktop.vision.preprocessing import Preprocessing

_BATCH = 64
"""Photos at a time; fewer where memory does not suffice."""


class Normalisation:
    """Turns 8-bit photos into what a network takes, on a device."""

    def __init__(self, preprocessing: Preprocessing, device: torch.device) -> None:
        self._mean = torch.tensor(preprocessing.mean, device=device).view(1, 3, 1, 1)
        self._std = torch.tensor(preprocessing.std, device=device).view(1, 3, 1, 1)

    def __call__(self, photos: Tensor) -> Tensor:
        """Photos (N, 3, H, W) with values from 0 to 1, normalised and in channels-last order."""
        return ((photos - self._mean) / self._std).contiguous(memory_format=torch.channels_last)


def as_photos(pixels: Tensor) -> Tensor:
    """Pixels (N, H, W, 3) in 8 bits as photos (N, 3, H, W) with values from 0 to 1."""
    return pixels.permute(0, 3, 1, 2).float() / 255


def softmax_of(network: nn.Module, pixels: NDArray[np.uint8], preprocessing: Preprocessing) -> NDArray[np.float32]:
    """The softmax (photos, classes) of a network in evaluation mode for `pixels` (photos, height, width, 3)."""
    batch = _BATCH
    while True:
        try:
            with _kernels_as_proposed():
                return _softmax_of(network, pixels, preprocessing, batch)
        except MEMORY_ERRORS as error:
            if batch == 1 or not out_of_memory(error):
                raise
        batch //= 2


@torch.inference_mode()
def _softmax_of(
    network: nn.Module, pixels: NDArray[np.uint8], preprocessing: Preprocessing, batch: int
) -> NDArray[np.float32]:
    device = next(network.parameters()).device
    normalise = Normalisation(preprocessing, device)
    said: list[Tensor] = []
    for start in range(0, len(pixels), batch):
        photos = as_photos(torch.from_numpy(pixels[start : start + batch]).to(device))
        said.append(network(normalise(photos)).float().softmax(dim=1))
    result: NDArray[np.float32] = torch.cat(said).cpu().numpy()
    return result


@contextmanager
def _kernels_as_proposed() -> Iterator[None]:
    """Without the search that pays in training: here a shape of batch is seen a few times, or, the last one, once."""
    searched = torch.backends.cudnn.benchmark
    torch.backends.cudnn.benchmark = False
    try:
        yield
    finally:
        torch.backends.cudnn.benchmark = searched
