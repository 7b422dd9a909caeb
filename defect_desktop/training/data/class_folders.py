"""Labels as folders: a folder per class, as the contest and most labelling tools leave it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from defect_desktop.core.printable import printable
from defect_desktop.errors import DataSetError, SourceError
from defect_desktop.training.data.names import plain_name

_ARCHIVE_LEFTOVERS = {"__MACOSX"}


def photos_by_folder(folder: Path) -> list[tuple[Path, str]]:
    """The files in the class folders of `folder`, or of its `train` where that holds them, each with its label.

    Two spellings of one name are one class; hidden files are passed over. Raises SourceError where there is no such
    folder, DataSetError where it has no class folders, or one without files.
    """
    labelled: list[tuple[Path, str]] = []
    try:
        for class_folder in sorted(_visible_folders(_classes_folder(folder))):
            files = sorted(path for path in class_folder.iterdir() if path.is_file() and not _is_hidden(path))
            if not files:
                raise _empty(class_folder)
            labelled.extend((path, plain_name(class_folder.name)) for path in files)
    except OSError as error:
        raise SourceError(
            ko=f"'{printable(folder)}' 폴더를 찾거나 읽을 수 없습니다. 경로와 읽기 권한을 확인하세요.",
            en=f"The folder '{printable(folder)}' cannot be found or read; check the path and its permissions.",
        ) from error
    if not labelled:
        raise DataSetError(
            ko=f"'{printable(folder)}'에 하자 유형별 폴더가 없습니다. "
            "하자 종류마다 폴더를 하나씩 만들고 그 안에 사진을 넣으세요.",
            en=f"'{printable(folder)}' has no class folders; "
            "make one folder for each kind of defect and put its photos there.",
        )
    return labelled


def _classes_folder(folder: Path) -> Path:
    inner = folder / "train"
    return inner if inner.is_dir() and any(_visible_folders(inner)) else folder


def _visible_folders(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.is_dir() and not _is_hidden(path))


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(".") or path.name in _ARCHIVE_LEFTOVERS


def _empty(class_folder: Path) -> DataSetError:
    label = plain_name(class_folder.name)
    return DataSetError(
        ko=f"분류 '{label}'에 사진이 없습니다. 사진을 넣거나 폴더를 지우세요.",
        en=f"Class '{label}' has no photos; add some, or remove its folder.",
    )
