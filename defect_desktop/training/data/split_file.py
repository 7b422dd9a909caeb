"""A split as a CSV file: written for a person to read, read to train on the same photos again."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple, TextIO

import numpy as np

from defect_desktop.core.formula import formula_safe
from defect_desktop.core.printable import printable
from defect_desktop.errors import DataSetError
from defect_desktop.language import Bilingual
from defect_desktop.training.data.data_set import DataSet
from defect_desktop.training.data.split import ALWAYS_TRAINS, HELD_OUT, Indices, Split
from defect_desktop.training.data.survey import Survey
from defect_desktop.training.data.tables import LABEL, PATH, Column, Row, read_table

_PART = Column(Bilingual(ko="구분(train 또는 held_out)", en="the part (train or held_out)"), ("part",))
_FOLD = Column(Bilingual(ko="폴드 번호", en="the fold"), ("fold",))
_GROUP = Column(Bilingual(ko="그룹 번호", en="the group"), ("group",))
_CONTENT = Column(Bilingual(ko="파일의 SHA-256", en="the file's SHA-256"), ("sha256",))
_COLUMNS = (PATH, LABEL, _PART, _FOLD, _GROUP, _CONTENT)

_TRAIN, _HELD_OUT_WORD = "train", "held_out"
_NUMBER = re.compile("[1-9][0-9]{0,8}")

_Key = tuple[str, str]
"""What a photo is known by: its content and its label. Files may be renamed and moved."""


class _Line(NamedTuple):
    """A line of the file, its cells in the order of the columns."""

    path: str
    label: str
    part: str
    fold: str
    group: str
    content: str


def write_split(split: Split, survey: Survey, file: TextIO) -> None:
    """Writes a line a photo: path (from the folder that all have in common), label, part, fold, group, content.

    Folds and groups are numbered from 1. The fold of a photo that trains in every fold is empty.
    """
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(column.headers[0] for column in _COLUMNS)
    shown = _shown_paths(survey.data.paths)
    for index, (look, place) in enumerate(zip(survey.looks, split.places.tolist(), strict=True)):
        part = _HELD_OUT_WORD if place == HELD_OUT else _TRAIN
        fold = place + 1 if place >= 0 else ""
        label = formula_safe(survey.data.label_of(index))
        writer.writerow((shown[index], label, part, fold, split.groups[index] + 1, look.content))


def read_split(file: Path, survey: Survey) -> Split:
    """The split in `file` for the photos of `survey`, which must be those it was made for, under whatever names.

    Raises SourceError where the file cannot be read; DataSetError where it is no split, where photos were added,
    changed, removed or labelled otherwise since, where a group lies on two sides, or a class has no photos that train.
    """
    rows = read_table(file, _COLUMNS)
    keys = [_key(_Line(*row.cells)) for row in rows]
    wanted = [(look.content, formula_safe(survey.data.label_of(index))) for index, look in enumerate(survey.looks)]
    _require_match(file, Counter(keys), Counter(wanted), survey)
    written = {key: _read_line(file, row) for key, row in zip(keys, rows, strict=True)}
    places, groups = np.array([written[key] for key in wanted], dtype=np.int64).reshape(-1, 2).T
    _require_whole_groups(file, places, groups)
    _require_every_class_to_train(file, places, survey.data)
    return Split(groups, places, _count_folds(file, places))


def _shown_paths(paths: tuple[Path, ...]) -> list[str]:
    """The paths from their common folder, in the way of the contest's tables; absolute ones where there is none."""
    absolute = [os.path.abspath(path) for path in paths]  # noqa: PTH100 - resolve() would follow links
    try:
        common = os.path.commonpath([os.path.dirname(path) for path in absolute])  # noqa: PTH120
    except ValueError:  # the photos lie on several drives of Windows
        return [Path(printable(Path(path))).as_posix() for path in absolute]
    return [f"./{Path(printable(Path(path).relative_to(common))).as_posix()}" for path in absolute]


