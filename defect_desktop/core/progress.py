"""How far a long job is, how fast it goes, and how long it still takes."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

WINDOW_SECONDS = 10.0
"""The rate is measured over this last stretch, so that it follows a slow drive or a waking processor."""


class Progress(NamedTuple):
    """A moment in a job. `rate` is items per second, 0 while unknown; `seconds_left` is None while unknown."""

    done: int
    total: int
    rate: float
    seconds_left: float | None


NOT_BEGUN = Progress(0, 0, 0.0, None)
"""Nothing is done, and how much there is to do is not known yet."""


class ProgressMeter:
    """Turns counts into `Progress`; items that cost nothing (skipped ones) are counted without speeding up the rate."""

    def __init__(self, total: int, free: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        self._total = total
        self._done = free
        self._clock = clock
        self._marks: deque[tuple[float, int]] = deque([(clock(), free)])

    def expect(self, total: int) -> None:
        """The job has become longer, or shorter."""
        self._total = total

    def advance(self, items: int) -> Progress:
        """Counts `items` more as done."""
        now = self._clock()
        self._done += items
        self._marks.append((now, self._done))
        while len(self._marks) > 2 and now - self._marks[0][0] > WINDOW_SECONDS:
            self._marks.popleft()
        return self.now()

    def now(self) -> Progress:
        """The present state."""
        (start, before), (end, after) = self._marks[0], self._marks[-1]
        rate = (after - before) / (end - start) if end > start else 0.0
        left = (self._total - self._done) / rate if rate > 0 else None
        return Progress(self._done, self._total, rate, left)
