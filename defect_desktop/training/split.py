"""Which photos train and which are held out; which of the training photos a member sees. Seeded, class by class."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]


def hold_out(targets: Indices, share: float, seed: int) -> tuple[Indices, Indices]:
    """Splits the positions in `targets` (photos,) into those to train on and those to hold out, both in order.

    Every class gives the same `share` (0 to 1) of its photos, rounded, and at least one where it has two; its last
    photo always trains.
    """
    generator = np.random.default_rng(seed)
    held: list[Indices] = []
    for members in _by_class(targets):
        count = min(max(round(share * len(members)), 1), len(members) - 1)
        held.append(generator.permutation(members)[:count])
    held_out = np.sort(np.concatenate(held))
    return np.setdiff1d(np.arange(len(targets), dtype=np.int64), held_out), held_out


def bootstrap(targets: Indices, seed: int) -> Indices:
    """Positions in `targets` (photos,) drawn with replacement, as many as there are (Breiman 1996).

    Drawn within each class, so that a class of three photos is in every sample and the classes keep their sizes.
    """
    generator = np.random.default_rng(seed)
    return np.concatenate([generator.choice(members, len(members)) for members in _by_class(targets)])


def _by_class(targets: Indices) -> list[Indices]:
    """The positions of each class that has any."""
    return [np.flatnonzero(targets == target) for target in np.unique(targets)]
