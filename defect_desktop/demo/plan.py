"""Which photos a practice set holds, and where each lies: the contest's folder layout."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import PurePosixPath

import numpy as np

from defect_desktop.core.taxonomy import CONTEST_CLASSES, CONTEST_COUNTS, CONTEST_TEST_COUNT

LABELS: tuple[str, ...] = tuple(unicodedata.normalize("NFC", defect.label) for defect in CONTEST_CLASSES)
"""The 19 labels in composed Unicode, in the order of the contest's folders."""


class Split(IntEnum):
    """Training or test photos; the number is part of each photo's seed."""

    TRAIN = 0
    TEST = 1


@dataclass(frozen=True, slots=True)
class PlannedPhoto:
    """One photo to draw: the `index`-th of its class in its split, to be stored at `path` below the set's folder."""

    label: str
    split: Split
    index: int
    path: PurePosixPath

    def generator(self, seed: int) -> np.random.Generator:
        """Its own source of chance: no photo depends on the others, on their order or on the number of processes."""
        return np.random.default_rng([seed, self.split, LABELS.index(self.label), self.index])


@dataclass(frozen=True, slots=True)
class PracticeSet:
    """All photos to draw; `test` is in the order of its file names, in which the classes are mixed."""

    train: tuple[PlannedPhoto, ...]
    test: tuple[PlannedPhoto, ...]


def contest_set(seed: int) -> PracticeSet:
    """As many photos a class as the contest has: 3,457 to train on and 792 to test on."""
    return plan_set(CONTEST_COUNTS, contest_test_counts(), seed)


def even_set(train_per_class: int, test_per_class: int, seed: int) -> PracticeSet:
    """The same number of photos for every class."""
    return plan_set(dict.fromkeys(LABELS, train_per_class), dict.fromkeys(LABELS, test_per_class), seed)


def contest_test_counts() -> dict[str, int]:
    """The contest's 792 test photos shared out like its training photos, at least one a class."""
    total = sum(CONTEST_COUNTS.values())
    exact = {label: CONTEST_COUNTS[label] * CONTEST_TEST_COUNT / total for label in LABELS}
    counts = {label: max(1, int(share)) for label, share in exact.items()}
    missing = CONTEST_TEST_COUNT - sum(counts.values())
    for label in sorted(LABELS, key=lambda label: counts[label] - exact[label])[:missing]:
        counts[label] += 1
    return counts


def plan_set(train: Mapping[str, int], test: Mapping[str, int], seed: int) -> PracticeSet:
    """`train` and `test` photos a label; `seed` decides the order of the test photos."""
    train_photos = tuple(
        PlannedPhoto(label, Split.TRAIN, index, PurePosixPath("train", label, f"{index}.jpg"))
        for label in LABELS
        for index in range(train[label])
    )
    tests = [(label, index) for label in LABELS for index in range(test[label])]
    order = np.random.default_rng([seed, len(Split)]).permutation(len(tests))
    test_photos = tuple(
        PlannedPhoto(label, Split.TEST, index, PurePosixPath("test", f"{number:03}.jpg"))
        for number, (label, index) in enumerate(tests[chosen] for chosen in order)
    )
    return PracticeSet(train_photos, test_photos)