def _key(line: _Line) -> _Key:
    return line.content, line.label


def _read_line(file: Path, row: Row) -> tuple[int, int]:
    """The place and the group that a line gives its photo."""
    line = _Line(*row.cells)
    if not _NUMBER.fullmatch(line.group) or not (_NUMBER.fullmatch(line.fold) or not line.fold):
        raise _unreadable(file, row)
    places = {_HELD_OUT_WORD: HELD_OUT, _TRAIN: int(line.fold) - 1 if line.fold else ALWAYS_TRAINS}
    if line.part not in places:
        raise _unreadable(file, row)
    return places[line.part], int(line.group) - 1


def _unreadable(file: Path, row: Row) -> DataSetError:
    return DataSetError(
        ko=f"'{printable(file)}' {row.line}번째 줄의 구분, 폴드, 그룹을 읽을 수 없습니다. 새로 나누거나 원본을 쓰세요.",
        en=f"Part, fold and group in line {row.line} of '{printable(file)}' cannot be read; "
        "make a new split, or use the file as it was written.",
    )


def _count_folds(file: Path, places: Indices) -> int:
    """How many folds there are; raises DataSetError where one in between has no photos."""
    folds = np.unique(places[places >= 0])
    if not np.array_equal(folds, np.arange(len(folds))):
        raise DataSetError(
            ko=f"'{printable(file)}'에 사진이 없는 폴드가 있습니다. 새로 나누거나 원본을 쓰세요.",
            en=f"'{printable(file)}' has a fold without photos; make a new split, or use the file as it was written.",
        )
    return len(folds)


def _require_match(file: Path, written: Counter[_Key], wanted: Counter[_Key], survey: Survey) -> None:
    new, gone = wanted - written, written - wanted
    if not new and not gone:
        return
    example = next(
        (
            printable(path)
            for path, look, target in zip(survey.data.paths, survey.looks, survey.data.targets, strict=True)
            if (look.content, formula_safe(survey.data.labels[target])) in new
        ),
        None,
    )
    shown = (f" (예: '{example}')", f" (for instance '{example}')") if example else ("", "")
    raise DataSetError(
        ko=f"'{printable(file)}'은(는) 지금의 사진과 맞지 않습니다. "
        f"새 사진이나 라벨이 바뀐 사진 {new.total()}장{shown[0]}, 없어진 사진 {gone.total()}장. "
        "사진을 되돌리거나 새로 나누세요.",
        en=f"'{printable(file)}' does not match these photos: {new.total()} are new or labelled otherwise{shown[1]}, "
        f"{gone.total()} are gone; bring the photos back, or make a new split.",
    )


def _require_whole_groups(file: Path, places: Indices, groups: Indices) -> None:
    """A person may have edited the file; near-duplicates must stay together all the same."""
    pairs = np.unique(np.stack([groups, places], axis=1), axis=0)
    numbers, sides = np.unique(pairs[:, 0], return_counts=True)
    if (sides > 1).any():
        group = int(numbers[sides > 1][0]) + 1
        raise DataSetError(
            ko=f"'{printable(file)}'에서 그룹 {group}의 사진이 서로 다른 쪽에 있습니다. "
            "거의 같은 사진은 한쪽에 두세요.",
            en=f"In '{printable(file)}' the photos of group {group} lie on different sides; "
            "near-duplicates must stay together.",
        )


def _require_every_class_to_train(file: Path, places: Indices, data: DataSet) -> None:
    """A person may have edited the file; a class that is never shown would be part of the pack all the same."""
    if (label := data.first_untrained(np.not_equal(places, HELD_OUT))) is not None:
        raise DataSetError(
            ko=f"'{printable(file)}'에는 분류 '{label}'의 학습용(train) 사진이 없습니다. "
            "그 분류에 train인 사진을 남기거나 새로 나누세요.",
            en=f"In '{printable(file)}' no photo of the class '{label}' is left to train on; "
            "leave it some that are 'train', or make a new split.",
        )
