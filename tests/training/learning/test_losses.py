from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from defect_desktop.training.learning.losses import NO_CLASS, ClassificationLoss, distillation_loss
from defect_desktop.training.recipes.recipe import Loss

LOGITS = torch.tensor([[2.0, -1.0, 0.5], [0.0, 0.3, -0.2]])
TARGETS = torch.tensor([0, 2])
EVEN = torch.tensor([5, 5, 5])


def of(loss: ClassificationLoss, logits: Tensor, classes: Tensor, reweighted: bool = False) -> Tensor:
    return loss(logits, loss.targets(classes), reweighted)


def test_equal_classes_leave_plain_cross_entropy() -> None:
    loss = ClassificationLoss(EVEN, Loss(prior_strength=1.0, label_smoothing=0.1))
    assert torch.allclose(of(loss, LOGITS, TARGETS), functional.cross_entropy(LOGITS, TARGETS, label_smoothing=0.1))


def test_a_rare_class_must_win_by_more() -> None:
    loss = ClassificationLoss(torch.tensor([98, 1, 0]), Loss(prior_strength=1.0))
    level = torch.zeros(1, 3)
    assert of(loss, level, torch.tensor([0])).item() == pytest.approx(-math.log(0.98), abs=1e-6)
    assert of(loss, level, torch.tensor([2])).item() == pytest.approx(-math.log(0.01), abs=1e-6)


def test_focus_lies_on_what_is_not_yet_known() -> None:
    loss = ClassificationLoss(EVEN, Loss(focal_gamma=2.0))
    known = LOGITS.softmax(1)[0, 0]
    assert of(loss, LOGITS[:1], TARGETS[:1]).item() == pytest.approx((-((1 - known) ** 2) * known.log()).item())


@pytest.mark.parametrize("gamma", [0.1, 0.5, 1.0, 2.0])
def test_what_is_known_for_certain_has_no_slope(gamma: float) -> None:
    loss = ClassificationLoss(EVEN, Loss(focal_gamma=gamma))
    certain = torch.tensor([[30.0, 0.0, -1.0]], requires_grad=True)
    of(loss, certain, torch.tensor([0])).backward()
    assert torch.allclose(certain.grad, torch.zeros(1, 3), atol=1e-6)


def test_classes_weigh_by_their_effective_number_and_only_when_asked() -> None:
    counts = torch.tensor([100, 10, 1])
    loss = ClassificationLoss(counts, Loss(class_balance=0.99))
    effective = (1 - 0.99 ** counts.double()) / (1 - 0.99)
    weights = (1 / effective) * 3 / (1 / effective).sum()
    each = functional.cross_entropy(LOGITS, TARGETS, reduction="none")
    assert of(loss, LOGITS, TARGETS, reweighted=True).item() == pytest.approx((weights[TARGETS] * each).mean().item())
    assert torch.allclose(of(loss, LOGITS, TARGETS), each.mean())


def test_a_picture_of_nothing_is_best_answered_with_the_shares() -> None:
    counts = torch.tensor([6, 3, 1])
    loss = ClassificationLoss(counts, Loss(prior_strength=0.5, label_smoothing=0.1))
    logits = torch.zeros(1, 3, requires_grad=True)
    descent = torch.optim.SGD([logits], lr=3.0)
    for _ in range(200):
        descent.zero_grad()
        of(loss, logits, torch.tensor([NO_CLASS])).backward()
        descent.step()
    # What the shift leaves of the shares: their square root, at half strength.
    assert torch.allclose(logits.softmax(1), (counts / 10).sqrt() / (counts / 10).sqrt().sum(), atol=1e-3)


def test_a_student_that_says_what_its_teacher_says_has_nothing_to_learn() -> None:
    assert distillation_loss(LOGITS, LOGITS.softmax(1), temperature=2.0).item() == pytest.approx(0, abs=1e-6)
    assert distillation_loss(-LOGITS, LOGITS.softmax(1), temperature=2.0).item() > 0.5
