from __future__ import annotations

import math

import pytest
import torch
from torch.nn import functional

from defect_desktop.training.losses import NO_CLASS, AdjustedCrossEntropy

LOGITS = torch.tensor([[2.0, -1.0, 0.5], [0.0, 0.3, -0.2]])
TARGETS = torch.tensor([0, 2])


def test_equal_classes_leave_plain_cross_entropy() -> None:
    loss = AdjustedCrossEntropy(torch.tensor([5, 5, 5]), prior_strength=1.0, label_smoothing=0.1)
    assert torch.allclose(loss(LOGITS, TARGETS), functional.cross_entropy(LOGITS, TARGETS, label_smoothing=0.1))


def test_a_rare_class_must_win_by_more() -> None:
    loss = AdjustedCrossEntropy(torch.tensor([98, 1, 0]), prior_strength=1.0, label_smoothing=0.0)
    level = torch.zeros(1, 3)
    assert loss(level, torch.tensor([0])).item() == pytest.approx(-math.log(0.98), abs=1e-6)
    assert loss(level, torch.tensor([2])).item() == pytest.approx(-math.log(0.01), abs=1e-6)


def test_a_picture_of_nothing_is_best_answered_with_the_shares() -> None:
    counts = torch.tensor([6, 3, 1])
    loss = AdjustedCrossEntropy(counts, prior_strength=0.5, label_smoothing=0.1)
    logits = torch.zeros(1, 3, requires_grad=True)
    descent = torch.optim.SGD([logits], lr=3.0)
    for _ in range(200):
        descent.zero_grad()
        loss(logits, torch.tensor([NO_CLASS])).backward()
        descent.step()
    # What the shift leaves of the shares: their square root, at half strength.
    assert torch.allclose(logits.softmax(1), (counts / 10).sqrt() / (counts / 10).sqrt().sum(), atol=1e-3)
