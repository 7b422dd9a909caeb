"""The program's own icons: SVG files drawn in one colour, which is given to them when they are used."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

BUTTON = 22
"""The side of buttons' icons, in device-independent pixels; Qt makes smaller ones from these."""


class Icons:
    """The icons in a folder, rendered once for each colour and size.

    Buttons get icons of pixmaps. An engine that renders what is shown would be quicker, but one that is written in
    Python brings the process down where Qt clones it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drawings: dict[str, QSvgRenderer] = {}
        self._stencils: dict[tuple[str, int], QPixmap] = {}
        self._rendered: dict[tuple[str, str, int, float], QPixmap] = {}
        self._icons: dict[tuple[str, str, str, str | None, int], QIcon] = {}

    def pixmap(self, name: str, colour: QColor, side: int, ratio: float = 1.0) -> QPixmap:
        """The icon, `side` device-independent pixels wide and high, for a screen of this device pixel ratio."""
        key = (name, colour.name(), side, ratio)
        if key not in self._rendered:
            self._rendered[key] = self._render(*key)
        return self._rendered[key]

    def icon(
        self, name: str, colour: QColor, disabled: QColor, checked: QColor | None = None, side: int = BUTTON
    ) -> QIcon:
        """The icon for a button."""
        key = (name, colour.name(), disabled.name(), checked.name() if checked else None, side)
        if key not in self._icons:
            self._icons[key] = self._make(name, colour, disabled, checked, side)
        return self._icons[key]

    def _make(self, name: str, colour: QColor, disabled: QColor, checked: QColor | None, side: int) -> QIcon:
        ratio = max(screen.devicePixelRatio() for screen in QGuiApplication.screens())
        icon = QIcon(self.pixmap(name, colour, side, ratio))
        icon.addPixmap(self.pixmap(name, disabled, side, ratio), QIcon.Mode.Disabled)
        if checked:
            icon.addPixmap(self.pixmap(name, checked, side, ratio), QIcon.Mode.Normal, QIcon.State.On)
        return icon

    def _render(self, name: str, colour: str, side: int, ratio: float) -> QPixmap:
        stencil = self._stencil(name, round(side * ratio))
        pixmap = _transparent(stencil.width())
        pixmap.fill(QColor(colour))
        painter = QPainter(pixmap)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
        painter.drawPixmap(0, 0, stencil)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _stencil(self, name: str, pixels: int) -> QPixmap:
        """The drawing in any colour: to cut it out of others takes far less time than to draw it in each of them."""
        if (name, pixels) not in self._stencils:
            stencil = self._stencils[name, pixels] = _transparent(pixels)
            painter = QPainter(stencil)
            self._drawing(name).render(painter, QRectF(stencil.rect()))
            painter.end()
        return self._stencils[name, pixels]

    def _drawing(self, name: str) -> QSvgRenderer:
        if name not in self._drawings:
            self._drawings[name] = QSvgRenderer(str(self._folder / f"{name}.svg"))
        return self._drawings[name]


def _transparent(pixels: int) -> QPixmap:
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap
