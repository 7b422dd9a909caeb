"""Why a photo got its label: where on it each network saw the class, and what each network thinks on its own.

An engine that can explain gives class maps (see `vision.torch_maps`): the logits of every class at every place, whose
mean over all places are the logits of the photo. So one forward pass gives both the opinions and the places.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import cv2
import numpy as np
from numpy.typing import NDArray

from defect_desktop.core.decision import Ranked, Verdict, decide
from defect_desktop.core.prediction import AS_IT_IS, Prediction
from defect_desktop.vision.card import Card


@runtime_checkable
class ExplainingEngine(Protocol):
    """An engine that can say where its networks saw what."""

    def class_maps(self, batch: NDArray[np.uint8]) -> NDArray[np.float32] | None:
        """The members' logits place by place, shape (members, N, classes, rows, columns), in one forward pass.

        `batch` is (N, height, width, 3), 8-bit RGB. None where the pack's networks have no such maps.
        """


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """What the networks saw on one photo. `maps` are its class maps: (members, classes, rows, columns)."""

    card: Card
    maps: NDArray[np.float32]

    def verdict(self) -> Verdict:
        """The verdict of all members together, as the pipeline gives it."""
        temperature, thresholds = self.card.decision_temperature(), self.card.decision_thresholds()
        return decide(self._prediction(), self.card.labels, temperature, thresholds)

    def opinions(self) -> tuple[tuple[Ranked, ...], ...]:
        """What each member alone ranks first, uncalibrated: as many classes as a verdict ranks."""
        thresholds = self.card.decision_thresholds()
        alone = (Prediction(member[np.newaxis]) for member in self._prediction().members)
        return tuple(decide(each, self.card.labels, AS_IT_IS, thresholds).top for each in alone)

    def heat(self, label: str, height: int, width: int) -> NDArray[np.float32]:
        """How much speaks for `label` at each place of the upright photo, shown at height × width pixels: 0 to 1.

        1 is the place that speaks most for it. What the networks do not see, since they crop, is 0; so is everything
        where no place speaks for the class more than for the others. Raises ValueError for a label unknown to the pack.
        """
        mean = self.maps.mean(axis=0)
        # A constant added to all logits of a place changes no probability, so only differences between classes count.
        evidence = np.maximum(mean[self.card.labels.index(label)] - mean.mean(axis=0), 0)
        return _placed(evidence, self.card.photo_preprocessing().seen_part(height, width), height, width)

    def _prediction(self) -> Prediction:
        logits = self.maps.mean(axis=(2, 3))
        exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
        return Prediction(exponentials / exponentials.sum(axis=1, keepdims=True))


def explain(photo: NDArray[np.uint8], card: Card, engine: object) -> Explanation | None:
    """What the networks of `engine` saw on an upright photo (H, W, 3) of any size; None where they cannot tell."""
    if not isinstance(engine, ExplainingEngine):
        return None
    maps = engine.class_maps(np.stack([card.photo_preprocessing().fit(photo)]))
    return None if maps is None else Explanation(card, maps[:, 0])


def _placed(
    evidence: NDArray[np.float32], part: tuple[float, float, float, float], height: int, width: int
) -> NDArray[np.float32]:
    """The evidence (rows, columns) enlarged to the part (left, top, right, bottom) that it covers; the rest is 0."""
    left, top, right, bottom = (round(edge) for edge in part)
    seen = cv2.resize(evidence, (max(1, right - left), max(1, bottom - top)), interpolation=cv2.INTER_CUBIC)
    heat = np.zeros((height, width), np.float32)
    heat[top:bottom, left:right] = seen[: bottom - top, : right - left]
    heat = np.clip(heat, 0, None)  # a cubic swings below zero beside a steep slope
    return heat / max(float(heat.max()), float(np.finfo(np.float32).tiny))
