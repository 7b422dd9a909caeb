"""What training minimises."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

NO_CLASS = -1
"""The target of a picture that shows none of the classes."""


class AdjustedCrossEntropy(nn.Module):
    """Cross-entropy with label smoothing on logits shifted by the classes' shares.

    `prior_strength` times the logarithm of each class's share is added while training and not afterwards, so that rare
    classes are not drowned: at 1 the network's own logits are those of a world where all classes are equally common,
    at 0 of the world of the data set (Menon et al. 2021, "Long-tail learning via logit adjustment"). On a balanced
    data set the shift changes nothing. Smoothing: Szegedy et al. 2016, "Rethinking the Inception Architecture".

    Where the target is `NO_CLASS` the shares themselves are wanted: of a picture that tells nothing, only how common
    each class is can be said.
    """

    shift: Tensor
    wanted: Tensor

    def __init__(self, counts: Tensor, prior_strength: float, label_smoothing: float) -> None:
        """`counts` (classes,): training photos a class; one without any is taken to have one."""
        super().__init__()
        shares = counts.clamp(min=1) / counts.clamp(min=1).sum()
        smoothed = torch.eye(len(counts)).lerp(torch.tensor(1 / len(counts)), label_smoothing)
        self.register_buffer("shift", prior_strength * shares.log())
        # The last row, which index -1 picks, is that of NO_CLASS.
        self.register_buffer("wanted", torch.cat([smoothed, shares[None]]))

    def forward(self, logits: Tensor, targets: Tensor) -> Tensor:
        """The mean loss of `logits` (photos, classes) for `targets` (photos,), a scalar in float32."""
        return functional.cross_entropy(logits.to(torch.float32) + self.shift, self.wanted[targets])
