"""All photos of a data set at hand, decoded once by the loader and the preprocessing that classification uses."""

from __future__ import annotations

import errno
import hashlib
import math
import os
import shutil
import tempfile
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from defect_desktop.core.printable import printable
from defect_desktop.errors import DataSetError, PhotoError, PhotoProblem
from defect_desktop.training.data.data_set import DataSet
from defect_desktop.vision.photo_loader import decode_photo, read_photo
from defect_desktop.vision.preprocessing import Preprocessing

IN_MEMORY = 2 * 2**30
"""Bytes of photos that are kept in memory where they can be: 10,900 photos at 256 x 256 pixels."""


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


def load_photos(
    data: DataSet, preprocessing: Preprocessing, spill: Path | None = None
) -> Generator[int, None, PhotoCache]:
    """Decodes every photo of `data`, several at a time; yields the number done after each.

    More than `IN_MEMORY`, or than there is memory for, goes to a file in the folder `spill`, or in the system's for
    temporary files: the system keeps of it in memory what fits. Raises DataSetError where there is no room for it.
    """
    pixels = _reserve(len(data.paths), preprocessing, spill or Path(tempfile.gettempdir()))
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


def _reserve(photos: int, preprocessing: Preprocessing, spill: Path) -> NDArray[np.uint8]:
    """Room for the photos: in memory, or else in a nameless file that vanishes with the array."""
    shape = (photos, preprocessing.height, preprocessing.width, 3)
    size = math.prod(shape)
    if size <= IN_MEMORY:
        with suppress(MemoryError):
            return np.empty(shape, dtype=np.uint8)
    try:
        spill.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(spill).free < size:  # a map of a file that cannot grow would end the program
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        with tempfile.TemporaryFile(dir=spill) as file:
            if hasattr(os, "posix_fallocate"):  # else others may take the room before the photos do
                os.posix_fallocate(file.fileno(), 0, size)
            return np.memmap(file, dtype=np.uint8, mode="w+", shape=shape)
    except OSError as error:
        raise DataSetError(
            ko=f"사진 {photos}장을 준비하려면 '{printable(spill)}'에 {size / 1e9:.1f} GB의 빈 공간이 필요합니다. "
            "공간을 비우고 다시 시도하세요.",
            en=f"Preparing {photos} photos takes {size / 1e9:.1f} GB of free space in '{printable(spill)}'; "
            "make room there.",
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
    lines = sorted(
        f"{result}\t{data.labels[target]}\n"
        for result, target in zip(read, data.targets, strict=True)
        if not isinstance(result, PhotoProblem)
    )
    fingerprint = hashlib.sha256("".join(lines).encode()).hexdigest()
    return PhotoCache(data.labels, _moved_together(pixels, usable), data.targets[usable], failures, fingerprint)


def _moved_together(pixels: NDArray[np.uint8], usable: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """The usable photos, where they lie: to pick them out would copy all into memory, which may not hold them."""
    kept = np.flatnonzero(usable)
    for place, index in enumerate(kept.tolist()):
        if place != index:
            pixels[place] = pixels[index]
    return pixels[: len(kept)]
