"""The program's own icons: SVG files drawn in one colour, which is given to them when they are used."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SIZES = (22, 24)
"""The sides of buttons' icons, in device-independent pixels; Qt makes smaller ones from these."""


class Icons:
    """The icons in a folder, rendered once for each colour and size.

    Buttons get icons of pixmaps. An engine that renders what is shown would be quicker, but one that is written in
    Python brings the process down where Qt clones it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drawings: dict[tuple[str, str], QSvgRenderer] = {}
        self._rendered: dict[tuple[str, str, int, float], QPixmap] = {}
        self._icons: dict[tuple[str, str, str, str | None], QIcon] = {}

    def pixmap(self, name: str, colour: QColor, side: int, ratio: float = 1.0) -> QPixmap:
        """The icon, `side` device-independent pixels wide and high, for a screen of this device pixel ratio."""
        key = (name, colour.name(), side, ratio)
        if key not in self._rendered:
            self._rendered[key] = self._render(*key)
        return self._rendered[key]

    def icon(self, name: str, colour: QColor, disabled: QColor, checked: QColor | None = None) -> QIcon:
        """The icon for a button."""
        key = (name, colour.name(), disabled.name(), checked.name() if checked else None)
        if key not in self._icons:
            self._icons[key] = self._make(name, colour, disabled, checked)
        return self._icons[key]

    def _make(self, name: str, colour: QColor, disabled: QColor, checked: QColor | None) -> QIcon:
        icon, ratio = QIcon(), max(screen.devicePixelRatio() for screen in QGuiApplication.screens())
        for side in _SIZES:
            icon.addPixmap(self.pixmap(name, colour, side, ratio))
            icon.addPixmap(self.pixmap(name, disabled, side, ratio), QIcon.Mode.Disabled)
            if checked:
                icon.addPixmap(self.pixmap(name, checked, side, ratio), QIcon.Mode.Normal, QIcon.State.On)
        return icon

    def _render(self, name: str, colour: str, side: int, ratio: float) -> QPixmap:
        pixmap = QPixmap(round(side * ratio), round(side * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self._drawing(name, colour).render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _drawing(self, name: str, colour: str) -> QSvgRenderer:
        if (name, colour) not in self._drawings:
            source = (self._folder / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
            self._drawings[name, colour] = QSvgRenderer(QByteArray(source.encode()))
        return self._drawings[name, colour]
