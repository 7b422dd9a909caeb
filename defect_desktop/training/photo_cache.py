"""All photos of a data set in memory, decoded once by the loader and the preprocessing that classification uses."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePath

import numpy as np
from numpy.typing import NDArray

from defect_desktop.core.printable import printable
from defect_desktop.errors import DataSetError, PhotoError, PhotoProblem
from defect_desktop.training.data_set import DataSet, label_of_folder
from defect_desktop.vision.photo_loader import decode_photo, read_photo
from defect_desktop.vision.preprocessing import Preprocessing


@dataclass(frozen=True, slots=True, eq=False)
class PhotoCache:
    """Photos ready for a network: `pixels` (photos, height, width, 3) in 8 bits, `targets` (photos,).

    `failures` are the files that could not be read as photos; they are in neither array. `fingerprint` is a SHA-256
    in hex over every photo's bytes and label.
    """

    labels: tuple[str, ...]
    pixels: NDArray[np.uint8]
    targets: NDArray[np.int64]
    failures: tuple[tuple[Path, PhotoProblem], ...]
    fingerprint: str

    def counts(self) -> dict[str, int]:
        """Photos a label."""
        counted = np.bincount(self.targets, minlength=len(self.labels))
        return {label: int(count) for label, count in zip(self.labels, counted, strict=True)}


def load_photos(data: DataSet, preprocessing: Preprocessing) -> Generator[int, None, PhotoCache]:
    """Decodes every photo of `data`, several at a time; yields the number done after each.

    Raises DataSetError where the photos do not fit into memory.
    """
    pixels = _reserve(len(data.paths), preprocessing)
    read: list[str | PhotoProblem] = []
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        for result in pool.map(
            lambda index: _load(data.paths[index], preprocessing, pixels[index]), range(len(pixels))
        ):
            read.append(result)
            yield len(read)
    finally:
        pool.shutdown(cancel_futures=True)
    return _cache(data, pixels, read)


def require_every_class(cache: PhotoCache) -> None:
    """Raises DataSetError where a class has no readable photo, and names a file that was none."""
    for target in np.setdiff1d(np.arange(len(cache.labels)), cache.targets):
        label = cache.labels[target]
        path, problem = next(each for each in cache.failures if label_of_folder(each[0].parent.name) == label)
        file = printable(PurePath(path.name))
        raise DataSetError(
            ko=f"분류 '{label}'에 학습할 수 있는 사진이 없습니다. 예: '{file}' - {problem.sentence.ko}",
            en=f"Class '{label}' has no photo to train on; for instance '{file}': {problem.sentence.en}",
        )


def _reserve(photos: int, preprocessing: Preprocessing) -> NDArray[np.uint8]:
    try:
        return np.empty((photos, preprocessing.height, preprocessing.width, 3), dtype=np.uint8)
    except MemoryError as error:
        raise DataSetError(
            ko=f"사진 {photos}장을 메모리에 담을 수 없습니다. 사진 수를 줄이거나 메모리가 더 많은 컴퓨터를 쓰세요.",
            en=f"{photos} photos do not fit into memory; use fewer photos, or a computer with more memory.",
        ) from error


def _load(path: Path, preprocessing: Preprocessing, place: NDArray[np.uint8]) -> str | PhotoProblem:
    """Puts one photo into its place; the SHA-256 of its bytes in hex, or why it cannot be used."""
    try:
        content = read_photo(path)
        place[:] = preprocessing.fit(decode_photo(content, preprocessing.decode_side))
    except PhotoError as error:
        return error.problem
    return hashlib.sha256(content).hexdigest()


def _cache(data: DataSet, pixels: NDArray[np.uint8], read: list[str | PhotoProblem]) -> PhotoCache:
    failures = tuple(
        (path, result) for path, result in zip(data.paths, read, strict=True) if isinstance(result, PhotoProblem)
    )
    usable = np.array([not isinstance(result, PhotoProblem) for result in read], dtype=np.bool_)
    if failures:
        pixels = pixels[usable]
    lines = sorted(
        f"{result}\t{data.labels[target]}\n"
        for result, target in zip(read, data.targets, strict=True)
        if not isinstance(result, PhotoProblem)
    )
    fingerprint = hashlib.sha256("".join(lines).encode()).hexdigest()
    return PhotoCache(data.labels, pixels, data.targets[usable], failures, fingerprint)
