"""From held-out photos: how far to trust the softmax, and below what a person must look."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from defect_desktop.core.decision import Thresholds
from defect_desktop.core.prediction import Prediction, Temperature
from defect_desktop.training.early_exit import EarlyExitFit, fit_early_exit

TEMPERATURES = (0.1, 10.0)
"""A temperature is sought between these: beyond, a handful of photos would decide."""

NOTHING_WEIGHT = 0.25
"""What the pictures of nothing weigh together, beside the photos: as if one picture in five showed no defect."""

CHECK_ALL = Thresholds(confidence=1.0, margin=1.0, agreement=1.0)

_LOGARITHMS = (math.log(TEMPERATURES[0]), math.log(TEMPERATURES[1]))
_GRID = np.arange(100) / 100
_LEAST = np.finfo(np.float32).tiny


@dataclass(frozen=True, slots=True)
class Calibration:
    """The temperature and the thresholds, and what they did on the held-out `photos`.

    `unchecked` of the photos needed no check, and of those `unchecked_mistakes` had the wrong label (counts).
    `early_exit` is None where the photos are too few to promise anything of it.
    """

    temperature: Temperature
    thresholds: Thresholds
    photos: int
    unchecked: int
    unchecked_mistakes: int
    early_exit: EarlyExitFit | None


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What the decision rules see of each held-out photo, and whether its label was right; each (photos,).

    Photos of one `group` are nearly the same: they are one piece of evidence.
    """

    confidence: NDArray[np.float64]
    margin: NDArray[np.float64]
    agreement: NDArray[np.float64]
    right: NDArray[np.bool_]
    group: NDArray[np.int64]

    @classmethod
    def gather(
        cls,
        members: NDArray[np.float32],
        targets: NDArray[np.int64],
        temperature: Temperature,
        groups: NDArray[np.int64] | None = None,
    ) -> Evidence:
        """From the members' softmax (photos, members, classes) and the true classes (photos,).

        `groups` (photos,) of near-duplicates; without them every photo stands for itself.
        """
        predictions = [Prediction(photo) for photo in members]
        probabilities = np.stack([prediction.calibrated(temperature) for prediction in predictions])
        ranked = np.sort(probabilities, axis=1)
        return cls(
            confidence=ranked[:, -1],
            margin=ranked[:, -1] - ranked[:, -2],
            agreement=np.array([prediction.agreement() for prediction in predictions]),
            right=probabilities.argmax(axis=1) == targets,
            group=np.arange(len(targets)) if groups is None else groups,
        )

    def unchecked(self, thresholds: Thresholds) -> NDArray[np.bool_]:
        """Which photos' verdicts would be used as they are."""
        return (
            (not thresholds.check_all)
            & (self.confidence >= thresholds.confidence)
            & (self.margin >= thresholds.margin)
            & (self.agreement >= thresholds.agreement)
        )


def calibrate(
    members: NDArray[np.float32],
    targets: NDArray[np.int64],
    error_rate: float,
    nothing: NDArray[np.float32] | None = None,
    groups: NDArray[np.int64] | None = None,
) -> Calibration:
    """Calibrates an ensemble on the members' softmax (photos, members, classes) for the true classes (photos,).

    `nothing` is the members' softmax for pictures that show none of the classes, where there are any; photos of one of
    the `groups` (photos,) are one piece of evidence.
    """
    mean = members.mean(axis=1, dtype=np.float64)
    temperature = fit_temperature(mean, targets, None if nothing is None else nothing.mean(axis=1, dtype=np.float64))
    evidence = Evidence.gather(members, targets, temperature, groups)
    thresholds = choose_thresholds(evidence, members.shape[1], error_rate)
    unchecked = evidence.unchecked(thresholds)
    mistakes = int((unchecked & ~evidence.right).sum())
    fit = exit_early(members, temperature, thresholds, nothing, groups)
    return Calibration(temperature, thresholds, len(targets), int(unchecked.sum()), mistakes, fit)


def exit_early(
    members: NDArray[np.float32],
    temperature: Temperature,
    thresholds: Thresholds,
    nothing: NDArray[np.float32] | None = None,
    groups: NDArray[np.int64] | None = None,
) -> EarlyExitFit | None:
    """From where on the first member may answer alone, from the members' softmax (photos, members, classes).

    A photo is changed by it that gets another label, or for which nobody is asked any more to check what all members
    would have had checked. Of `nothing` no picture may be changed in that way; that and `groups` are those of
    `calibrate`. None where there is one member only, or where nothing can be promised.
    """
    if members.shape[1] < 2:
        return None
    first = members[:, 0]
    relabelled = first.argmax(axis=1) != members.mean(axis=1, dtype=np.float64).argmax(axis=1)
    above = 0.0
    if nothing is not None:
        above = nothing[:, 0].max(axis=1)[_unasked(nothing, temperature, thresholds)].max(initial=above)
    changed = relabelled | _unasked(members, temperature, thresholds)
    return fit_early_exit(first.max(axis=1), changed, float(above), groups)


