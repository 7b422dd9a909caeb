"""How good predictions are: F1 weighted by class size, macro F1, accuracy, and every class by itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, f1_score, precision_recall_fscore_support

from defect_desktop.core.comparison import ENOUGH_PHOTOS


@dataclass(frozen=True, slots=True)
class ClassScore:
    """One class: precision, recall and F1 from 0 to 1, and what they are made of.

    `support` photos truly belong to the class, `said` were put into it, `right` are both.
    """

    label: str
    precision: float
    recall: float
    f1: float
    support: int
    said: int
    right: int

    @property
    def is_evidence(self) -> bool:
        """Whether there were enough photos for the scores to mean something."""
        return self.support >= ENOUGH_PHOTOS


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

    The macro F1 is the mean over the classes that occur among the targets. scikit-learn by itself adds those that only
    the predictions name: so a bag and its members, or two samples, would be measured by different classes.
    """
    occurring = np.unique(targets)
    return Scores(
        photos=len(targets),
        weighted_f1=float(f1_score(targets, predicted, average="weighted", zero_division=0.0)),
        macro_f1=float(f1_score(targets, predicted, average="macro", labels=occurring, zero_division=0.0)),
        accuracy=float(accuracy_score(targets, predicted)),
        classes=tuple(_class_scores(targets, predicted, labels)),
    )


def score_bag(members: NDArray[np.float32], targets: NDArray[np.int64], labels: tuple[str, ...]) -> Scores:
    """Scores the average of the members' softmax (photos, members, classes)."""
    return score(targets, bag_answers(members), labels)


def score_members(members: NDArray[np.float32], targets: NDArray[np.int64], labels: tuple[str, ...]) -> list[Scores]:
    """Scores every member by itself, from the members' softmax (photos, members, classes)."""
    return [score(targets, answers, labels) for answers in member_answers(members)]


def bag_answers(members: NDArray[np.float32]) -> NDArray[np.int64]:
    """The class (photos,) that the average of the members' softmax (photos, members, classes) puts first."""
    return np.asarray(members.mean(axis=1, dtype=np.float64).argmax(axis=1))


def member_answers(members: NDArray[np.float32]) -> list[NDArray[np.int64]]:
    """The class (photos,) that each member by itself puts first."""
    return list(members.argmax(axis=2).T)


def _class_scores(
    targets: NDArray[np.int64], predicted: NDArray[np.int64], labels: tuple[str, ...]
) -> list[ClassScore]:
    precision, recall, f1, support = precision_recall_fscore_support(
        targets, predicted, labels=range(len(labels)), average=None, zero_division=0.0
    )
    said = np.bincount(predicted, minlength=len(labels))
    right = np.bincount(targets[predicted == targets], minlength=len(labels))
    columns = zip(labels, precision, recall, f1, support, said, right, strict=True)
    return [
        ClassScore(label, float(p), float(r), float(f), int(count), int(answers), int(hits))
        for label, p, r, f, count, answers, hits in columns
    ]
