"""Whether a photo is worth taking again: blurred, dark, burnt by light, or taken from too far away.

All is measured on one small copy of the photo, so that the answer depends neither on the size of the photo nor on how
far its decoder has reduced it. A finding that is often wrong would soon not be read any more, so the thresholds lie
where about one good photo in a hundred is blamed: of 570 practice photos, of which one in six is drawn soft or shaken,
0.9 % were blurred, 0.9 % burnt, none dark. That is also where the starter pack begins to fail: a blur of 0.6 % of the
shorter side costs it nothing and is found in 20 %, one of 0.9 % costs it a sixth of its labels and is found in 82 %;
the light is missed when a sixteenth is left (66 % found). Shakes are found only where a photo has edges all over.

Nothing here looks at the verdict, nor does the verdict look at this.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from defect_desktop.core.quality import QualityFinding

_SIDE = 256
"""The shorter side, in pixels, at which a photo is judged; a smaller one is judged as it is."""
_MOST_PIXELS = 16 * _SIDE**2
"""A strip that is longer than 16 squares is judged smaller: its copy could take gigabytes."""

_FINE, _COARSE = 1.0, 2.0
"""The two blurs (standard deviations in pixels) whose edges are compared."""
_LEAST_EDGE = 1.0
"""An edge is at least this steep, in grey levels a pixel; and no less than the level of the noise."""
_ENOUGH_EDGES = 80
"""Fewer edges say nothing: a plain wall has none, however sharp its photo is."""
_TILES = 4
_SPREAD, _SPREAD_OF_DIRECTION = 5, 8
"""Nor do edges that lie in fewer of 4 × 4 tiles: the rim of a shadow is soft as well, but it lies in a row."""
_SHARPEST = 15
"""The percentile of the edges' widths that is judged: shadows and roundings are soft in the sharpest photo."""
_DIRECTIONS = 4
_DEFOCUSED = 1.0
_SHAKEN = 1.7
"""The widths from which a photo is blurred: of all edges, or of those of one direction, across which the hand moved."""

_DARK = 60
"""A photo is dark whose brightest tenth begins below this grey level (of 255)."""

_BURNT = 254
"""A pixel from this grey level on is burnt: what was there is lost."""
_GLARE_SHARE = 0.05
_ALL_BURNT_SHARE = 0.25
_HALO = 225
"""A reflection fades out: three quarters of its rim are no darker than this. A bright window or a white board ends."""

_FAR_METRES = 3.0


def assess(photo: NDArray[np.uint8], distance: float | None = None) -> tuple[QualityFinding, ...]:
    """The reasons to take a photo (H, W, 3), upright RGB, again.

    `distance` is the one to the subject in metres, as the camera wrote it into the file, None where it did not: most
    do not, and nothing in the pixels alone tells a far wall from a near one, so "too far" is only found by it.
    """
    grey = _reduced(np.asarray(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY), dtype=np.uint8))
    found = {
        QualityFinding.BLURRED: _is_blurred(grey),
        QualityFinding.DARK: float(np.percentile(grey, 90)) < _DARK,
        QualityFinding.GLARE: _has_glare(grey),
        QualityFinding.TOO_FAR: distance is not None and distance > _FAR_METRES,
    }
    return tuple(finding for finding, applies in found.items() if applies)


def _reduced(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    high, wide = grey.shape
    scale = min(_SIDE / min(high, wide), (_MOST_PIXELS / grey.size) ** 0.5)
    if scale >= 1:
        return grey
    size = (max(1, round(wide * scale)), max(1, round(high * scale)))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _is_blurred(grey: NDArray[np.uint8]) -> bool:
    """Whether even the sharpest edges are wide, or those of one direction: edges along a movement stay sharp."""
    widths, directions, tiles = _edges(grey)
    if _sharpest(widths, tiles, _SPREAD) >= _DEFOCUSED:
        return True
    alike = (directions == direction for direction in range(_DIRECTIONS))
    return any(_sharpest(widths[same], tiles[same], _SPREAD_OF_DIRECTION) >= _SHAKEN for same in alike)


def _sharpest(widths: NDArray[np.float32], tiles: NDArray[np.int64], spread: int) -> float:
    """The width that the sharpest edges have; 0 where there are too few to say, or in fewer tiles than `spread`."""
    if len(widths) < _ENOUGH_EDGES or np.count_nonzero(np.bincount(tiles)) < spread:
        return 0.0
    return float(np.percentile(widths, _SHARPEST))


def _edges(grey: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.int64]]:
    """Every edge point: its width (the deviation, in pixels, of the blur it went through), its direction, its tile.

    How much an edge loses of its steepness by a blur that is added tells how blurred it was (Zhuo & Sim 2011, "Defocus
    map estimation from a single image"), whatever its contrast. A thin line loses more than an edge and counts as
    sharp, which is right.
    """
    fine = cv2.GaussianBlur(np.asarray(grey, dtype=np.float32), (7, 7), _FINE)
    coarse = cv2.GaussianBlur(fine, (11, 11), (_COARSE**2 - _FINE**2) ** 0.5)
    noise = float(np.median(np.abs(grey[::3, ::3] - fine[::3, ::3]))) / 0.6745
    fine_slopes, (across, down) = _slopes(fine), _slopes(coarse)
    steep, steep_coarse = cv2.magnitude(*fine_slopes), cv2.magnitude(across, down)
    crest = np.where(
        np.abs(across) >= np.abs(down),
        cv2.dilate(steep_coarse, np.ones((1, 3), np.uint8)),
        cv2.dilate(steep_coarse, np.ones((3, 1), np.uint8)),
    )
    points = np.flatnonzero((steep_coarse >= crest) & (steep_coarse > max(_LEAST_EDGE, noise)))
    loss = (steep.take(points) / steep_coarse.take(points)) ** 2
    widths = np.sqrt(np.maximum(_COARSE**2 - loss * _FINE**2, 0) / np.maximum(loss - 1, 1e-3))
    turned = np.arctan2(down.take(points), across.take(points)) / np.pi * _DIRECTIONS
    (high, wide), (rows, columns) = grey.shape, np.divmod(points, grey.shape[1])
    tiles = rows * _TILES // high * _TILES + columns * _TILES // wide
    return widths, np.round(turned).astype(np.int64) % _DIRECTIONS, tiles


def _slopes(grey: cv2.typing.MatLike) -> tuple[cv2.typing.MatLike, cv2.typing.MatLike]:
    """Grey levels a pixel, to the right and downwards."""
    return cv2.Sobel(grey, cv2.CV_32F, 1, 0, scale=1 / 8), cv2.Sobel(grey, cv2.CV_32F, 0, 1, scale=1 / 8)


def _has_glare(grey: NDArray[np.uint8]) -> bool:
    """Whether the largest burnt patch is large and fades out into its surroundings, or fills much of the photo."""
    burnt = (grey >= _BURNT).astype(np.uint8)
    if burnt.mean() < _GLARE_SHARE:
        return False
    _, patches, figures, _ = cv2.connectedComponentsWithStats(burnt)
    areas = figures[1:, cv2.CC_STAT_AREA]
    largest = int(areas.argmax()) + 1
    share = areas[largest - 1] / burnt.size
    if share < _GLARE_SHARE or share >= _ALL_BURNT_SHARE:
        return bool(share >= _ALL_BURNT_SHARE)
    patch = (patches == largest).astype(np.uint8)
    around = cv2.dilate(patch, np.ones((9, 9), np.uint8)) - cv2.dilate(patch, np.ones((3, 3), np.uint8))
    return bool(around.any()) and float(np.percentile(grey[around > 0], 25)) >= _HALO
