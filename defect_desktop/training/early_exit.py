"""From which softmax on a pack's first member may answer alone: fitted so that hardly any label changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_CHANGED = 0.005
"""The share of all photos whose label may become another, or whose check may be dropped."""
_CONFIDENCE = 0.95
"""How sure that is: so far as these photos stand for others, one fit in twenty changes more."""


@dataclass(frozen=True, slots=True)
class EarlyExitFit:
    """The threshold, and the share of photos that the first member answered alone with it."""

    sure: float
    share: float


def fit_early_exit(
    sureness: NDArray[np.float32], changed: NDArray[np.bool_], above: float = 0.0
) -> EarlyExitFit | None:
    """The lowest threshold beyond `above` that keeps the promise.

    `sureness` (photos,) is the first member's highest softmax, `changed` (photos,) where its answer alone would be
    another. None where there are too few photos to promise anything: it takes 598 on which nothing changes. The bound
    is the one of Clopper and Pearson.
    """
    from scipy.stats import beta

    photos = len(sureness)
    order = np.argsort(-sureness, kind="stable")
    ranked = sureness[order]
    changes = np.cumsum(changed[order])
    bounds = beta.ppf(_CONFIDENCE, changes + 1, photos - changes)
    # Photos that are equally sure go together, so a threshold lies only where the sureness falls.
    falls = np.append(ranked[1:] < ranked[:-1], True)[:photos]
    (fitting,) = np.nonzero((bounds <= MOST_CHANGED) & falls & (ranked > above))
    if not len(fitting):
        return None
    alone = int(fitting[-1]) + 1
    return EarlyExitFit(float(ranked[alone - 1]), alone / photos)
