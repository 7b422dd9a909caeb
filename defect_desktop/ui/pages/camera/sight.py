"""What the camera saw, as the window needs it: frames are made small beside it, and it never gets a large one."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from defect_desktop.core.decision import Verdict
from defect_desktop.core.quality import QualityFinding
from defect_desktop.ui.image_loader import to_image
from defect_desktop.workflows.inspect_live import LiveEvent, Seen

Room = Callable[[], tuple[int, int]]
"""How many pixels there are to show a frame on, across and down, at this moment."""

_HALF = 0.5

HINT_SECONDS = 1.0
"""A hint stays for so long after the last frame that gave a reason for it: what flickers cannot be read."""


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """A frame as it is shown, the running verdict, and the moment when it was taken (seconds of `time.monotonic()`)."""

    image: QImage
    running: Verdict
    quality: tuple[QualityFinding, ...]
    taken: float


def sights(events: Generator[LiveEvent, None, None], room: Room) -> Generator[LiveEvent | Sight, None, None]:
    """The events with a `Sight` in place of every `Seen`."""
    try:
        for event in events:
            if isinstance(event, Seen):
                image = to_image(_fitted(event.frame.pixels, *room()))
                yield Sight(image, event.running, event.quality, event.frame.taken)
            else:
                yield event
    finally:
        events.close()


def _fitted(pixels: NDArray[np.uint8], wide: int, high: int) -> NDArray[np.uint8]:
    """A frame (H, W, 3) made to fit; one that is smaller stays as it is."""
    own_high, own_wide = pixels.shape[:2]
    scale = min(wide / own_wide, high / own_high)
    if scale >= 1:
        return pixels
    size = max(1, round(own_wide * scale)), max(1, round(own_high * scale))
    # Interpolation alone is several times as fast, but below half the size it would leave pixels out.
    way = cv2.INTER_LINEAR if scale > _HALF else cv2.INTER_AREA
    return np.asarray(cv2.resize(pixels, size, interpolation=way), dtype=np.uint8)


class Hints:
    """The reasons for which a photo taken now would be a bad one."""

    def __init__(self) -> None:
        self._last: dict[QualityFinding, float] = {}

    def add(self, sight: Sight) -> tuple[QualityFinding, ...]:
        """Takes in a frame; what there is to say now, in the order in which it came up."""
        self._last |= dict.fromkeys(sight.quality, sight.taken)
        self._last = {one: at for one, at in self._last.items() if sight.taken - at < HINT_SECONDS}
        return tuple(self._last)
