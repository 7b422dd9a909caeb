"""What thresholds do: how many photos they leave unchecked, and how many mistakes among those."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from defect_desktop.core.decision import Thresholds
from defect_desktop.training.calibration import Evidence, choose_thresholds

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Operation:
    """Of `photos`, `unchecked` need no check, and `mistakes` of those have the wrong label (counts)."""

    photos: int
    unchecked: int
    mistakes: int

    @property
    def unchecked_share(self) -> float:
        """The share of photos that need no check."""
        return self.unchecked / self.photos

    @property
    def error_rate(self) -> float | None:
        """The share of mistakes among the photos that need no check; None where there is no such photo."""
        return self.mistakes / self.unchecked if self.unchecked else None


@dataclass(frozen=True, slots=True)
class Choice:
    """The thresholds that these photos choose for `error_rate`, and what they do.

    `here` on the very photos that chose them, which flatters them. `elsewhere` is what to expect: every fifth of the
    photos judged by the thresholds that the other four choose.
    """

    error_rate: float
    thresholds: Thresholds
    here: Operation
    elsewhere: Operation

    @property
    def asked(self) -> str:
        """The error rate that was asked for, as a percentage with as many decimals as it has."""
        return f"{100 * self.error_rate:.4g}%"


def operate(evidence: Evidence, thresholds: Thresholds) -> Operation:
    """What `thresholds` do on the photos of `evidence`."""
    return _count(evidence, evidence.unchecked(thresholds))


def choose(evidence: Evidence, members: int, error_rate: float, seed: int) -> Choice:
    """Chooses thresholds for `error_rate` (a share of the unchecked photos) as training does, and judges them.

    Photos of one group stay together when the photos are parted to judge.
    """
    thresholds = choose_thresholds(evidence, members, error_rate)
    unchecked = np.zeros(len(evidence.group), dtype=np.bool_)
    for choosing, judged in _folds(evidence.group, seed):
        chosen = choose_thresholds(_subset(evidence, choosing), members, error_rate)
        unchecked[judged] = _subset(evidence, judged).unchecked(chosen)
    return Choice(error_rate, thresholds, operate(evidence, thresholds), _count(evidence, unchecked))


def _count(evidence: Evidence, unchecked: NDArray[np.bool_]) -> Operation:
    return Operation(len(unchecked), int(unchecked.sum()), int((unchecked & ~evidence.right).sum()))


def _folds(groups: NDArray[np.int64], seed: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """The photos outside and inside each of `FOLDS` parts, groups dealt out at random; parts may be empty."""
    names, member_of = np.unique(groups, return_inverse=True)
    part = (np.random.default_rng(seed).permutation(len(names)) % FOLDS)[member_of]
    for number in range(FOLDS):
        yield np.flatnonzero(part != number), np.flatnonzero(part == number)


def _subset(evidence: Evidence, photos: NDArray[np.int64]) -> Evidence:
    return Evidence(**{field.name: getattr(evidence, field.name)[photos] for field in fields(Evidence)})
