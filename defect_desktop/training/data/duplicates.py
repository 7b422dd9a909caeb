"""Finds photos that are one another's copies or nearly so: re-encoded, resized, mirrored, brightened, a little cropped.

Two steps. Perceptual hashes name candidates; but the hashes of two blank walls, or of two objects of one make, are
alike without either being a copy. So what is local and particular decides: the thumbnails' detail, without the
patterns that many photos of this data set share, must correlate once the two are aligned.

Measured on 570 drawn photos, 200 altered copies each: re-encoded, shrunk to a third, darkened, mirrored or turned
by a degree 100 % found, brightened until they clip 97 %, cropped by 6 % of their sides 90 %, by 10 % 65 %; one false
pair among 162,000, which had 0.86. On 2,624 real photos of solar cells it finds the neighbouring wafers of one
crystal and the blurred second takes, in groups of 70 or fewer; with the shared patterns (bus bars) left in, one group
held 1,124.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from defect_desktop.training.data.survey import THUMBNAIL_SIDE, Survey

Indices = NDArray[np.int64]
Pixels = NDArray[np.float32]

_HASH_DISTANCE = 16
"""Bits of 64 by which the hashes of copies may differ: a crop by 6 % of the sides changes up to 16 of them."""
_COARSE_SIDE, _COARSE_CORRELATION = 16, 0.2
"""A cheap correlation without alignment, which spares most candidates the dear one."""
_CORRELATION = 0.85
_SCALES = (0.88, 0.94, 1.0, 1.064, 1.136)
"""Sizes at which the middle of one photo is looked for in the other: the crops, either way."""
_MIDDLE = 0.66
_SAMPLE, _SHARED = 1000, 20
"""A pattern that carries as much detail as `_SHARED` of `_SAMPLE` photos (or of all, if fewer) is no photo's own."""
_ROWS = 256


@dataclass(frozen=True, slots=True, eq=False)
class Duplicates:
    """The near-duplicates of a data set.

    `pairs`, (pairs, 2), are positions of photos, the smaller first; `similarity`, (pairs,), is the correlation of
    their detail, 1 for equal files; `mirrored`, (pairs,), says where one is the other's mirror image. `groups`,
    (photos,), numbers each photo's group from 0: near-duplicates share it, also over a chain of others.
    """

    pairs: Indices
    similarity: NDArray[np.float32]
    mirrored: NDArray[np.bool_]
    groups: Indices

    def copies(self) -> list[Indices]:
        """The positions of the photos in each group of two or more, largest group first."""
        order = np.argsort(self.groups, kind="stable")
        groups = np.split(order, np.flatnonzero(np.diff(self.groups[order])) + 1)
        return sorted((group for group in groups if len(group) > 1), key=lambda group: (-len(group), group[0]))

    def conflicts(self, targets: Indices) -> Indices:
        """The pairs, as positions in `pairs`, whose photos have different `targets` (photos,): the surest first."""
        apart = np.flatnonzero(targets[self.pairs[:, 0]] != targets[self.pairs[:, 1]])
        return apart[np.argsort(-self.similarity[apart], kind="stable")]


@dataclass(frozen=True, slots=True)
class _Pair:
    first: int
    second: int
    similarity: float
    mirrored: bool


def find_duplicates(survey: Survey) -> Generator[int, None, Duplicates]:
    """Compares every photo with every other; yields the number of photos done now and then."""
    photos = len(survey.looks)
    found = {(pair.first, pair.second): pair for pair in _equal_files(survey)}
    comparison = _Comparison(survey)
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        for start in range(0, photos, _ROWS):
            rows = range(start, min(start + _ROWS, photos))
            for pairs in pool.map(comparison.confirmed, rows, *comparison.candidates(rows)):
                for pair in pairs:
                    found.setdefault((pair.first, pair.second), pair)
            yield rows.stop
    finally:
        pool.shutdown(cancel_futures=True)
    pairs = [found[key] for key in sorted(found)]
    indices = np.array([(pair.first, pair.second) for pair in pairs], dtype=np.int64).reshape(-1, 2)
    return Duplicates(
        indices,
        np.array([pair.similarity for pair in pairs], dtype=np.float32),
        np.array([pair.mirrored for pair in pairs], dtype=np.bool_),
        _groups(indices, photos),
    )


def _equal_files(survey: Survey) -> Iterator[_Pair]:
    """Pairs that chain all files of equal content together: of blank photos, only these are known to be copies."""
    last: dict[str, int] = {}
    for index, look in enumerate(survey.looks):
        if look.content in last:
            yield _Pair(last[look.content], index, 1.0, mirrored=False)
        last[look.content] = index


def _groups(pairs: Indices, photos: int) -> Indices:
    links = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(photos, photos))
    groups: Indices = connected_components(links, directed=False)[1].astype(np.int64)
    return groups


