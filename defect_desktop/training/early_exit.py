"""From which softmax on a pack's first member may answer alone: fitted so that hardly any label changes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_CHANGED = 0.005
"""The share of all photos whose label may become another, or whose check may be dropped."""
_CONFIDENCE = 0.95
"""How sure that is: so far as these photos stand for others, one fit in twenty changes more."""
LEAST_EVIDENCE = math.ceil(math.log(1 - _CONFIDENCE) / math.log(1 - MOST_CHANGED))
"""Fewer photos that differ (598) promise nothing, even where not one of them changes."""


@dataclass(frozen=True, slots=True)
class EarlyExitFit:
    """The threshold, and the share of photos that the first member answered alone with it."""

    sure: float
    share: float


def fit_early_exit(
    sureness: NDArray[np.float32],
    changed: NDArray[np.bool_],
    above: float = 0.0,
    groups: NDArray[np.int64] | None = None,
) -> EarlyExitFit | None:
    """The lowest threshold beyond `above` that keeps the promise.

    `sureness` (photos,) is the first member's highest softmax, `changed` (photos,) where its answer alone would be
    another. Photos of one of the `groups` (photos,) are one piece of evidence, which changes where one of them does.
    None where they promise nothing, as where there are fewer than LEAST_EVIDENCE. The bound is the one of Clopper and
    Pearson.
    """
    from scipy.stats import beta

    ranked = np.sort(sureness)[::-1]
    changes = _changes(ranked, sureness[changed], None if groups is None else groups[changed])
    pieces = len(sureness) if groups is None else len(np.unique(groups))
    bounds = beta.ppf(_CONFIDENCE, changes + 1, pieces - changes)
    # Photos that are equally sure go together, so a threshold lies only where the sureness falls.
    falls = np.append(ranked[1:] < ranked[:-1], True)[: len(ranked)]
    (fitting,) = np.nonzero((bounds <= MOST_CHANGED) & falls & (ranked > above))
    if not len(fitting):
        return None
    alone = int(fitting[-1]) + 1
    return EarlyExitFit(float(ranked[alone - 1]), alone / len(ranked))


def _changes(
    thresholds: NDArray[np.float32], sureness: NDArray[np.float32], groups: NDArray[np.int64] | None
) -> NDArray[np.intp]:
    """With each of the thresholds, how many groups are changed, whose changed photos are so sure."""
    if groups is not None:
        order = np.lexsort((-sureness, groups))
        _, surest = np.unique(groups[order], return_index=True)
        sureness = sureness[order][surest]
    return len(sureness) - np.searchsorted(np.sort(sureness), thresholds, side="left")
