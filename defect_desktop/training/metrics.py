"""How good predictions are: F1 weighted by class size, macro F1, accuracy, and F1 class by class."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, f1_score

ENOUGH_SUPPORT = 20
"""With fewer photos of a class its F1 is no evidence, and reports say so."""


@dataclass(frozen=True, slots=True)
class ClassScore:
    """One class: its F1 from 0 to 1, and its support, the number of photos that truly belong to it."""

    label: str
    f1: float
    support: int

    @property
    def is_evidence(self) -> bool:
        """Whether there were enough photos for the F1 to mean something."""
        return self.support >= ENOUGH_SUPPORT


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one set of predictions, each from 0 to 1."""

    photos: int
    weighted_f1: float
    macro_f1: float
    accuracy: float
    classes: tuple[ClassScore, ...]


def score(targets: NDArray[np.int64], predicted: NDArray[np.int64], labels: tuple[str, ...]) -> Scores:
    """Scores `predicted` against `targets`, both class indices of shape (photos,); `labels` names the indices.

    As scikit-learn does, the macro F1 is the mean over the classes that occur among the targets or the predictions.
    """
    every = range(len(labels))
    f1 = f1_score(targets, predicted, labels=every, average=None, zero_division=0.0)
    support = np.bincount(targets, minlength=len(labels))
    return Scores(
        photos=len(targets),
        weighted_f1=float(f1_score(targets, predicted, average="weighted", zero_division=0.0)),
        macro_f1=float(f1_score(targets, predicted, average="macro", zero_division=0.0)),
        accuracy=float(accuracy_score(targets, predicted)),
        classes=tuple(ClassScore(label, float(f1[index]), int(support[index])) for index, label in enumerate(labels)),
    )


def score_bag(members: NDArray[np.float32], targets: NDArray[np.int64], labels: tuple[str, ...]) -> Scores:
    """Scores the average of the members' softmax (photos, members, classes)."""
    return score(targets, members.mean(axis=1, dtype=np.float64).argmax(axis=1), labels)


def score_members(members: NDArray[np.float32], targets: NDArray[np.int64], labels: tuple[str, ...]) -> list[Scores]:
    """Scores every member by itself, from the members' softmax (photos, members, classes)."""
    return [score(targets, members[:, index].argmax(axis=1), labels) for index in range(members.shape[1])]
