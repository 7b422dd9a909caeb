"""Which photos train, which are held out, and which of the training photos validate a fold.

Everything is seeded and stratified. No group of near-duplicates is ever on two sides: a photo whose copy was trained
on measures nothing.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from defect_desktop.errors import DataSetError

Indices = NDArray[np.int64]

HELD_OUT, ALWAYS_TRAINS = -2, -1
"""What `Split.places` holds for photos that are in no fold."""


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """A data set divided: `places`, (photos,), is the fold a photo validates, from 0, or HELD_OUT or ALWAYS_TRAINS.

    `groups`, (photos,), numbers the group that a photo shares with its near-duplicates. There are `folds` folds, or
    none at all.
    """

    groups: Indices
    places: Indices
    folds: int

    @property
    def held_out_indices(self) -> Indices:
        """The photos that take no part in any training, in order."""
        return np.flatnonzero(self.places == HELD_OUT)

    @property
    def training_indices(self) -> Indices:
        """The photos that may train, in order."""
        return np.flatnonzero(self.trains)

    @property
    def trains(self) -> NDArray[np.bool_]:
        """Which photos may train, (photos,)."""
        return np.not_equal(self.places, HELD_OUT)

    @property
    def sides(self) -> tuple[Indices, Indices]:
        """`training_indices` and `held_out_indices`."""
        return self.training_indices, self.held_out_indices

    def subset(self, indices: Indices) -> Split:
        """The same for the photos at `indices` only."""
        return Split(self.groups[indices], self.places[indices], self.folds)

    def fold_indices(self, fold: int) -> tuple[Indices, Indices]:
        """The photos that train and those that validate in `fold`; every class of the training photos trains."""
        validating = self.places == fold
        return np.flatnonzero(~validating & self.trains), np.flatnonzero(validating)


def make_split(targets: Indices, groups: Indices, *, held_out_share: float, folds: int, seed: int) -> Split:
    """Divides photos of classes `targets` and of `groups`, both (photos,).

    Every class gives about `held_out_share` (0 to 1) of its photos to the held-out ones, and at least one group where
    it has two. The rest goes into `folds` stratified folds (scikit-learn's StratifiedGroupKFold), or none for 0. A
    class always has photos that train, in every fold: with a single group it is never validated. Raises DataSetError
    where there are too few groups for the folds.
    """
    places = np.full(len(targets), ALWAYS_TRAINS, dtype=np.int64)
    places[_held_out(targets, groups, held_out_share, np.random.default_rng(seed))] = HELD_OUT
    if folds:
        training = np.flatnonzero(places != HELD_OUT)
        places[training] = _folds(targets[training], groups[training], folds, seed)
    return Split(groups, places, folds)


def _held_out(targets: Indices, groups: Indices, share: float, generator: np.random.Generator) -> NDArray[np.bool_]:
    """Which photos to hold out. The rarest class chooses first, for its groups may hold photos of other classes."""
    held = np.zeros(len(targets), dtype=np.bool_)
    if not share:
        return held
    for members in sorted(_by_class(targets), key=len):
        wanted = max(1, round(share * len(members)))
        # In random order, but groups that fit before those that are larger than all that is wanted.
        drawn = generator.permutation(np.unique(groups[members]))
        for group in sorted(drawn, key=lambda each: max(wanted, np.count_nonzero(groups[members] == each))):
            own = groups == group
            count, already = np.count_nonzero(own[members]), np.count_nonzero(held[members])
            fits = already + count <= wanted or not already
            if fits and not np.any(own & held) and _leaves_every_class(targets, held | own):
                held |= own
    return held


def _leaves_every_class(targets: Indices, taken: NDArray[np.bool_]) -> bool:
    return len(np.setdiff1d(targets[taken], targets[~taken])) == 0


def _folds(targets: Indices, groups: Indices, folds: int, seed: int) -> Indices:
    """The fold of every photo; where a class would be in one fold only, one of its groups always trains instead."""
    places = np.empty(len(targets), dtype=np.int64)
    if len(np.unique(groups)) < folds or np.bincount(targets).max() < folds:
        raise _too_few_for(folds)
    splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
    with warnings.catch_warnings():
        # Classes with fewer photos than folds are expected here.
        warnings.filterwarnings("ignore", message="The least populated class", category=UserWarning)
        for fold, (_, validating) in enumerate(splitter.split(targets, targets, groups)):
            places[validating] = fold
    for members in _by_class(targets):
        if len(np.unique(places[members])) == 1 and places[members[0]] != ALWAYS_TRAINS:
            places[groups == groups[members[0]]] = ALWAYS_TRAINS
    if len(np.setdiff1d(np.arange(folds), places)):
        raise _too_few_for(folds)
    return places


def _too_few_for(folds: int) -> DataSetError:
    return DataSetError(
        ko=f"사진이 적어 {folds}개 폴드로 나눌 수 없습니다. 폴드를 줄이거나 서로 다른 사진을 더 넣으세요.",
        en=f"There are too few different photos for {folds} folds; use fewer folds, or add photos.",
    )


def _by_class(targets: Indices) -> list[Indices]:
    """The positions of each class that has any."""
    return [np.flatnonzero(targets == target) for target in np.unique(targets)]
