"""Runs an engine over photos in memory, as classification runs it, and looks at what comes out."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from defect_desktop.training.calibration import Evidence
from defect_desktop.training.metrics import Scores, score_bag, score_members
from defect_desktop.training.photo_cache import PhotoCache
from defect_desktop.vision.card import Card
from defect_desktop.vision.engine import Engine, answers


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a pack did on labelled photos.

    `bag` scores the average of the members, `members` each alone. `unchecked` of the photos needed no check, and of
    those `unchecked_mistakes` had the wrong label (counts). `failures` could not be read and are in no figure.
    """

    bag: Scores
    members: list[Scores]
    unchecked: int
    unchecked_mistakes: int
    failures: int

    @property
    def gain_weighted_f1(self) -> float:
        """How much better the bag is than its members are on average."""
        return self.bag.weighted_f1 - mean(member.weighted_f1 for member in self.members)

    @property
    def gain_macro_f1(self) -> float:
        """How much better the bag is than its members are on average."""
        return self.bag.macro_f1 - mean(member.macro_f1 for member in self.members)


def predict(engine: Engine, cache: PhotoCache) -> Generator[int, None, NDArray[np.float32]]:
    """The members' softmax for every photo: (photos, members, classes); yields the number of photos done."""
    results: list[NDArray[np.float32]] = []
    starts = range(0, len(cache.pixels), engine.batch_size)
    batches = (cache.pixels[start : start + engine.batch_size] for start in starts)
    for start, members_first in zip(starts, answers(engine, batches), strict=True):
        results.append(members_first.transpose(1, 0, 2))
        yield start + len(results[-1])
    return np.concatenate(results)


def evaluate(predictions: NDArray[np.float32], cache: PhotoCache, card: Card) -> Evaluation:
    """Scores `predictions`, from `predict`, and applies the card's calibration and thresholds to them."""
    evidence = card_evidence(predictions, cache.targets, card)
    unchecked = evidence.unchecked(card.decision_thresholds())
    return Evaluation(
        bag=score_bag(predictions, cache.targets, cache.labels),
        members=score_members(predictions, cache.targets, cache.labels),
        unchecked=int(unchecked.sum()),
        unchecked_mistakes=int((unchecked & ~evidence.right).sum()),
        failures=len(cache.failures),
    )


def card_evidence(
    predictions: NDArray[np.float32],
    targets: NDArray[np.int64],
    card: Card,
    groups: NDArray[np.int64] | None = None,
) -> Evidence:
    """What the decision rules see of `predictions`, from `predict`, as the card calibrates them.

    The true classes `targets` and the `groups` of near-duplicates are each (photos,).
    """
    return Evidence.gather(predictions, targets, card.decision_temperature(), groups)
