"""What an ensemble says about one photo, before any rule is applied."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_LEAST = np.finfo(np.float32).tiny
"""A softmax may round to zero; its logarithm must not."""


@dataclass(frozen=True, slots=True)
class Temperature:
    """How far a mean softmax is sharpened (below 1) or softened (above 1), by how sure it is to begin with.

    `sure` applies where it names one class alone, `unsure` where it holds all classes for equally likely; in between,
    the logarithm of the temperature goes with the entropy (Balanya, Maroñas & Ramos 2024, "Adaptive Temperature
    Scaling for Robust Calibration of Deep Neural Networks"). One temperature for all would sharpen the guesses about a
    picture of nothing as much as it sharpens what the members really know.
    """

    sure: float
    unsure: float

    def scale(self, probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
        """`probabilities` (..., classes), scaled along their last axis; sums and the order of the classes stay."""
        logarithms = np.log(np.maximum(probabilities, _LEAST))
        entropy = -(probabilities * logarithms).sum(axis=-1, keepdims=True) / np.log(probabilities.shape[-1])
        logits = logarithms / (self.sure * (self.unsure / self.sure) ** entropy)
        exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
        return np.asarray(exponentials / exponentials.sum(axis=-1, keepdims=True))


AS_IT_IS = Temperature(sure=1.0, unsure=1.0)
"""The mean softmax is taken at its word."""


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """The softmax of every member that was asked about one photo: shape (members, classes), each row sums to 1."""

    members: NDArray[np.float32]

    def calibrated(self, temperature: Temperature) -> NDArray[np.float64]:
        """The mean of the members' softmax at `temperature`; shape (classes,), sums to 1, never another label."""
        return temperature.scale(self.members.mean(axis=0, dtype=np.float64))

    def agreement(self) -> float:
        """The share of these members whose own first choice is the ensemble's, from 1 / members to 1."""
        chosen = int(self.members.mean(axis=0, dtype=np.float64).argmax())
        return float((self.members.argmax(axis=1) == chosen).mean())