def _unasked(members: NDArray[np.float32], temperature: Temperature, thresholds: Thresholds) -> NDArray[np.bool_]:
    """Where all members would have had a person check, and the first alone would not; (photos,)."""
    unknown = np.full(len(members), -1, dtype=np.int64)
    alone, together = (
        Evidence.gather(asked, unknown, temperature).unchecked(thresholds) for asked in (members[:, :1], members)
    )
    return alone & ~together


def fit_temperature(
    probabilities: NDArray[np.float64], targets: NDArray[np.int64], nothing: NDArray[np.float64] | None = None
) -> Temperature:
    """The temperature that makes the true classes (photos,) likeliest under `probabilities` (photos, classes).

    Guo et al. 2017, "On Calibration of Modern Neural Networks", with the logarithm of the mean softmax for logits.
    Photos of the classes say little about how far to trust a guess at something else: for that, `nothing` (pictures,
    classes) is what the ensemble says of pictures of nothing, for which all classes should be equally likely; without
    it there is one temperature for all.
    """
    rows = np.arange(len(targets))

    def surprise(logarithms: NDArray[np.float64]) -> float:
        temperature = _temperature(logarithms)
        loss = -np.log(np.maximum(temperature.scale(probabilities)[rows, targets], _LEAST)).mean()
        if nothing is not None:
            loss -= NOTHING_WEIGHT * np.log(np.maximum(temperature.scale(nothing), _LEAST)).mean()
        return float(loss)

    unknowns = 1 if nothing is None else 2
    found = optimize.minimize(surprise, np.zeros(unknowns), method="L-BFGS-B", bounds=[_LOGARITHMS] * unknowns)
    return _temperature(found.x)


def _temperature(logarithms: NDArray[np.float64]) -> Temperature:
    """From the logarithm of one temperature for all, or of that of the sure and that of the unsure."""
    sure, unsure = np.exp(np.resize(logarithms, 2))
    return Temperature(float(sure), float(unsure))


def choose_thresholds(evidence: Evidence, members: int, error_rate: float) -> Thresholds:
    """The thresholds that leave the most photos unchecked with at most `error_rate` mistakes expected among those.

    Groups are what is counted: one mistake makes a group a mistake. Selective classification, Geifman & El-Yaniv 2017.
    The expected rate is Laplace's (mistakes + 1) / (groups + 2), so that few promise little: with fewer than about
    1 / `error_rate` every photo needs a check. Of thresholds that do equally well here the strictest are taken: they
    also stop what no held-out photo resembled.
    """
    best, most = CHECK_ALL, 1
    for agreeing in range(1, members + 1):
        agreement = (agreeing - 0.5) / members  # halfway, so that no rounding decides
        for margin in _GRID:
            confidence, photos = _best_confidence(evidence, float(margin), agreement, error_rate)
            if photos >= most:
                best, most = Thresholds(confidence, float(margin), agreement), photos
    return best


def _best_confidence(evidence: Evidence, margin: float, agreement: float, error_rate: float) -> tuple[float, int]:
    """The best confidence threshold beside these two, and how many groups it leaves unchecked; 0: there is none."""
    passing = evidence.unchecked(Thresholds(0.0, margin, agreement))
    unchecked = evidence.confidence[passing, np.newaxis] >= _GRID
    photos = _count_groups(unchecked, evidence.group[passing])
    mistakes = _count_groups(unchecked & ~evidence.right[passing, np.newaxis], evidence.group[passing])
    photos[mistakes + 1 > error_rate * (photos + 2)] = 0
    most = photos.max()
    return float(_GRID[np.flatnonzero(photos == most)[-1]]), int(most)


def _count_groups(of_photos: NDArray[np.bool_], group: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many groups have a photo of which it is so: (photos, cases) and (photos,) to (cases,)."""
    if not len(group):
        return np.zeros(of_photos.shape[1], dtype=np.int64)
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=group[order[0]] - 1))
    counts: NDArray[np.int64] = np.logical_or.reduceat(of_photos[order], starts, axis=0).sum(axis=0)
    return counts
