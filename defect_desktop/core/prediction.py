"""What an ensemble says about one photo, before any rule is applied."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """The softmax of every member for one photo: shape (members, classes), each row sums to 1."""

    members: NDArray[np.float32]

    def calibrated(self, temperature: float) -> NDArray[np.float64]:
        """The mean of the members' softmax, sharpened (temperature < 1) or softened (> 1); shape (classes,), sums to 1.

        Scaling the logarithm of the mean keeps the order of the classes, so calibration never changes a label
        (Guo et al. 2017, "On Calibration of Modern Neural Networks", applied to the averaged probability).
        """
        mean = self.members.mean(axis=0, dtype=np.float64)
        logits = np.log(np.maximum(mean, np.finfo(np.float32).tiny)) / temperature
        exponentials = np.exp(logits - logits.max())
        return np.asarray(exponentials / exponentials.sum())

    def agreement(self) -> float:
        """The share of members whose own first choice is the ensemble's, from 1 / members to 1."""
        chosen = int(self.members.mean(axis=0, dtype=np.float64).argmax())
        return float((self.members.argmax(axis=1) == chosen).mean())
