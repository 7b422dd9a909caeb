"""Draw a practice set into an empty folder, photo by photo."""

from __future__ import annotations

import errno
from collections.abc import Generator, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import cv2

from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.demo.jpeg import draw_jpeg
from defect_desktop.demo.plan import PlannedPhoto, PracticeSet, contest_set, even_set
from defect_desktop.demo.tables import side_files
from defect_desktop.errors import DataSetError

_LARGEST_MEGAPIXELS = 50.0
_MOST_PER_CLASS = 10_000
"""All are planned before the first is drawn: of many more the memory would hold no plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRequest:
    """What to draw. `train_per_class` None draws as many photos a class as the contest has, 3,457 and 792.

    `megapixels` makes camera-sized photos; None keeps the contest's half a megapixel. `processes` changes the speed,
    never the photos.
    """

    folder: Path
    train_per_class: int | None = None
    test_per_class: int = 0
    seed: int = 0
    megapixels: float | None = None
    processes: int = 1


@dataclass(frozen=True, slots=True)
class DrawSummary:
    """What lies in `folder` now."""

    folder: Path
    train_photos: int
    test_photos: int


def draw_practice_photos(request: DrawRequest) -> Generator[Progress, None, DrawSummary]:
    """Write the set, yielding after every photo; close the generator to stop.

    The tables and the README come last, so a folder that has a README is complete.
    """
    _check_numbers(request)
    practice_set = _planned(request)
    photos = practice_set.train + practice_set.test
    with _as_user_error(request.folder):
        _make_folders(request.folder, photos)
        meter = ProgressMeter(len(photos))
        with closing(_write_all(request, photos)) as written:
            for _ in written:
                yield meter.advance(1)
        for name, text in side_files(practice_set).items():
            _write_file(request.folder / name, text.encode("utf-8"))
    return DrawSummary(request.folder, len(practice_set.train), len(practice_set.test))


def _check_numbers(request: DrawRequest) -> None:
    counts = (request.train_per_class or 0, request.test_per_class)
    size = request.megapixels
    if (
        not all(0 <= count <= _MOST_PER_CLASS for count in counts)
        or request.seed < 0
        or request.processes < 1
        or (size is not None and not 0.05 <= size <= _LARGEST_MEGAPIXELS)
    ):
        raise DataSetError(
            ko=f"클래스당 사진 수는 0~{_MOST_PER_CLASS:,}, 시드는 0 이상, 프로세스는 1 이상, "
            f"크기는 0.05~{_LARGEST_MEGAPIXELS:g} 메가픽셀로 지정하세요.",
            en=f"Give counts from 0 to {_MOST_PER_CLASS:,} a class, a seed of at least 0, at least 1 process, "
            f"and a size from 0.05 to {_LARGEST_MEGAPIXELS:g} megapixels.",
        )


def _planned(request: DrawRequest) -> PracticeSet:
    if request.train_per_class is None:
        return contest_set(request.seed)
    return even_set(request.train_per_class, request.test_per_class, request.seed)


def _make_folders(folder: Path, photos: tuple[PlannedPhoto, ...]) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DataSetError(
            ko=f"'{folder}'이(가) 비어 있지 않습니다. 새 폴더나 빈 폴더를 지정하세요.",
            en=f"'{folder}' is not empty; name a new or an empty folder.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    for parent in dict.fromkeys(photo.path.parent for photo in photos):
        (folder / parent).mkdir(parents=True)


def _write_all(request: DrawRequest, photos: tuple[PlannedPhoto, ...]) -> Generator[PlannedPhoto, None, None]:
    """Draw and write every photo here, or in other processes, and yield each that is done."""
    if request.processes == 1:
        for photo in photos:
            yield _write_photo(request, photo)
        return
    # Spawned, not forked: a fork copies the threads' locks of a running window, and Windows has none.
    pool = ProcessPoolExecutor(
        request.processes, mp_context=get_context("spawn"), initializer=cv2.setNumThreads, initargs=(1,)
    )
    try:
        for future in as_completed([pool.submit(_write_photo, request, photo) for photo in photos]):
            yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _write_photo(request: DrawRequest, photo: PlannedPhoto) -> PlannedPhoto:
    _write_file(request.folder / photo.path, draw_jpeg(photo, request.seed, request.megapixels))
    return photo


def _write_file(path: Path, content: bytes) -> None:
    """Under another name first, so that a file with its final name is always whole."""
    partial = path.with_name(path.name + ".part")
    partial.write_bytes(content)
    partial.replace(path)


@contextmanager
def _as_user_error(folder: Path) -> Iterator[None]:
    """Say in a sentence what the user can mend: a full disk, a missing permission, too little memory."""
    try:
        yield
    except BrokenProcessPool as error:
        raise DataSetError(
            ko="그리던 프로세스가 종료되었습니다. 메모리가 부족할 수 있으니 프로세스 수를 줄여 다시 실행하세요.",
            en="A drawing process was ended, perhaps for lack of memory; run again with fewer processes.",
        ) from error
    except OSError as error:
        raise _disk_error(folder, error) from error


def _disk_error(folder: Path, error: OSError) -> DataSetError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DataSetError(
            ko=f"'{folder}'의 디스크가 가득 찼습니다. 공간을 비우고 새 폴더에 다시 그리세요.",
            en=f"The disk of '{folder}' is full; free some space and draw again into a new folder.",
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return DataSetError(
            ko=f"'{folder}'에 쓸 권한이 없습니다. 쓸 수 있는 폴더를 지정하세요.",
            en=f"'{folder}' may not be written to; name a folder that you can write to.",
        )
    return DataSetError(
        ko=f"'{folder}'에 쓸 수 없습니다({error.strerror}). 드라이브의 연결을 확인하고 새 폴더에 다시 그리세요.",
        en=f"'{folder}' cannot be written ({error.strerror}); check the drive and draw again into a new folder.",
    )
