"""Finds out beside the window why a photo got its label: the newest question counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from defect_desktop.core.decision import Ranked
from defect_desktop.core.record import PhotoRecord
from defect_desktop.errors import PhotoError, UserError
from defect_desktop.language import Bilingual
from defect_desktop.ui.desk import Desk
from defect_desktop.ui.pages.review.services import Reasons

_STOPS = (0.0, 0.35, 0.7, 1.0)
_RED, _GREEN, _BLUE, _ALPHA = (255, 255, 225, 130), (214, 190, 60, 0), (90, 0, 20, 60), (0, 110, 215, 240)
"""From nothing over amber and red to a dark purple: lightness and cover tell the same as the hue."""


@dataclass(frozen=True, slots=True, eq=False)
class Explained:
    """`heat` is to be laid over the photo, null where there is none; `sentence` is for the person."""

    photo: int
    heat: QImage
    opinions: tuple[tuple[Ranked, ...], ...]
    sentence: Bilingual | None


class Explaining(QObject):
    """`explained` brings an `Explained` for the photo that was asked for last; `failed` an error that is a bug."""

    explained = Signal(object)
    failed = Signal(object)

    def __init__(self, explain: Callable[[PhotoRecord], Reasons], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._explain = explain
        self._desk = Desk(self)
        self._desk.failed.connect(self.failed)

    @property
    def busy(self) -> bool:
        """Whether an answer is on its way."""
        return self._desk.busy

    def ask(self, record: PhotoRecord) -> None:
        """Asks why a photo got its label."""
        self._desk.ask("why", lambda: self._find_out(record), self.explained.emit)

    def close(self) -> None:
        """Waits for the thread: a tenth of a second, or as long as a pack takes to load."""
        self._desk.close()

    def _find_out(self, record: PhotoRecord) -> Explained:
        """In the desk's thread."""
        try:
            reasons = self._explain(record)
        except UserError as error:
            reasons = Reasons(sentence=error.sentence)
        except PhotoError as error:
            reasons = Reasons(sentence=error.problem.sentence)
        heat = QImage() if reasons.heat is None else heat_image(reasons.heat)
        return Explained(record.photo_id, heat, reasons.opinions, reasons.sentence)


def heat_image(heat: NDArray[np.float32]) -> QImage:
    """A heatmap (H, W) from 0 to 1 in colours that let the photo through where it is cold."""
    channels = [np.interp(heat, _STOPS, stops) for stops in (_RED, _GREEN, _BLUE, _ALPHA)]
    pixels = np.ascontiguousarray(np.stack(channels, axis=-1).round().astype(np.uint8))
    high, wide = heat.shape
    return QImage(pixels.data, wide, high, 4 * wide, QImage.Format.Format_RGBA8888).copy()
