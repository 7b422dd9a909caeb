"""One look at every photo of a data set: what is in the file, how the photo was taken, what it resembles."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePath

import cv2
import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from defect_desktop.core.printable import printable
from defect_desktop.errors import DataSetError, PhotoError, PhotoProblem
from defect_desktop.training.data.data_set import DataSet
from defect_desktop.vision.photo_loader import decode_photo, photo_size, read_photo

LOOK_SIDE = 256
"""Pixels of the shorter side that brightness and sharpness are measured at: about what a network sees."""
THUMBNAIL_SIDE = 48


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What one photo is like.

    `content` is the SHA-256 of the file in hex; `height` and `width` are those of the upright photo in pixels.
    `brightness` is the mean luma, 0 to 255; `sharpness` the variance of its Laplacian (Pech-Pacheco et al. 2000),
    small in a blurred photo. `hashes`, (2, 64), are the perceptual hashes of the photo and of its mirror image, and
    `thumbnail` is the photo in grey, (48, 48) in 8 bits.
    """

    content: str
    height: int
    width: int
    brightness: float
    sharpness: float
    hashes: NDArray[np.bool_]
    thumbnail: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file of the data set that is no usable photo."""

    path: Path
    label: str
    problem: PhotoProblem


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """The readable photos of a data set, with a look at each, and the files that are no photos."""

    data: DataSet
    looks: tuple[Look, ...]
    unreadable: tuple[Unreadable, ...]

    @property
    def failures(self) -> tuple[tuple[Path, PhotoProblem], ...]:
        """The files that are no photos, and why, as a `PhotoCache` lists them."""
        return tuple((each.path, each.problem) for each in self.unreadable)

    def subset(self, indices: NDArray[np.int64]) -> Survey:
        """The readable photos at `indices`, in that order; the files that are no photos stay the same."""
        return Survey(self.data.subset(indices), tuple(self.looks[index] for index in indices), self.unreadable)

    def fingerprint(self) -> str:
        """A SHA-256 in hex over every readable photo's bytes and label, whatever the files are called."""
        lines = sorted(f"{look.content}\t{self.data.label_of(index)}\n" for index, look in enumerate(self.looks))
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def survey_photos(data: DataSet) -> Generator[int, None, Survey]:
    """Looks at every photo of `data`, several at a time; yields the number done after each."""
    seen: list[Look | PhotoProblem] = []
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        for look in pool.map(_look_or_problem, data.paths):
            seen.append(look)
            yield len(seen)
    finally:
        pool.shutdown(cancel_futures=True)
    usable = np.flatnonzero([isinstance(each, Look) for each in seen])
    unreadable = tuple(
        Unreadable(path, data.label_of(index), each)
        for index, (path, each) in enumerate(zip(data.paths, seen, strict=True))
        if isinstance(each, PhotoProblem)
    )
    return Survey(data.subset(usable), tuple(each for each in seen if isinstance(each, Look)), unreadable)


def require_every_class(survey: Survey, least: int = 1) -> None:
    """Raises DataSetError where a class has fewer than `least` readable photos, and names a file that was none.

    Classes that have no files at all are passed over: the labels may be those of a pack.
    """
    counts = survey.data.counts()
    named = {label for label, count in counts.items() if count} | {each.label for each in survey.unreadable}
    for label in sorted(named):
        if counts[label] < least:
            raise _too_few(label, counts[label], [each for each in survey.unreadable if each.label == label])


def _too_few(label: str, count: int, unreadable: Sequence[Unreadable]) -> DataSetError:
    if not unreadable:
        return DataSetError(
            ko=f"분류 '{label}'에 사진이 {count}장뿐입니다. 사진을 더 넣거나 분류를 빼세요.",
            en=f"Class '{label}' has too few photos ({count}); add some, or take the class out.",
        )
    file, problem = printable(PurePath(unreadable[0].path.name)), unreadable[0].problem
    return DataSetError(
        ko=f"분류 '{label}'에서 읽을 수 있는 사진은 {count}장입니다. 예: '{file}' - {problem.sentence.ko}",
        en=f"Class '{label}' has {count} readable photos; for instance '{file}': {problem.sentence.en}",
    )


def _look_or_problem(path: Path) -> Look | PhotoProblem:
    try:
        return look_at(read_photo(path))
    except PhotoError as error:
        return error.problem


def look_at(content: bytes) -> Look:
    """What the photo in `content` is like; raises PhotoError."""
    height, width = photo_size(content)
    luma = _luma(decode_photo(content, LOOK_SIDE))
    thumbnail = cv2.resize(luma, (THUMBNAIL_SIDE, THUMBNAIL_SIDE), interpolation=cv2.INTER_AREA)
    return Look(
        content=hashlib.sha256(content).hexdigest(),
        height=height,
        width=width,
        brightness=float(luma.mean()),
        sharpness=float(cv2.Laplacian(luma, cv2.CV_32F).var()),
        hashes=np.stack([_hash(luma), _hash(luma[:, ::-1])]),
        thumbnail=np.asarray(thumbnail, dtype=np.uint8),
    )


def _luma(photo: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The photo (H, W, 3) in grey, its shorter side `LOOK_SIDE` pixels or fewer."""
    shrink = LOOK_SIDE / min(photo.shape[:2])
    if shrink < 1:
        photo = np.asarray(cv2.resize(photo, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return np.asarray(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def _hash(luma: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """The perceptual hash (DCT of a 32 × 32 reduction; Zauner 2010), shape (64,)."""
    hashed: NDArray[np.bool_] = imagehash.phash(Image.fromarray(luma)).hash
    return hashed.ravel()
