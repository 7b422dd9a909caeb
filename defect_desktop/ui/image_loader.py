"""Photos decoded beside the window, one after another; the one asked for last comes first."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, QThread, QThreadPool, Signal
from PySide6.QtGui import QImage

from defect_desktop.core.record import PhotoFile
from defect_desktop.errors import PhotoError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Decode: TypeAlias = "Callable[[PhotoFile], NDArray[np.uint8]]"

_log = logging.getLogger(__name__)


class ImageLoader(QObject):
    """Decodes what is requested and emits `loaded` (PhotoFile, QImage) in the thread that made the loader.

    The image is null where the photo cannot be shown. Only `limit` requests wait: what was asked for longest ago has
    been scrolled past, and is forgotten.
    """

    loaded = Signal(object, QImage)
    _decoded = Signal(object, QImage)

    def __init__(self, decode: Decode, limit: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._decode = decode
        self._limit = limit
        self._waiting: dict[PhotoFile, None] = {}
        self._under_way: PhotoFile | None = None
        self._closed = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        # Looking on must not slow the classification down.
        self._pool.setThreadPriority(QThread.Priority.LowPriority)
        self._decoded.connect(self._receive)

    def request(self, photo: PhotoFile) -> None:
        """Asks for a photo, or asks again: it moves to the front."""
        if self._closed or photo == self._under_way:
            return
        self._waiting.pop(photo, None)
        self._waiting[photo] = None
        while len(self._waiting) > self._limit:
            del self._waiting[next(iter(self._waiting))]
        self._start_next()

    def close(self) -> None:
        """Forgets what waits and blocks until the photo under way is done, well under a second."""
        self._closed = True
        self._waiting.clear()
        self._pool.waitForDone()

    def _start_next(self) -> None:
        if self._under_way is None and self._waiting:
            self._under_way, _ = self._waiting.popitem()
            self._pool.start(partial(self._work, self._under_way))

    def _work(self, photo: PhotoFile) -> None:
        """Runs in the pool's thread."""
        image = QImage()
        try:
            image = to_image(self._decode(photo))
        except PhotoError as error:
            _log.debug("cannot show %r: %s", photo.path, error)
        except Exception:  # noqa: BLE001 - a pool thread has nobody above it to report to
            _log.exception("showing a photo failed")
        self._decoded.emit(photo, image)

    def _receive(self, photo: PhotoFile, image: QImage) -> None:
        self._under_way = None
        if not self._closed:
            self.loaded.emit(photo, image)
            self._start_next()


def to_image(pixels: NDArray[np.uint8]) -> QImage:
    """RGB pixels (H, W, 3) as an image that owns its memory."""
    high, wide = pixels.shape[:2]
    return QImage(pixels.tobytes(), wide, high, 3 * wide, QImage.Format.Format_RGB888).copy()
