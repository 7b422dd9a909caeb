"""A labelled data set: photos from folders and tables together, each with one label."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from defect_desktop.core.printable import printable
from defect_desktop.errors import DataSetError
from defect_desktop.language import Bilingual
from defect_desktop.training.data.class_folders import ClassFolders, read_class_folders
from defect_desktop.training.data.label_table import photos_in_table
from defect_desktop.training.data.notes import notes_on_folders


@dataclass(frozen=True, slots=True, eq=False)
class DataSet:
    """Photos and their classes: `targets`, shape (photos,), holds for every path the index of its label.

    `notes` are what a person should know of how they were found.
    """

    labels: tuple[str, ...]
    paths: tuple[Path, ...]
    targets: NDArray[np.int64]
    notes: tuple[Bilingual, ...] = ()

    def subset(self, indices: NDArray[np.int64]) -> DataSet:
        """The photos at `indices`, in that order; the labels stay the same."""
        return DataSet(self.labels, tuple(self.paths[index] for index in indices), self.targets[indices], self.notes)

    def label_of(self, index: int) -> str:
        """The label of the photo at `index`."""
        return self.labels[int(self.targets[index])]

    def counts(self) -> dict[str, int]:
        """Photos a label."""
        counted = np.bincount(self.targets, minlength=len(self.labels))
        return {label: int(count) for label, count in zip(self.labels, counted, strict=True)}

    def first_untrained(self, trains: NDArray[np.bool_]) -> str | None:
        """A label whose photos are all beside those that may train, (photos,); None where every class trains."""
        untrained = np.setdiff1d(self.targets, self.targets[trains])
        return self.labels[untrained[0]] if len(untrained) else None


def read_data_set(sources: Sequence[Path], labels: Sequence[str] | None = None) -> DataSet:
    """The photos of all `sources`, class by class. Each source is a folder or a CSV file.

    A folder holds a folder per class, with subfolders or without, or a `train` that does (the contest's way); a CSV
    file has a column for the path and one for the label. The order of the classes is that of `labels`, or alphabetical
    without them. A photo that is named twice counts once. Photos are not opened here. Raises SourceError where a source
    cannot be read, DataSetError where its classes cannot be used.
    """
    by_photo: dict[Path, str] = {}
    folders: list[ClassFolders] = []
    for source in sources:
        if os.path.isfile(source):  # noqa: PTH113 - Path.is_file raises for names that no file could have
            _join(by_photo, photos_in_table(source))
        else:
            folders.append(read_class_folders(source))
            _join(by_photo, folders[-1].in_classes)
    shown = ", ".join(printable(source) for source in sources)
    order = tuple(labels) if labels is not None else tuple(sorted(set(by_photo.values())))
    _check_labels(by_photo, order, shown)
    by_label: dict[str, list[Path]] = {label: [] for label in order}
    for path, label in by_photo.items():
        by_label[label].append(path)
    targets = np.repeat(np.arange(len(order), dtype=np.int64), [len(paths) for paths in by_label.values()])
    paths = tuple(path for paths in by_label.values() for path in paths)
    notes = notes_on_folders(sum(each.nested for each in folders), _count_beside(folders, by_photo))
    return DataSet(order, paths, targets, tuple(notes))


def _count_beside(folders: Sequence[ClassFolders], by_photo: Mapping[Path, str]) -> int:
    """How many files are named like the photos but have no label, not even in a table."""
    suffixes = {path.suffix.lower() for path in by_photo}
    beside = {place_of(path) for each in folders for path in each.beside if path.suffix.lower() in suffixes}
    return len(beside - by_photo.keys())


def place_of(path: Path) -> Path:
    """The path as a data set holds it, wherever it was named from."""
    return Path(os.path.normpath(path.absolute()))


def _join(by_photo: dict[Path, str], labelled: Iterable[tuple[Path, str]]) -> None:
    """Adds photos with their labels; raises DataSetError where one has another label already."""
    contradictions = []
    for path, label in labelled:
        place = place_of(path)
        if by_photo.setdefault(place, label) != label:
            contradictions.append((place, label))
    if contradictions:
        path, label = contradictions[0]
        shown, before, count = printable(path), by_photo[path], len(contradictions)
        raise DataSetError(
            ko=f"두 가지 라벨이 붙은 사진이 {count}장 있습니다. 예: '{shown}'은(는) '{before}'이면서 '{label}'입니다. "
            "사진마다 라벨을 하나만 남기세요.",
            en=f"Photos with two labels: {count}, for instance '{shown}', which is both '{before}' and '{label}'; "
            "leave each photo one label.",
        )


def _check_labels(by_photo: dict[Path, str], order: tuple[str, ...], sources: str) -> None:
    if len(order) < 2:
        raise DataSetError(
            ko=f"'{sources}'에 분류가 하나('{order[0]}')뿐입니다. 구분하려면 분류가 둘 이상 필요합니다.",
            en=f"'{sources}' has a single class ('{order[0]}'); add at least one more class to tell it from.",
        )
    for label in sorted(set(by_photo.values())):
        _check_label(label, order)


def _check_label(label: str, order: tuple[str, ...]) -> None:
    if not label.isprintable() or not label:
        raise DataSetError(
            ko=f"분류 이름 {label!a}을(를) 읽을 수 없습니다. 이름을 바꾼 뒤 다시 시도하세요.",
            en=f"The name of the class {label!a} cannot be read; change it and try again.",
        )
    if label not in order:
        known = ", ".join(f"'{each}'" for each in order)
        raise DataSetError(
            ko=f"모델에 '{label}' 분류가 없습니다. 아는 분류: {known}. 분류 이름을 여기에 맞추거나 그 사진을 빼세요.",
            en=f"The model does not know the class '{label}', only {known}; "
            "name the class as the model does, or take its photos out.",
        )
