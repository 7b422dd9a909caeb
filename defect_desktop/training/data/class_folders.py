"""Labels as folders: a folder per class, as the contest and most labelling tools leave it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from defect_desktop.core.photo_names import may_hold_photos
from defect_desktop.core.printable import printable
from defect_desktop.core.taxonomy import CONTEST_CLASSES
from defect_desktop.errors import DataSetError, SourceError
from defect_desktop.training.data.names import plain_name

_PARTS_OF_A_SET = frozenset({"train", "training", "valid", "val", "validation", "test", "testing"})
"""Names, in lower case, of folders that hold classes and are none."""


@dataclass(frozen=True, slots=True)
class ClassFolders:
    """The files `in_classes`, each with its label; `nested` of them lie in subfolders, `beside` in no class folder."""

    in_classes: list[tuple[Path, str]]
    nested: int
    beside: list[Path]


def read_class_folders(folder: Path) -> ClassFolders:
    """The files in the class folders of `folder`, or of its `train` where that holds them, and in their subfolders.

    Two spellings of one name are one class; what is hidden is passed over, and no link to a subfolder is followed.
    Raises SourceError where a folder cannot be read, DataSetError where there is no class folder, or one without files,
    or the classes seem to lie a level deeper.
    """
    labelled: list[tuple[Path, str]] = []
    nested = 0
    try:
        top = _classes_folder(folder)
        for class_folder in sorted(_visible_folders(top)):
            files = sorted(_files_below(class_folder))
            if not files:
                raise _empty(class_folder)
            labelled.extend((path, plain_name(class_folder.name)) for path in files)
            nested += sum(path.parent != class_folder for path in files)
        beside = [path for path in top.iterdir() if path.is_file() and not path.name.startswith(".")]
    except OSError as error:
        unread = printable(Path(error.filename or folder))
        raise SourceError(
            ko=f"'{unread}' 폴더를 찾거나 읽을 수 없습니다. 경로와 읽기 권한을 확인하세요.",
            en=f"The folder '{unread}' cannot be found or read; check the path and its permissions.",
        ) from error
    if not labelled:
        raise DataSetError(
            ko=f"'{printable(folder)}'에 하자 유형별 폴더가 없습니다. "
            "하자 종류마다 폴더를 하나씩 만들고 그 안에 사진을 넣으세요.",
            en=f"'{printable(folder)}' has no class folders; "
            "make one folder for each kind of defect and put its photos there.",
        )
    if nested == len(labelled) and (deeper := _deeper_classes(top, labelled)):
        raise _a_level_deeper(deeper)
    return ClassFolders(labelled, nested, beside)


def require_outside(place: Path, sources: Iterable[Path | None]) -> None:
    """Raises DataSetError where the folder `place`, once it is made, would be taken for a class of a source.

    None is a source that was not named.
    """
    for source in filter(None, sources):
        with suppress(OSError):  # reading the source will tell
            top = _classes_folder(source).resolve() if source.is_dir() else None
            if top and _is_class_in(top, place.resolve()):
                raise _inside(place, source)


def _is_class_in(top: Path, place: Path) -> bool:
    """Whether a folder there is one of the classes in `top`, or lies in one; both paths without links."""
    return place != top and place.is_relative_to(top) and may_hold_photos(place.relative_to(top).parts[0])


def _deeper_classes(top: Path, labelled: list[tuple[Path, str]]) -> Path | None:
    """A folder in `top` whose own subfolders seem to be the classes."""
    known = {one.label for one in CONTEST_CLASSES}
    for path, label in labelled:
        folder, inner = path.relative_to(top).parts[:2]
        if label.lower() in _PARTS_OF_A_SET or plain_name(inner) in known:
            return top / folder
    return None


def _classes_folder(folder: Path) -> Path:
    inner = folder / "train"
    return inner if inner.is_dir() and any(_visible_folders(inner)) else folder


def _visible_folders(folder: Path) -> Iterator[Path]:
    """The folders in `folder`, but none that is a link back to it or to what holds it."""
    real = folder.resolve()
    folders = (path for path in folder.iterdir() if path.is_dir() and may_hold_photos(path.name))
    return (path for path in folders if not real.is_relative_to(path.resolve()))


def _files_below(class_folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(class_folder, onerror=_give_up):
        folders[:] = [name for name in folders if may_hold_photos(name)]
        paths = (Path(place, name) for name in files if not name.startswith("."))
        yield from (path for path in paths if path.is_file())


def _give_up(error: OSError) -> NoReturn:
    raise error


def _a_level_deeper(folder: Path) -> DataSetError:
    return DataSetError(
        ko=f"하자 유형별 폴더가 한 단계 아래에 있는 것 같습니다. '{printable(folder)}'처럼 "
        "하자 유형별 폴더를 바로 담고 있는 폴더를 적으세요(여러 개도 됩니다).",
        en=f"The class folders seem to lie a level deeper; name the folders that hold them, such as "
        f"'{printable(folder)}'.",
    )


def _inside(place: Path, source: Path) -> DataSetError:
    return DataSetError(
        ko=f"'{printable(place)}'은(는) 사진 폴더 '{printable(source)}' 안에 있어 하자 유형별 폴더로 여겨지게 됩니다. "
        "--out을 사진 폴더 밖으로 정하세요.",
        en=f"'{printable(place)}' lies in '{printable(source)}', the folder of the photos, and would be taken for one "
        "of its classes; choose an --out outside.",
    )


def _empty(class_folder: Path) -> DataSetError:
    label = plain_name(class_folder.name)
    return DataSetError(
        ko=f"분류 '{label}'에 사진이 없습니다. 사진을 넣거나 폴더를 지우세요.",
        en=f"Class '{label}' has no photos; add some, or remove its folder.",
    )
