"""What it buys to leave the least sure verdicts to a person: the share of mistakes among the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class RiskCoverage:
    """The curve: of the surest 1, 2, ... all photos, the share of all photos (coverage) and of mistakes (risk).

    Both arrays are (photos,). `area` under the curve is the mean risk; `best_area` is what it would be if every mistake
    were less sure than every right verdict, `random_area` if the confidence told nothing.
    """

    coverage: NDArray[np.float64]
    risk: NDArray[np.float64]
    area: float
    best_area: float
    random_area: float

    def risk_at(self, coverage: float) -> float:
        """The share of mistakes among the surest `coverage` (a share above 0) of the photos."""
        return float(self.risk[int(np.searchsorted(self.coverage, coverage - 1e-9).clip(0, len(self.risk) - 1))])


def risk_coverage(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> RiskCoverage:
    """The curve of verdicts with this confidence (photos,), which were `right` (photos,) or not.

    Geifman & El-Yaniv 2017, "Selective Classification for Deep Neural Networks"; its area as in Geifman, Uziel &
    El-Yaniv 2019. Equally sure verdicts count as taken in any order, so each adds the mean of their mistakes.
    """
    risk = _risk(confidence, ~right)
    photos = len(right)
    return RiskCoverage(
        coverage=np.arange(1, photos + 1) / photos,
        risk=risk,
        area=float(risk.mean()),
        best_area=float(_risk(right.astype(np.float64), ~right).mean()),
        random_area=float((~right).mean()),
    )


def _risk(confidence: NDArray[np.float64], wrong: NDArray[np.bool_]) -> NDArray[np.float64]:
    _, level, size = np.unique(-confidence, return_inverse=True, return_counts=True)
    expected = np.bincount(level, weights=wrong) / size
    mistakes = np.repeat(expected, size).cumsum()
    return np.asarray(mistakes / np.arange(1, len(wrong) + 1))
