"""The camera's picture, what is wrong with it, and what is wrong with the camera."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from defect_desktop.ui.look import Look
from defect_desktop.ui.widgets.chip import chip_font

_STAGE = QColor(16, 20, 24)
_VEIL = QColor(0, 0, 0, 150)
_INK = QColor(255, 255, 255)
_ICON = 24
_SIGN = 48
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter


class LiveView(QWidget):
    """Paints the last picture that it was given, the hints above it, and over all of it why there is no newer one."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._image = QImage()
        self.hints: tuple[str, ...] = ()
        self.notice = ""
        self._room = (1, 1)
        self.setMinimumSize(280, 210)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Camera picture"))

    @property
    def has_picture(self) -> bool:
        """Whether there is a picture, an old one perhaps."""
        return not self._image.isNull()

    def room(self) -> tuple[int, int]:
        """The pixels of the screen that a picture can have, across and down. Any thread may ask."""
        return self._room

    def show_picture(self, image: QImage, hints: Sequence[str]) -> None:
        """Shows a picture, with sentences above it, in place of the one before."""
        self._image = image
        self._say(tuple(hints), "")

    def forget_picture(self) -> None:
        """Shows none until there is another: the last one may be of another camera."""
        self._image = QImage()
        self.update()

    def show_notice(self, notice: str) -> None:
        """Says why there is no newer picture."""
        self._say((), notice)

    def _say(self, hints: tuple[str, ...], notice: str) -> None:
        if (hints, notice) != (self.hints, self.notice):
            self.hints, self.notice = hints, notice
            self.setAccessibleDescription(notice or " ".join(hints))
        self.update()

    # What follows is Qt's interface, with Qt's names.

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102
        super().resizeEvent(event)
        ratio = self.devicePixelRatioF()
        self._room = round(self.width() * ratio), round(self.height() * ratio)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102
        painter = QPainter(self)
        painter.fillRect(self.rect(), _STAGE)
        if self.has_picture:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._place_of_picture(), self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_hints(painter)
        if self.notice:
            self._paint_notice(painter)
        painter.end()

    def _place_of_picture(self) -> QRect:
        ratio = self.devicePixelRatioF()
        own = QSize(round(self._image.width() / ratio), round(self._image.height() / ratio))
        place = QRect(QPoint(), own)
        if own.width() < self.width() and own.height() < self.height():
            place.setSize(own.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio))
        place.moveCenter(self.rect().center())
        return place

    def _paint_hints(self, painter: QPainter) -> None:
        theme = self._look.theme
        pad = theme.sizes.m
        top = theme.sizes.s
        painter.setFont(chip_font(self.font()))
        for hint in self.hints:
            words = QRect(2 * pad + _ICON + pad, top + theme.sizes.s, self.width() - 5 * pad - _ICON, self.height())
            words = painter.boundingRect(words, Qt.TextFlag.TextWordWrap, hint)
            words.setHeight(max(words.height(), _ICON))
            band = words.adjusted(-2 * pad - _ICON, -theme.sizes.s, pad, theme.sizes.s)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("check_soft"))
            painter.drawRoundedRect(band, theme.sizes.radius, theme.sizes.radius)
            ink = theme.colour("check")
            icon = self._look.icons.pixmap("check", ink, _ICON, self.devicePixelRatioF())
            painter.drawPixmap(band.left() + pad, band.center().y() - _ICON // 2 + 1, icon)
            painter.setPen(ink)
            painter.drawText(words, _WRAPPED, hint)
            top = band.bottom() + theme.sizes.xs

    def _paint_notice(self, painter: QPainter) -> None:
        sizes = self._look.theme.sizes
        painter.fillRect(self.rect(), _VEIL)
        font = chip_font(self.font())
        font.setPixelSize(sizes.title)
        painter.setFont(font)
        painter.setPen(_INK)
        width = min(self.width() - 2 * sizes.xl, sizes.grown(520))
        words = QRect((self.width() - width) // 2, 0, width, self.height())
        centred = _WRAPPED | Qt.AlignmentFlag.AlignHCenter
        words = painter.boundingRect(words, centred, self.notice)
        icon = self._look.icons.pixmap("camera", _INK, _SIGN, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - _SIGN) // 2, words.top() - _SIGN - sizes.m, icon)
        painter.drawText(words, centred, self.notice)
