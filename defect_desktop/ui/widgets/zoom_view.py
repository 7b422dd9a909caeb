"""A photo to look at closely: zoomed, moved and pinched, swiped away, with something laid over it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from defect_desktop.core.record import PhotoFile
from defect_desktop.ui.look import Look
from defect_desktop.ui.widgets.photo_stock import PhotoStock
from defect_desktop.ui.widgets.touch import DoubleTap, Drag, Meaning, Pinch, Swipe, Touch
from defect_desktop.ui.widgets.viewport import Viewport

if TYPE_CHECKING:
    from defect_desktop.workflows.show_photo import ShowPhoto

_STEP = 1.6
_NOTCH = 1.25
_TAP_ZOOM = 3.0
_NOTCH_ANGLE = 120


class ZoomView(QWidget):
    """`swiped` (1 or -1): the person wants the next or the previous photo."""

    swiped = Signal(int)

    def __init__(self, look: Look, show_photo: ShowPhoto, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.viewport = Viewport()
        self._photo: PhotoFile | None = None
        self._image: QImage | None = None
        self._overlay = QImage()
        self._opacity = 0.0
        self._touch = Touch()
        self._pulled = 0.0
        self._held: QPointF | None = None
        self._stock = PhotoStock(show_photo, self)
        self._stock.fitted.connect(self._receive)
        self._stock.close_up.connect(self._receive)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 200)
        self.setAccessibleName(self.tr("Photo"))
        self._place_buttons()

    @property
    def image(self) -> QImage | None:
        """What is shown: None while it is being decoded, null where the photo cannot be shown."""
        return self._image

    def show_photo(self, photo: PhotoFile | None, following: PhotoFile | None = None) -> None:
        """Shows a photo as soon as it is decoded, and makes the one that follows ready."""
        if photo != self._photo:
            self._photo = photo
            self._image = None
            self._overlay = QImage()
            self.viewport = Viewport().sized(self.width(), self.height())
        if following is not None:
            self._stock.get(following)
        if photo is not None and self._image is None:  # asked for last, so it comes first
            image = self._stock.get(photo)
            if image is not None:
                self._receive(photo, image)
        self.update()

    def lay_over(self, image: QImage, opacity: float) -> None:
        """Lays an image over the whole photo, stretched to its size; a null one is none."""
        self._overlay, self._opacity = image, opacity
        self.update()

    def zoom(self, factor: float) -> None:
        """Shows the middle larger or smaller."""
        self._set(self.viewport.zoomed(factor, self.width() / 2, self.height() / 2))

    def zoom_in(self) -> None:
        """Shows the middle larger."""
        self.zoom(_STEP)

    def zoom_out(self) -> None:
        """Shows more."""
        self.zoom(1 / _STEP)

    def close_loader(self) -> None:
        """Stops decoding."""
        self._stock.close()

    # What follows is Qt's interface, with Qt's names.

    def event(self, event: QEvent) -> bool:  # noqa: D102
        touches = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel)
        if isinstance(event, QTouchEvent) and event.type() in touches:
            self._follow(event)
            event.accept()
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802, D102
        notches = event.angleDelta().y() / _NOTCH_ANGLE
        at = event.position()
        self._set(self.viewport.zoomed(_NOTCH**notches, at.x(), at.y()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102
        self._held = event.position()
        self.setFocus()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102
        if self._held is not None:
            by, self._held = event.position() - self._held, event.position()
            self._set(self.viewport.moved(by.x(), by.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102
        self._do(DoubleTap(event.position().toTuple()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102
        super().resizeEvent(event)
        self.viewport = self.viewport.sized(self.width(), self.height())
        ratio = self.devicePixelRatioF()
        if self._stock.fit_into(round(self.width() * ratio), round(self.height() * ratio)) and self._photo:
            self._stock.get(self._photo)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.theme.colour("surface_raised"))
        if self._image is None or self._image.isNull():
            self._paint_text(painter)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            left, top, wide, high = self.viewport.place
            place = QRectF(left + self._pulled, top, wide, high)
            painter.drawImage(place, self._image)
            if not self._overlay.isNull():
                painter.setOpacity(self._opacity)
                painter.drawImage(place, self._overlay)
        painter.end()

    def _paint_text(self, painter: QPainter) -> None:
        if self._photo is None:
            return
        text = self.tr("Opening the photo…") if self._image is None else self.tr("The photo cannot be shown.")
        painter.setPen(self._look.theme.colour("text_muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)

    def _follow(self, event: QTouchEvent) -> None:
        points = [point.position().toTuple() for point in event.points()]
        match event.type():
            case QEvent.Type.TouchBegin:
                self._touch.begin(points)
            case QEvent.Type.TouchUpdate:
                self._do(self._touch.move(points))
            case QEvent.Type.TouchEnd:
                self._pulled = 0
                self._do(self._touch.end(points, time.monotonic()))
                self.update()
            case _:
                self._pulled = 0
                self.update()

    def _do(self, meaning: Meaning | None) -> None:
        match meaning:
            case Pinch(factor, (x, y), (by_x, by_y)):
                self._pulled = 0
                self._set(self.viewport.moved(by_x, by_y).zoomed(factor, x, y))
            case Drag((by_x, by_y)) if self.viewport.magnified:
                self._set(self.viewport.moved(by_x, by_y))
            case Drag(_, (x, _)):
                self._pulled = x / 2  # the photo gives way to the finger: a swipe is under way
                self.update()
            case Swipe(step) if not self.viewport.magnified:
                self.swiped.emit(step)
            case DoubleTap((x, y)):
                factor = 1 / self.viewport.zoom if self.viewport.magnified else _TAP_ZOOM
                self._set(self.viewport.zoomed(factor, x, y))

    def _set(self, viewport: Viewport) -> None:
        if viewport.magnified and not self.viewport.magnified and self._photo is not None:
            self._stock.look_closer(self._photo)
        self.viewport = viewport
        self.update()

    def _receive(self, photo: PhotoFile, image: QImage) -> None:
        if photo != self._photo:
            return
        if self._image is None or image.isNull():
            self.viewport = self.viewport.of(image.width(), image.height())
        self._image = image.convertToFormat(QImage.Format.Format_RGB32)  # what a painter is fastest with
        self.update()

    def _place_buttons(self) -> None:
        sizes = self._look.theme.sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.s, sizes.s, sizes.s, sizes.s)
        column.setSpacing(sizes.xs)
        for icon, text, act in (
            ("zoom_in", self.tr("Larger"), self.zoom_in),
            ("zoom_out", self.tr("Smaller"), self.zoom_out),
        ):
            button = QToolButton()
            button.setIcon(self._look.icon(icon))
            button.setIconSize(QSize(22, 22))
            button.setProperty("kind", "icon")
            button.setAccessibleName(text)
            button.setToolTip(text)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys + and - do the same
            button.clicked.connect(act)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(1)
