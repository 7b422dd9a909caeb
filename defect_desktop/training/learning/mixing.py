"""Two photos in one: CutMix (Yun et al. 2019) and Mixup (Zhang et al. 2018), as torchvision has them."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torchvision.transforms import v2

from defect_desktop.training.recipes.recipe import Mix


class Mixer:
    """Mixes batches as declared. Random numbers come from torch's own generator, whose seed the trainer sets."""

    def __init__(self, mix: Mix | None) -> None:
        self._probability = mix.probability if mix else 0.0
        self._ways: list[Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]] = []
        if mix and mix.cutmix_alpha:
            self._ways.append(v2.CutMix(alpha=mix.cutmix_alpha))
        if mix and mix.mixup_alpha:
            self._ways.append(v2.MixUp(alpha=mix.mixup_alpha))

    def __call__(self, photos: Tensor, wanted: Tensor) -> tuple[Tensor, Tensor]:
        """A batch (photos, 3, height, width) and its probabilities (photos, classes), mixed or as they were."""
        if not self._ways or float(torch.rand(())) >= self._probability:
            return photos, wanted
        way = self._ways[int(torch.randint(len(self._ways), ()))]
        return way(photos, wanted)
