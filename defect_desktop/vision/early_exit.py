"""Early exit: a pack's first network is asked alone, and the others only where it is not sure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from defect_desktop.vision.engine import Engine


class EarlyExit:
    """An engine made of two: one with a pack's first member and one with the rest.

    The first is sure of a photo where its highest softmax is at least `sure` (from 0 to 1).
    """

    def __init__(self, first: Engine, rest: Engine, sure: float) -> None:
        self.name = first.name
        self.device = first.device
        self.note = ""
        self.batch_size = rest.batch_size
        self._first = first
        self._rest = rest
        self._sure = sure

    def predict(self, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The softmax (members, N, classes) for a batch (N, height, width, 3); NaN for members that were not asked."""
        first = self._first.predict(batch)
        unsure = first[0].max(axis=1) < self._sure
        if not unsure.any():
            return first
        rest = self._rest.predict(batch[unsure])
        answers = np.full((1 + len(rest), *first.shape[1:]), np.nan, dtype=np.float32)
        answers[0] = first[0]
        answers[1:, unsure] = rest
        return answers
