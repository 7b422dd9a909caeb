"""Whether a confidence means what it says: of the verdicts given with 80 %, 80 % should be right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 15
"""Bins of equal width, as many as in Guo et al. 2017, so that figures can be compared."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The verdicts whose confidence lies in one stretch: how many, their mean confidence, and the share that is right.

    `low` is not in the stretch (but for 0), `high` is.
    """

    low: float
    high: float
    photos: int
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """The bins that hold any verdict, in order, and the expected calibration error: their mean gap, by photos."""

    bins: tuple[Bin, ...]
    ece: float


def reliability(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> Reliability:
    """Compares the confidence (photos,), from 0 to 1, with whether the verdict was right (photos,).

    ECE as in Guo et al. 2017, "On Calibration of Modern Neural Networks" (not in scikit-learn).
    """
    place = np.clip(np.ceil(confidence * BINS).astype(np.int64) - 1, 0, BINS - 1)
    photos = np.bincount(place, minlength=BINS)
    sure = np.bincount(place, weights=confidence, minlength=BINS)
    hits = np.bincount(place, weights=right, minlength=BINS)
    ece = float(np.abs(sure - hits).sum() / len(confidence))
    bins = tuple(
        Bin(i / BINS, (i + 1) / BINS, int(photos[i]), float(sure[i] / photos[i]), float(hits[i] / photos[i]))
        for i in np.flatnonzero(photos).tolist()
    )
    return Reliability(bins, ece)
