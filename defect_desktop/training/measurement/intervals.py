"""How far a figure might be off, because it was measured on these photos and not on others."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from defect_desktop.training.metrics import ClassScore

LEVEL = 0.95
"""Every interval is made to hold the figure of endlessly many such photos this often."""

DRAWS = 2000
"""Resamples of the bootstrap: its ends then vary by about a tenth of the interval's width between seeds."""

_ROUNDING = 1e-9

_ALONG = 200
"""Resamples made at once, which bounds the memory: this many numbers a photo."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Resampled:
    """The scores of one set of answers on every resample; each (draws,)."""

    weighted_f1: NDArray[np.float64]
    macro_f1: NDArray[np.float64]
    accuracy: NDArray[np.float64]


def percentile_interval(values: NDArray[np.float64]) -> Interval | None:
    """The middle `LEVEL` of what a figure came to on the resamples (Efron 1979, the percentile bootstrap).

    None where it came to the same on all: photos without a single mistake cannot tell how rare mistakes are.
    """
    if np.ptp(values) < _ROUNDING:
        return None
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(low), float(high))


def share_interval(hits: int, trials: int) -> Interval:
    """The interval of the share `hits` / `trials`: Wilson's (1927), which Brown, Cai & DasGupta 2001 recommend."""
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    share = hits / trials
    middle = share + z * z / (2 * trials)
    reach = z * math.sqrt(share * (1 - share) / trials + (z / (2 * trials)) ** 2)
    scale = 1 + z * z / trials
    # At 0 and at all of them the ends are 0 and 1; rounding must not put them beyond, or the share outside.
    return Interval(max(0.0, min(share, (middle - reach) / scale)), min(1.0, max(share, (middle + reach) / scale)))


def f1_interval(scored: ClassScore) -> Interval:
    """The interval of one class's F1: Wilson's for a proportion, carried over.

    F1 = 2J / (1 + J) grows with J, the Jaccard index, and J is a plain proportion: of the photos that belong to the
    class or were put into it, those that are both. Unlike the bootstrap's, this interval does not shrink to a point
    where no mistake happened to be seen. Photos count as independent. It holds the F1 itself always.
    """
    union = scored.support + scored.said - scored.right
    if not union:
        return Interval(0.0, 1.0)
    jaccard = share_interval(scored.right, union)
    return Interval(2 * jaccard.low / (1 + jaccard.low), 2 * jaccard.high / (1 + jaccard.high))


def bootstrap(
    targets: NDArray[np.int64],
    answers: Sequence[NDArray[np.int64]],
    groups: NDArray[np.int64],
    seed: int,
    draws: int = DRAWS,
) -> list[Resampled]:
    """Scores every one of `answers`, (photos,) each, against `targets` (photos,) on the same `draws` resamples.

    Drawn class by class, so that a class of three photos is in every resample and no figure depends on how often it
    came up; and whole `groups` (photos,) at once, because near-duplicates are right or wrong together and would
    otherwise promise more than they know. The macro F1 is over the classes that occur in the targets.
    """
    classes = 1 + max(int(each.max()) for each in (targets, *answers))
    identity, occurring = np.eye(classes, dtype=np.float64), np.unique(targets)
    parts: list[list[tuple[NDArray[np.float64], ...]]] = [[] for _ in answers]
    for weights in _weights(targets, groups, np.random.default_rng(seed), draws):
        support = weights @ identity[targets]
        for each, collected in zip(answers, parts, strict=True):
            hits = weights @ (identity[targets] * (each == targets)[:, np.newaxis])
            collected.append(_scores(hits, support, weights @ identity[each], occurring))
    return [Resampled(*(np.concatenate(column) for column in zip(*part, strict=True))) for part in parts]


def _weights(
    targets: NDArray[np.int64], groups: NDArray[np.int64], generator: np.random.Generator, draws: int
) -> Iterator[NDArray[np.float64]]:
    """How often each photo is in each resample, (up to `_ALONG`, photos) at a time."""
    for start in range(0, draws, _ALONG):
        weights = np.zeros((min(_ALONG, draws - start), len(targets)))
        for target in np.unique(targets):
            photos = np.flatnonzero(targets == target)
            drawn, member_of = np.unique(groups[photos], return_inverse=True)
            counts = generator.multinomial(len(drawn), np.full(len(drawn), 1 / len(drawn)), size=len(weights))
            weights[:, photos] = counts[:, member_of]
        yield weights


def _scores(
    hits: NDArray[np.float64], support: NDArray[np.float64], said: NDArray[np.float64], occurring: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Weighted F1, macro F1 and accuracy (draws,) from photos a class (draws, classes)."""
    f1 = np.divide(2 * hits, support + said, out=np.zeros_like(hits), where=support + said > 0)
    photos = support.sum(axis=1)
    return (f1 * support).sum(axis=1) / photos, f1[:, occurring].mean(axis=1), hits.sum(axis=1) / photos
