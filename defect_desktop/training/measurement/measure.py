"""Measures a pack's predictions from every side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import confusion_matrix

from defect_desktop.errors import PhotoProblem
from defect_desktop.language import Bilingual
from defect_desktop.training.calibration import Evidence
from defect_desktop.training.evaluation import Evaluation, card_evidence, evaluate
from defect_desktop.training.measurement.intervals import Interval, Resampled, bootstrap, percentile_interval
from defect_desktop.training.measurement.operation import Choice, Operation, choose, operate
from defect_desktop.training.measurement.photos import MeasuredPhotos
from defect_desktop.training.measurement.reliability import Reliability, reliability
from defect_desktop.training.measurement.risk import RiskCoverage, risk_coverage
from defect_desktop.training.metrics import bag_answers, member_answers
from defect_desktop.vision.card import Card


@dataclass(frozen=True, slots=True)
class Plan:
    """How to measure: for which share of mistakes among unchecked photos, and the seed of all that is random."""

    error_rate: float
    seed: int


@dataclass(frozen=True, slots=True)
class Intervals:
    """The intervals of the bag's scores, and of its gain: its score less the mean of its members'.

    None where no resample differs from another, above all where there is no mistake.
    """

    weighted_f1: Interval | None
    macro_f1: Interval | None
    accuracy: Interval | None
    gain_weighted_f1: Interval | None
    gain_macro_f1: Interval | None


@dataclass(frozen=True, slots=True)
class Mistake:
    """A photo that got the wrong label. `confidence` is the calibrated one of the label that was `said`."""

    path: Path
    label: str
    said: str
    confidence: float
    needs_check: bool


@dataclass(frozen=True, slots=True, eq=False)
class Measurement:
    """Everything that was found. `confusion` (classes, classes) counts photos by true class, then by the class said.

    `before` and `after` are the reliability of the members' mean softmax and of the calibrated confidence; `risk` is
    the calibrated confidence's. `present` is what the pack's own thresholds do. `mistakes` begin with the surest.
    `groups` counts the sets of near-duplicates that were resampled as one. `failures` could not be read and are in no
    figure; `notes` are what a person should know of how the photos were found.
    """

    plan: Plan
    evaluation: Evaluation
    intervals: Intervals
    confusion: NDArray[np.int64]
    before: Reliability
    after: Reliability
    risk: RiskCoverage
    present: Operation
    choice: Choice
    mistakes: tuple[Mistake, ...]
    failures: tuple[tuple[Path, PhotoProblem], ...]
    notes: tuple[Bilingual, ...]
    groups: int
    fingerprint: str


def measure(predictions: NDArray[np.float32], photos: MeasuredPhotos, card: Card, plan: Plan) -> Measurement:
    """Measures `predictions`, from `evaluation.predict`, with the card's calibration and thresholds."""
    cache, groups = photos.cache, photos.groups
    targets, answers = cache.targets, bag_answers(predictions)
    evidence = card_evidence(predictions, targets, card, groups)
    mean = predictions.mean(axis=1, dtype=np.float64)
    return Measurement(
        plan=plan,
        evaluation=evaluate(predictions, cache, card),
        intervals=_intervals(predictions, targets, groups, plan.seed),
        confusion=confusion_matrix(targets, answers, labels=range(len(card.labels))),
        before=reliability(mean.max(axis=1), answers == targets),
        after=reliability(evidence.confidence, evidence.right),
        risk=risk_coverage(evidence.confidence, evidence.right),
        present=operate(evidence, card.decision_thresholds()),
        choice=choose(evidence, predictions.shape[1], plan.error_rate, plan.seed),
        mistakes=_mistakes(evidence, answers, targets, photos.paths, card),
        failures=cache.failures,
        notes=photos.notes,
        groups=len(np.unique(groups)),
        fingerprint=cache.fingerprint,
    )


def _intervals(
    predictions: NDArray[np.float32], targets: NDArray[np.int64], groups: NDArray[np.int64], seed: int
) -> Intervals:
    bag, *members = bootstrap(targets, [bag_answers(predictions), *member_answers(predictions)], groups, seed)

    def gain(of: Callable[[Resampled], NDArray[np.float64]]) -> Interval | None:
        return percentile_interval(of(bag) - np.mean([of(member) for member in members], axis=0))

    return Intervals(
        percentile_interval(bag.weighted_f1),
        percentile_interval(bag.macro_f1),
        percentile_interval(bag.accuracy),
        gain(lambda scores: scores.weighted_f1),
        gain(lambda scores: scores.macro_f1),
    )


def _mistakes(
    evidence: Evidence, answers: NDArray[np.int64], targets: NDArray[np.int64], paths: tuple[Path, ...], card: Card
) -> tuple[Mistake, ...]:
    unchecked = evidence.unchecked(card.decision_thresholds())
    wrong = np.flatnonzero(answers != targets)
    surest_first = wrong[np.argsort(-evidence.confidence[wrong], kind="stable")]
    return tuple(
        Mistake(
            path=paths[photo],
            label=card.labels[targets[photo]],
            said=card.labels[answers[photo]],
            confidence=float(evidence.confidence[photo]),
            needs_check=not unchecked[photo],
        )
        for photo in surest_first
    )
