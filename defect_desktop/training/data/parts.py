"""A data set divided in three, to compare trainings: photos to train on, to validate every epoch on, and to test on.

Nothing that a training looks at on its way, to stop early or to be pruned, is ever in the test.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.errors import DataSetError
from defect_desktop.training.data.data_set import DataSet, read_data_set
from defect_desktop.training.data.duplicates import find_duplicates
from defect_desktop.training.data.split import Indices, make_split
from defect_desktop.training.data.split_file import read_split
from defect_desktop.training.data.survey import Survey, Unreadable, require_every_class, survey_photos
from defect_desktop.training.steps import retold

TEST_SHARE = 0.2
VALIDATION_SHARE = 0.15
"""Of what the test leaves."""


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The three parts. `groups` numbers the near-duplicates among the photos of `training`, (photos,).

    `left_out` photos were taken from the training because the test holds a near-duplicate of them. `fingerprint` is a
    SHA-256 in hex over every photo's bytes, label, part and group, in order.
    """

    training: DataSet
    groups: Indices
    validation: DataSet
    test: DataSet
    unreadable: tuple[Unreadable, ...]
    left_out: int
    fingerprint: str


def read_parts(
    sources: tuple[Path, ...], test: Path | None, split: Path | None, seed: int
) -> Generator[Progress, None, Parts]:
    """Divides the photos of `sources`; yields progress in photos, each counted once for every step it takes.

    The test is all of `test` where there is one, else the held-out photos of the file `split`, else TEST_SHARE of the
    photos by `seed`. The validation is what `split` holds out beside `test`, else VALIDATION_SHARE of the rest. Raises
    SourceError where a source cannot be read, DataSetError where a part would be empty or a class untrained.
    """
    data = read_data_set(sources)
    test_data = read_data_set((test,), data.labels) if test else _nothing(data.labels)
    photos = len(data.paths) + len(test_data.paths)
    meter = ProgressMeter(2 * photos)
    survey = yield from retold(survey_photos(data), _counted(meter, 0))
    test_survey = yield from retold(survey_photos(test_data), _counted(meter, len(data.paths)))
    require_every_class(survey)
    both = _joined(survey, test_survey)
    duplicates = yield from retold(find_duplicates(both), _counted(meter, photos))
    given = read_split(split, survey) if split else None

    own = len(survey.looks)
    alike = duplicates.groups
    groups = given.groups if given else alike[:own]
    targets = survey.data.targets
    held: NDArray[np.bool_] = np.zeros(own, dtype=np.bool_)
    if given:
        held[given.held_out_indices] = True
    elif test is None:
        held[make_split(targets, groups, held_out_share=TEST_SHARE, folds=0, seed=seed).held_out_indices] = True
    beside_test = np.isin(alike[:own], alike[own:])
    free = np.flatnonzero(~held & ~beside_test)
    if test is not None and given is not None:
        training, validating = free, np.flatnonzero(held & ~beside_test)
    else:
        inner = make_split(targets[free], groups[free], held_out_share=VALIDATION_SHARE, folds=0, seed=seed)
        training, validating = free[inner.training_indices], free[inner.held_out_indices]
    testing = np.arange(own, len(both.looks)) if test is not None else np.flatnonzero(held)
    _require_photos(targets, training, validating, testing)
    return Parts(
        training=both.data.subset(training),
        groups=groups[training],
        validation=both.data.subset(validating),
        test=both.data.subset(testing),
        unreadable=both.unreadable,
        left_out=int(beside_test.sum()),
        fingerprint=_fingerprint(both, groups, training, validating, testing),
    )


def _nothing(labels: tuple[str, ...]) -> DataSet:
    return DataSet(labels, (), np.empty(0, dtype=np.int64))


def _joined(survey: Survey, other: Survey) -> Survey:
    data = DataSet(
        survey.data.labels,
        survey.data.paths + other.data.paths,
        np.concatenate([survey.data.targets, other.data.targets]),
    )
    return Survey(data, survey.looks + other.looks, survey.unreadable + other.unreadable)


def _require_photos(targets: Indices, training: Indices, validating: Indices, testing: Indices) -> None:
    if not len(validating) or not len(testing) or len(np.setdiff1d(targets, targets[training])):
        raise DataSetError(
            ko="사진이 적어 학습, 검증, 시험용으로 나눌 수 없습니다. 분류마다 서로 다른 사진을 세 장 이상 넣으세요.",
            en="There are too few photos to divide into training, validation and test; "
            "give every class three photos or more that differ.",
        )


def _fingerprint(survey: Survey, groups: Indices, *parts: Indices) -> str:
    digest = hashlib.sha256()
    for number, part in enumerate(parts):
        for index in part.tolist():
            group = groups[index] if index < len(groups) else -1
            digest.update(f"{survey.looks[index].content}\t{survey.data.label_of(index)}\t{number}\t{group}\n".encode())
    return digest.hexdigest()


def _counted(meter: ProgressMeter, before: int) -> Callable[[int], Progress]:
    """Turns a number of photos done in a step into the progress of all steps; `before` were done before it."""
    return lambda done: meter.advance(before + done - meter.now().done)
