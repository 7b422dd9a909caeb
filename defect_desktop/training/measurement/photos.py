"""The photos to be measured on, and which of them are near-duplicates."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

import numpy as np
from numpy.typing import NDArray

from defect_desktop.core.printable import printable
from defect_desktop.errors import DataSetError, PhotoProblem
from defect_desktop.language import Bilingual
from defect_desktop.training.data.data_set import DataSet
from defect_desktop.training.data.duplicates import find_duplicates
from defect_desktop.training.data.survey import survey_photos
from defect_desktop.training.photo_cache import PhotoCache, load_photos
from defect_desktop.training.steps import retold
from defect_desktop.vision.preprocessing import Preprocessing

STEPS = 3
"""How often `read_photos` goes through all photos: to look at them, to compare them, and to decode them for a pack."""


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredPhotos:
    """The photos that could be read; `paths` and `groups`, (photos,), are in the order of `cache`.

    Photos with the same number in `groups` are near-duplicates. The failures of `cache` are all files that are no
    photos, `notes` what a person should know of how all were found.
    """

    cache: PhotoCache
    paths: tuple[Path, ...]
    groups: NDArray[np.int64]
    notes: tuple[Bilingual, ...] = ()


def read_photos(data: DataSet, preprocessing: Preprocessing) -> Generator[int, None, MeasuredPhotos]:
    """Reads and compares the photos; yields the number done, up to `STEPS` times as many as there are.

    Raises DataSetError where not one of them can be read, or where there is no room for them.
    """
    photos = len(data.paths)
    survey = yield from survey_photos(data)
    _require_any(survey.data.paths, survey.failures)
    duplicates = yield from retold(find_duplicates(survey), lambda done: photos + done)
    cache = yield from retold(load_photos(survey.data, preprocessing), lambda done: 2 * photos + done)
    # A photo may pass the survey and fail here: damage may lie where a smaller decode does not look.
    failed = {path for path, _ in cache.failures}
    usable = [index for index, path in enumerate(survey.data.paths) if path not in failed]
    failures = survey.failures + cache.failures
    _require_any(usable, failures)
    return MeasuredPhotos(
        replace(cache, failures=failures),
        tuple(survey.data.paths[index] for index in usable),
        duplicates.groups[usable],
        data.notes,
    )


def _require_any(readable: Sequence[object], failures: Sequence[tuple[Path, PhotoProblem]]) -> None:
    if readable:
        return
    path, problem = failures[0]
    file = printable(PurePath(path.name))
    raise DataSetError(
        ko=f"읽을 수 있는 사진이 한 장도 없습니다. 예: '{file}' - {problem.sentence.ko}",
        en=f"No photo of the data can be read; for instance '{file}': {problem.sentence.en}",
    )
