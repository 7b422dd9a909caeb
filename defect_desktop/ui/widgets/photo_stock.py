"""The photos that are looked at and those that come next, decoded beside the window at the size they are shown in."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from defect_desktop.core.record import PhotoFile
from defect_desktop.ui.image_loader import ImageLoader

if TYPE_CHECKING:
    from defect_desktop.workflows.show_photo import ShowPhoto

_KEPT = 6
_LONGEST = 2800
"""Pixels of a photo that is looked at closely: more would only cost memory."""


class PhotoStock(QObject):
    """`fitted` and `close_up` bring (PhotoFile, QImage); the image is null where the photo cannot be shown."""

    fitted = Signal(object, QImage)
    close_up = Signal(object, QImage)

    def __init__(self, show_photo: ShowPhoto, parent: QObject) -> None:
        super().__init__(parent)
        self._room = (800, 600)
        self._kept: OrderedDict[PhotoFile, QImage] = OrderedDict()
        self._fitting = ImageLoader(lambda photo: show_photo(photo.path, *self._room), 2, self)
        self._fitting.loaded.connect(self._keep)
        self._closer = ImageLoader(lambda photo: show_photo(photo.path, _LONGEST, _LONGEST), 1, self)
        self._closer.loaded.connect(self.close_up)

    def fit_into(self, width: int, height: int) -> bool:
        """From now on photos are decoded for this many pixels; whether what is kept is too small for that."""
        outgrown = width > self._room[0] or height > self._room[1]
        if outgrown:
            self._room = (width, height)
            self._kept.clear()
        return outgrown

    def get(self, photo: PhotoFile) -> QImage | None:
        """The photo, fitted, if it is there; else it will come."""
        image = self._kept.get(photo)
        if image is None:
            self._fitting.request(photo)
        else:
            self._kept.move_to_end(photo)
        return image

    def look_closer(self, photo: PhotoFile) -> None:
        """Asks for the photo with all the pixels that are worth having."""
        self._closer.request(photo)

    def close(self) -> None:
        """Stops decoding."""
        self._fitting.close()
        self._closer.close()

    def _keep(self, photo: PhotoFile, image: QImage) -> None:
        self._kept[photo] = image
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.fitted.emit(photo, image)
