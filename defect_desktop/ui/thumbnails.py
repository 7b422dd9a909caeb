"""Thumbnails of the rows in view, kept for a while. Whoever paints a row asks; what is not there yet comes later."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage, QPixmap

from defect_desktop.core.record import PhotoFile
from defect_desktop.ui.image_loader import ImageLoader

if TYPE_CHECKING:
    from defect_desktop.workflows.show_photo import ShowPhoto

_KEPT = 400
_WAITING = 40


class Thumbnails(QObject):
    """A bounded cache over an `ImageLoader`; `changed` says that something new can be painted.

    A photo is known by its path, size and mtime, so a file that is replaced gets a new thumbnail.
    """

    changed = Signal()

    def __init__(self, show_photo: ShowPhoto, size: QSize, ratio: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ratio = ratio
        self._kept: OrderedDict[PhotoFile, QPixmap] = OrderedDict()
        width, height = round(size.width() * ratio), round(size.height() * ratio)
        self._loader = ImageLoader(lambda photo: show_photo(photo.path, width, height), _WAITING, self)
        self._loader.loaded.connect(self._keep)

    def get(self, photo: PhotoFile) -> QPixmap | None:
        """The photo's thumbnail: None while it is not there yet, null where there can be none."""
        pixmap = self._kept.get(photo)
        if pixmap is None:
            self._loader.request(photo)
        else:
            self._kept.move_to_end(photo)
        return pixmap

    def try_again(self) -> None:
        """What could not be shown may be there by now: it is asked for anew where it is in view."""
        for photo in [photo for photo, pixmap in self._kept.items() if pixmap.isNull()]:
            del self._kept[photo]

    def close(self) -> None:
        """Stops decoding."""
        self._loader.close()

    def _keep(self, photo: PhotoFile, image: QImage) -> None:
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(self._ratio)
        self._kept[photo] = pixmap
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.changed.emit()
