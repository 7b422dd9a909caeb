"""The photos that a training is asked to take, without those that its test photos give away."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.errors import DataSetError
from defect_desktop.language import Bilingual
from defect_desktop.training.data.data_set import DataSet, read_data_set
from defect_desktop.training.data.duplicates import find_duplicates
from defect_desktop.training.data.split import Indices, Split
from defect_desktop.training.data.split_file import read_split
from defect_desktop.training.data.survey import Survey, require_every_class, survey_photos
from defect_desktop.training.steps import retold


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """The photos of `own` may be trained on; those of `test` are to measure on, None where no test was named.

    `groups` numbers the near-duplicates among `own`, (photos,), and `split` divides them where a file was named.
    `left_out` photos are not in `own` because the test holds a near-duplicate of them or of one in their group.
    `notes` are what a person should know of how all were found.
    """

    own: Survey
    groups: Indices
    split: Split | None
    test: Survey | None
    left_out: int
    notes: tuple[Bilingual, ...]


def gather_photos(
    sources: tuple[Path, ...], test: Path | None, split: Path | None
) -> Generator[Progress, None, Gathered]:
    """Looks at all photos and compares them; yields progress in photos, each counted once for every step it takes.

    Raises SourceError where a source cannot be read, DataSetError where a class has no photos left to train on.
    """
    data = read_data_set(sources)
    test_data = read_data_set((test,), data.labels) if test else _nothing(data.labels)
    photos = len(data.paths) + len(test_data.paths)
    to_compare = test is not None or split is None
    meter = ProgressMeter((1 + to_compare) * photos)
    own = yield from retold(survey_photos(data), _counted(meter, 0))
    tested = yield from retold(survey_photos(test_data), _counted(meter, len(data.paths)))
    require_every_class(own)
    given = read_split(split, own) if split else None
    if given and not to_compare:
        return Gathered(own, given.groups, given, test=None, left_out=0, notes=data.notes)
    duplicates = yield from retold(find_duplicates(_joined(own, tested)), _counted(meter, photos))
    alike, tested_alike = np.split(duplicates.groups, [len(own.looks)])
    groups = given.groups if given else alike
    kept = ~np.isin(groups, groups[np.isin(alike, tested_alike)])
    _require_every_class_to_train(own.data, kept & given.trains if given else kept)
    indices = np.flatnonzero(kept)
    return Gathered(
        own=own.subset(indices),
        groups=groups[indices],
        split=given.subset(indices) if given else None,
        test=tested if test else None,
        left_out=int((~kept).sum()),
        notes=data.notes + test_data.notes,
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


def _require_every_class_to_train(data: DataSet, trains: NDArray[np.bool_]) -> None:
    """`trains`, (photos,), says which may; without a test, `require_every_class` and `read_split` saw to it."""
    if (label := data.first_untrained(trains)) is not None:
        raise DataSetError(
            ko=f"분류 '{label}'의 학습용 사진이 모두 시험 사진과 거의 같습니다. 그 시험 사진을 빼거나 다른 사진을 "
            "더 넣으세요.",
            en=f"Class '{label}' has no photos to train on that are not nearly the same as test photos; "
            "take those out of the test, or add other photos.",
        )


def _counted(meter: ProgressMeter, before: int) -> Callable[[int], Progress]:
    """Turns a number of photos done in a step into the progress of all steps; `before` were done before it."""
    return lambda done: meter.advance(before + done - meter.now().done)
