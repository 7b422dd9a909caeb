"""One photo as large as its place allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from defect_desktop.core.record import PhotoFile
from defect_desktop.ui.image_loader import ImageLoader
from defect_desktop.ui.look import Look

if TYPE_CHECKING:
    from defect_desktop.workflows.show_photo import ShowPhoto

_LONGEST = 2400
"""Enough for a large screen; more would only cost memory and time."""


class PhotoView(QWidget):
    """Decodes in the background; what arrives for a photo that is no longer wanted is thrown away."""

    def __init__(self, look: Look, show_photo: ShowPhoto, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._photo: PhotoFile | None = None
        self._image: QImage | None = None
        self._scaled: QPixmap | None = None
        # Only the photo that is wanted now waits: arrow keys held down skip the ones between.
        self._loader = ImageLoader(lambda photo: show_photo(photo.path, _LONGEST, _LONGEST), 1, self)
        self._loader.loaded.connect(self._receive)
        self.setMinimumSize(280, 240)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the page's keys work while the focus is in the page
        self.setAccessibleName(self.tr("Photo"))

    @property
    def image(self) -> QImage | None:
        """What is shown: None while it is being decoded, null where the photo cannot be shown."""
        return self._image

    def show_photo(self, photo: PhotoFile) -> None:
        """Shows a photo as soon as it is decoded."""
        self._photo = photo
        self._set_image(None)
        self._loader.request(photo)

    def close_loader(self) -> None:
        """Stops decoding."""
        self._loader.close()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102
        self._scaled = None
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.theme.colour("surface_raised"))
        if self._image is None or self._image.isNull():
            self._paint_text(painter)
        else:
            pixmap = self._fitted(self._image)
            size = pixmap.deviceIndependentSize().toSize()
            painter.drawPixmap(_centred(size, self.rect()), pixmap)
        painter.end()

    def _paint_text(self, painter: QPainter) -> None:
        text = self.tr("Opening the photo…") if self._image is None else self.tr("The photo cannot be shown.")
        painter.setPen(self._look.theme.colour("text_muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)

    def _fitted(self, image: QImage) -> QPixmap:
        if self._scaled is None:
            ratio = self.devicePixelRatioF()
            room = (self.size() * ratio).boundedTo(image.size() * 4)
            fitted = image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            self._scaled = QPixmap.fromImage(fitted)
            self._scaled.setDevicePixelRatio(ratio)
        return self._scaled

    def _receive(self, photo: PhotoFile, image: QImage) -> None:
        if photo == self._photo:
            self._set_image(image)

    def _set_image(self, image: QImage | None) -> None:
        self._image, self._scaled = image, None
        self.update()


def _centred(size: QSize, place: QRect) -> QPoint:
    return place.center() - QRect(QPoint(0, 0), size).center()
