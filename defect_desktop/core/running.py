"""The running opinion on a moving picture: one frame is noise, half a second is an answer."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from defect_desktop.core.prediction import Prediction

SMOOTHING_SECONDS = 0.5
"""A frame so long ago counts about a third (1/e) of what it counted when it was new."""


class RunningPrediction:
    """The mean of what the members said lately, newer frames counting more, whatever the pace of the frames.

    After a gap, as when the camera was lost, hardly anything of what was before it is left.
    """

    def __init__(self) -> None:
        self._members: NDArray[np.float32] | None = None
        self._at = 0.0

    def add(self, prediction: Prediction, at: float) -> Prediction:
        """Takes in what was said of a frame at `at` (seconds of a clock that never goes back); the opinion then."""
        before = prediction.members if self._members is None else self._members
        weight = np.float32(1 - math.exp(-(at - self._at) / SMOOTHING_SECONDS))
        self._members = before + weight * (prediction.members - before)
        self._at = at
        return Prediction(self._members)
