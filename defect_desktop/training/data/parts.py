"""A data set divided in three, to compare trainings: photos to train on, to validate every epoch on, and to test on.

Nothing that a training looks at on its way, to stop early or to be pruned, is ever in the test.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from defect_desktop.core.progress import Progress
from defect_desktop.errors import DataSetError, PhotoProblem
from defect_desktop.language import Bilingual
from defect_desktop.training.data.data_set import DataSet
from defect_desktop.training.data.gathering import Gathered, gather_photos
from defect_desktop.training.data.notes import TEST, VALIDATION, notes_on
from defect_desktop.training.data.split import Indices, make_split
from defect_desktop.training.data.survey import Survey

TEST_SHARE = 0.2
VALIDATION_SHARE = 0.15
"""Of what the test leaves."""


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The three parts. `groups` numbers the near-duplicates among the photos of `training`, (photos,).

    `left_out` is as in `Gathered`, and so are `found_notes`; `failures` are all files that are no photos. `fingerprint`
    is a SHA-256 in hex over every photo's bytes, label, part and group, in order.
    """

    training: DataSet
    groups: Indices
    validation: DataSet
    test: DataSet
    failures: tuple[tuple[Path, PhotoProblem], ...]
    left_out: int
    found_notes: tuple[Bilingual, ...]
    fingerprint: str

    def notes(self) -> Iterator[Bilingual]:
        """What a person should know of them."""
        yield from self.found_notes
        yield from notes_on(self.left_out, {VALIDATION: self.validation.counts(), TEST: self.test.counts()})


def read_parts(
    sources: tuple[Path, ...], test: Path | None, split: Path | None, seed: int
) -> Generator[Progress, None, Parts]:
    """Divides the photos of `sources`; yields progress in photos, each counted once for every step it takes.

    The test is all of `test` where there is one, else the held-out photos of the file `split`, else TEST_SHARE of the
    photos by `seed`. The validation is what `split` holds out beside `test`, else VALIDATION_SHARE of the rest. Raises
    SourceError where a source cannot be read, DataSetError where a part would be empty or a class untrained.
    """
    found = yield from gather_photos(sources, test, split)
    own, groups, given = found.own, found.groups, found.split.sides if found.split else None
    everything = np.arange(len(groups))
    if found.test is None:
        free, testing = given or _divided(found, everything, TEST_SHARE, seed)
        training, validating = _divided(found, free, VALIDATION_SHARE, seed)
        tested, tested_groups = own.subset(testing), groups[testing]
    else:
        training, validating = given or _divided(found, everything, VALIDATION_SHARE, seed)
        tested, tested_groups = found.test, np.full(len(found.test.looks), -1, dtype=np.int64)
    _require_photos(validating, tested)
    trained, validated = own.subset(training), own.subset(validating)
    return Parts(
        training=trained.data,
        groups=groups[training],
        validation=validated.data,
        test=tested.data,
        failures=own.failures + (found.test.failures if found.test else ()),
        left_out=found.left_out,
        found_notes=found.notes,
        fingerprint=_fingerprint((trained, groups[training]), (validated, groups[validating]), (tested, tested_groups)),
    )


def _divided(found: Gathered, among: Indices, share: float, seed: int) -> tuple[Indices, Indices]:
    """The positions `among` the photos to train on, and those of them to hold out, a `share`."""
    targets, groups = found.own.data.targets[among], found.groups[among]
    training, held_out = make_split(targets, groups, held_out_share=share, folds=0, seed=seed).sides
    return among[training], among[held_out]


def _require_photos(validating: Indices, tested: Survey) -> None:
    if not len(validating) or not tested.looks:
        raise DataSetError(
            ko="사진이 적어 학습, 검증, 시험용으로 나눌 수 없습니다. 분류마다 서로 다른 사진을 세 장 이상 넣으세요.",
            en="There are too few photos to divide into training, validation and test; "
            "give every class three photos or more that differ.",
        )


def _fingerprint(*parts: tuple[Survey, Indices]) -> str:
    digest = hashlib.sha256()
    for number, (survey, groups) in enumerate(parts):
        for index, (look, group) in enumerate(zip(survey.looks, groups.tolist(), strict=True)):
            digest.update(f"{look.content}\t{survey.data.label_of(index)}\t{number}\t{group}\n".encode())
    return digest.hexdigest()