class _Comparison:
    """All photos of a survey, ready to be compared."""

    def __init__(self, survey: Survey) -> None:
        thumbnails = np.array([look.thumbnail for look in survey.looks], dtype=np.uint8)
        hashes = np.array([look.hashes for look in survey.looks], dtype=np.float32).reshape(-1, 2, 64)
        self._detail = particular(detail(thumbnails.reshape(-1, THUMBNAIL_SIDE, THUMBNAIL_SIDE)))
        self._signs = hashes * 2 - 1
        self._coarse = _units(_resized(self._detail, _COARSE_SIDE))
        self._coarse_mirrored = _units(_resized(self._detail[:, :, ::-1], _COARSE_SIDE))

    def candidates(self, rows: range) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which later photos each of `rows` may be near, as they are and mirrored: (rows, photos from them on)."""
        part, later = slice(rows.start, rows.stop), slice(rows.start, None)
        least_agreement = 64 - 2 * _HASH_DISTANCE  # the product of two hashes in signs: equal bits less unequal ones
        plain, mirrored = (self._signs[part, 0] @ self._signs[later, way].T >= least_agreement for way in (0, 1))
        plain &= self._coarse[part] @ self._coarse[later].T >= _COARSE_CORRELATION
        mirrored &= self._coarse[part] @ self._coarse_mirrored[later].T >= _COARSE_CORRELATION
        return np.triu(plain, 1), np.triu(mirrored, 1)

    def confirmed(self, row: int, plain: NDArray[np.bool_], mirrored: NDArray[np.bool_]) -> list[_Pair]:
        """The near-duplicates of photo `row` among its candidates, a row of what `candidates` gave."""
        start = len(self._signs) - len(plain)
        others = [(start + int(other), False) for other in np.flatnonzero(plain)]
        others += [(start + int(other), True) for other in np.flatnonzero(mirrored)]
        templates = [_middle(self._detail[row], scale) for scale in _SCALES] if others else []
        pairs = []
        for other, flipped in others:
            view = np.ascontiguousarray(self._detail[other][:, ::-1]) if flipped else self._detail[other]
            similarity = max(float(cv2.matchTemplate(view, each, cv2.TM_CCOEFF_NORMED).max()) for each in templates)
            if similarity >= _CORRELATION:
                pairs.append(_Pair(row, other, similarity, flipped))
        return pairs


def detail(thumbnails: NDArray[np.uint8]) -> Pixels:
    """What stands out from its surroundings, equally strong everywhere: (photos, side, side) for thumbnails like it.

    Lighting drops out with the local mean, contrast with the local deviation; noise of a few grey levels stays small.
    """
    result = np.empty(thumbnails.shape, dtype=np.float32)
    for thumbnail, place in zip(thumbnails.astype(np.float32), result, strict=True):
        smooth = cv2.GaussianBlur(thumbnail, (0, 0), 0.8)  # what is left of finer detail changes with every crop
        standing_out = smooth - cv2.GaussianBlur(smooth, (0, 0), 3)
        place[:] = standing_out / (np.sqrt(cv2.GaussianBlur(standing_out**2, (0, 0), 6)) + 4)
    return result


def particular(details: Pixels) -> Pixels:
    """`details` (photos, side, side) without the patterns that many of them share: their principal components.

    A few copies of one photo make up a component as well, so it takes `_SHARED` photos to call one shared.
    """
    if len(details) <= _SHARED:
        return details
    rows = details.reshape(len(details), -1)
    sample = rows[:: -(-len(rows) // _SAMPLE)]
    mean = sample.mean(axis=0)
    units = _units(sample - mean)
    strengths, mixtures = eigh(units @ units.T, subset_by_value=(_SHARED, np.inf))
    shared = units.T @ mixtures / np.sqrt(strengths)
    centred = rows - mean
    return np.asarray(centred - (centred @ shared) @ shared.T, dtype=np.float32).reshape(details.shape)


def _resized(details: Pixels, side: int) -> Pixels:
    resized = [cv2.resize(np.ascontiguousarray(each), (side, side), interpolation=cv2.INTER_AREA) for each in details]
    return np.array(resized, dtype=np.float32).reshape(-1, side * side)


def _units(rows: Pixels) -> Pixels:
    """The rows with mean 0 and length 1; those without any detail stay 0."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    return np.asarray(centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-3), dtype=np.float32)


def _middle(picture: Pixels, scale: float) -> Pixels:
    """The middle of a square picture, shown `scale` times as large."""
    side = len(picture)
    shown = round(side * _MIDDLE)
    step = 1 / scale
    start = (side - 1) / 2 - step * (shown - 1) / 2
    placing = np.array([[step, 0, start], [0, step, start]], dtype=np.float32)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(picture, placing, (shown, shown), flags=flags), dtype=np.float32)
