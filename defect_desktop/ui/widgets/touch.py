"""What fingers mean: a tap, a swipe, moving and pinching. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import dist

Point = tuple[float, float]

SWIPE = 60.0
"""Pixels that a finger must go for a swipe: gloves tremble."""

_TREMBLE = 12.0
_DOUBLE_TAP_SECONDS = 0.35


@dataclass(frozen=True, slots=True)
class Drag:
    """One finger moved by this much, and by `total` in all."""

    by: Point
    total: Point


@dataclass(frozen=True, slots=True)
class Pinch:
    """Two fingers moved apart by `factor` around `centre`, which moved by `by`."""

    factor: float
    centre: Point
    by: Point


@dataclass(frozen=True, slots=True)
class Swipe:
    """One finger went left (1, on to the next) or right (-1, back)."""

    step: int


@dataclass(frozen=True, slots=True)
class DoubleTap:
    """Two taps in a moment at one place."""

    at: Point


Meaning = Drag | Pinch | Swipe | DoubleTap


class Touch:
    """Follows the fingers on one widget from event to event."""

    def __init__(self) -> None:
        self._start: Point = (0, 0)
        self._last: tuple[Point, ...] = ()
        self._one_finger = True
        self._last_tap: tuple[float, Point] = (float("-inf"), (0, 0))

    def begin(self, points: Sequence[Point]) -> None:
        """Fingers came down."""
        self._start, self._last = points[0], tuple(points)
        self._one_finger = len(points) == 1

    def move(self, points: Sequence[Point]) -> Drag | Pinch | None:
        """Fingers moved, or another came down or went up."""
        before, self._last = self._last, tuple(points)
        if len(points) > 1:
            self._one_finger = False
        if len(points) != len(before):
            return None
        if len(points) == 1:
            by, total = _minus(points[0], before[0]), _minus(points[0], self._start)
            return Drag(by, total)
        centre, former = _middle(points), _middle(before)
        return Pinch(dist(*points[:2]) / max(1.0, dist(*before[:2])), centre, _minus(centre, former))

    def end(self, points: Sequence[Point], seconds: float) -> Swipe | DoubleTap | None:
        """The last finger went up, at this time."""
        if not self._one_finger:
            return None
        x, y = _minus(points[0], self._start)
        if abs(x) >= SWIPE and abs(x) > 2 * abs(y):
            return Swipe(1 if x < 0 else -1)
        if max(abs(x), abs(y)) > _TREMBLE:
            return None
        (before, at), self._last_tap = self._last_tap, (seconds, points[0])
        if seconds - before < _DOUBLE_TAP_SECONDS and dist(at, points[0]) < 2 * _TREMBLE:
            self._last_tap = (float("-inf"), at)
            return DoubleTap(points[0])
        return None


def _minus(one: Point, other: Point) -> Point:
    return one[0] - other[0], one[1] - other[1]


def _middle(points: Sequence[Point]) -> Point:
    return (points[0][0] + points[1][0]) / 2, (points[0][1] + points[1][1]) / 2
