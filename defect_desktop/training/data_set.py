"""A labelled data set on disk: a folder per class, as the contest and most labelling tools leave it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from defect_desktop.core.printable import printable
from defect_desktop.errors import DataSetError, SourceError

_ESCAPED_CHARACTER = re.compile(r"#U(?!d[89a-f])([0-9a-f]{4})", re.IGNORECASE)
_ARCHIVE_LEFTOVERS = {"__MACOSX"}


@dataclass(frozen=True, slots=True, eq=False)
class DataSet:
    """Photos and their classes: `targets`, shape (photos,), holds for every path the index of its label."""

    labels: tuple[str, ...]
    paths: tuple[Path, ...]
    targets: NDArray[np.int64]

    def subset(self, indices: NDArray[np.int64]) -> DataSet:
        """The photos at `indices`, in that order; the labels stay the same."""
        return DataSet(self.labels, tuple(self.paths[index] for index in indices), self.targets[indices])


def read_data_set(folders: Sequence[Path], labels: Sequence[str] | None = None) -> DataSet:
    """The photos of all `folders`, each of which holds a folder per class, or a `train` that does (the contest's way).

    The order of the classes is that of `labels`, or alphabetical without them. Files are not opened here; hidden ones
    are passed over. Raises SourceError where there is no such folder, DataSetError where the classes cannot be used.
    """
    by_label: dict[str, list[Path]] = {}
    for folder in folders:
        for label, files in _photos_by_label(_classes_folder(folder)).items():
            by_label.setdefault(label, []).extend(files)
    order = tuple(labels) if labels is not None else tuple(sorted(by_label))
    _check_labels(by_label, order, ", ".join(printable(folder) for folder in folders))
    pairs = [(path, target) for target, label in enumerate(order) for path in by_label.get(label, ())]
    return DataSet(order, tuple(path for path, _ in pairs), np.array([target for _, target in pairs], dtype=np.int64))


def label_of_folder(name: str) -> str:
    """The label that a class folder's name means: composed Unicode, with `#Uxxxx` escapes of some unpackers undone."""
    unescaped = _ESCAPED_CHARACTER.sub(lambda match: chr(int(match[1], 16)), name)
    return unicodedata.normalize("NFC", unescaped).strip()


def _classes_folder(folder: Path) -> Path:
    """`folder` itself, or its `train` where that holds the classes."""
    inner = folder / "train"
    try:
        return inner if inner.is_dir() and any(_visible_folders(inner)) else folder
    except OSError as error:
        raise _unreadable(folder) from error


def _photos_by_label(folder: Path) -> dict[str, list[Path]]:
    """The files of every class; two spellings of one name are one class."""
    found: dict[str, list[Path]] = {}
    try:
        for class_folder in sorted(_visible_folders(folder)):
            files = sorted(path for path in class_folder.iterdir() if path.is_file() and not _is_hidden(path))
            found.setdefault(label_of_folder(class_folder.name), []).extend(files)
    except OSError as error:
        raise _unreadable(folder) from error
    return found


def _visible_folders(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.is_dir() and not _is_hidden(path))


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(".") or path.name in _ARCHIVE_LEFTOVERS


def _check_labels(by_label: dict[str, list[Path]], order: tuple[str, ...], folder: str) -> None:
    if not by_label:
        raise DataSetError(
            ko=f"'{folder}'에 분류 폴더가 없습니다. 하자 종류마다 폴더를 하나씩 만들고 그 안에 사진을 넣으세요.",
            en=f"'{folder}' has no class folders; make one folder for each kind of defect and put its photos there.",
        )
    if len(order) < 2:
        raise DataSetError(
            ko=f"'{folder}'에 분류가 하나('{order[0]}')뿐입니다. 구분하려면 분류 폴더가 둘 이상 필요합니다.",
            en=f"'{folder}' has a single class ('{order[0]}'); add at least one more class folder to tell it from.",
        )
    for label, files in by_label.items():
        _check_class(label, files, order)


def _check_class(label: str, files: list[Path], order: tuple[str, ...]) -> None:
    if not label.isprintable() or not label:
        raise DataSetError(
            ko=f"분류 폴더 이름 {label!a}을(를) 읽을 수 없습니다. 폴더 이름을 바꾼 뒤 다시 시도하세요.",
            en=f"The name of the class folder {label!a} cannot be read; rename the folder and try again.",
        )
    if not files:
        raise DataSetError(
            ko=f"분류 '{label}'에 사진이 없습니다. 사진을 넣거나 폴더를 지우세요.",
            en=f"Class '{label}' has no photos; add some, or remove its folder.",
        )
    if label not in order:
        raise DataSetError(
            ko=f"모델에 '{label}' 분류가 없습니다. 폴더 이름을 모델의 분류 이름에 맞추거나 폴더를 빼세요.",
            en=f"The model does not know the class '{label}'; name the folder as the model does, or take it out.",
        )


def _unreadable(folder: Path) -> SourceError:
    return SourceError(
        ko=f"'{printable(folder)}' 폴더를 찾거나 읽을 수 없습니다. 경로와 읽기 권한을 확인하세요.",
        en=f"The folder '{printable(folder)}' cannot be found or read; check the path and its permissions.",
    )
