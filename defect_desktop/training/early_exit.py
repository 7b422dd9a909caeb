"""From which softmax on a pack's first member may answer alone: fitted so that hardly any label changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_CHANGED = 0.005
"""The share of all photos whose label may become another."""
_CONFIDENCE = 0.95
"""How sure that is: so far as these photos stand for others, one fit in twenty changes more."""


@dataclass(frozen=True, slots=True)
class EarlyExitFit:
    """The threshold, and the share of photos that the first member answered alone with it."""

    sure: float
    share: float


def fit_early_exit(members: NDArray[np.float32]) -> EarlyExitFit | None:
    """The lowest threshold that keeps the promise, from the softmax (photos, members, classes) of all members.

    None where there is one member only, or where there are too few photos to promise anything: it takes 598 on which
    no label changes. The bound is the one of Clopper and Pearson.
    """
    from scipy.stats import beta

    photos = len(members)
    if members.shape[1] < 2 or not photos:
        return None
    first = members[:, 0]
    sureness = first.max(axis=1)
    order = np.argsort(-sureness, kind="stable")
    changed = np.cumsum((first.argmax(axis=1) != members.mean(axis=1, dtype=np.float64).argmax(axis=1))[order])
    bounds = beta.ppf(_CONFIDENCE, changed + 1, photos - changed)
    # Photos that are equally sure go together, so a threshold lies only where the sureness falls.
    falls = np.append(sureness[order][1:] < sureness[order][:-1], True)
    (fitting,) = np.nonzero((bounds <= MOST_CHANGED) & falls)
    if not len(fitting):
        return None
    alone = int(fitting[-1]) + 1
    return EarlyExitFit(float(sureness[order][alone - 1]), alone / photos)
