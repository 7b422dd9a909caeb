"""What training minimises."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from defect_desktop.training.recipes.recipe import Loss

NO_CLASS = -1
"""The target of a picture that shows none of the classes."""

_LEAST = torch.finfo(torch.float32).tiny


class ClassificationLoss(nn.Module):
    """Cross-entropy with what the recipe adds to it.

    - Label smoothing: Szegedy et al. 2016, "Rethinking the Inception Architecture".
    - Focal: each term times (1 - p)^gamma, so that photos already recognised count little (Lin et al. 2017).
    - Logit adjustment: the prior strength times the logarithm of each class's share is added while training and not
      afterwards, so that rare classes are not drowned: at 1 the network's own logits are those of a world where all
      classes are equally common, at 0 of the world of the data set (Menon et al. 2021). On a balanced data set the
      shift changes nothing.
    - Class-balanced: a class of n photos weighs as (1 - beta) / (1 - beta^n), scaled so that the weights' mean is 1
      (Cui et al. 2019); from a late epoch on only, it is deferred re-weighting (Cao et al. 2019).

    Where the target is `NO_CLASS` the shares themselves are wanted: of a picture that tells nothing, only how common
    each class is can be said.
    """

    shift: Tensor
    wanted: Tensor
    weights: Tensor

    def __init__(self, counts: Tensor, declared: Loss) -> None:
        """`counts` (classes,): training photos a class; one without any is taken to have one."""
        super().__init__()
        present = counts.clamp(min=1)
        shares = present / present.sum()
        smoothed = torch.eye(len(counts)).lerp(torch.tensor(1 / len(counts)), declared.label_smoothing)
        self.focal_gamma = declared.focal_gamma
        self.register_buffer("shift", declared.prior_strength * shares.log())
        # The last row, which index -1 picks, is that of NO_CLASS.
        self.register_buffer("wanted", torch.cat([smoothed, shares[None]]))
        self.register_buffer("weights", _effective_number_weights(present, declared.class_balance))

    def targets(self, classes: Tensor) -> Tensor:
        """The probabilities wanted for the classes (photos,), some of them perhaps NO_CLASS: (photos, classes)."""
        return self.wanted[classes]

    def forward(self, logits: Tensor, wanted: Tensor, reweighted: bool = False) -> Tensor:
        """The mean loss of `logits` for the probabilities `wanted`, both (photos, classes); a scalar in float32."""
        logarithms = functional.log_softmax(logits.to(torch.float32) + self.shift, dim=1)
        terms = -wanted * logarithms
        if self.focal_gamma:
            # Where p is 1 the slope of a power below 1 is no number.
            terms = terms * (1 - logarithms.exp()).clamp(min=_LEAST) ** self.focal_gamma
        if reweighted:
            terms = terms * self.weights
        return terms.sum(dim=1).mean()


def distillation_loss(logits: Tensor, taught: Tensor, temperature: float) -> Tensor:
    """How far the softened softmax of `logits` is from the teacher's mean softmax `taught`, both (photos, classes).

    Hinton et al. 2015, with their factor temperature^2; what the mean softmax says is softened as logits are.
    """
    softened = (taught.clamp(min=1e-6).log() / temperature).softmax(dim=1)
    student = functional.log_softmax(logits.to(torch.float32) / temperature, dim=1)
    return functional.kl_div(student, softened, reduction="batchmean") * temperature**2


def _effective_number_weights(counts: Tensor, beta: float) -> Tensor:
    weights = (1 - beta) / (1 - beta ** counts.double())
    return (weights / weights.mean()).float()
