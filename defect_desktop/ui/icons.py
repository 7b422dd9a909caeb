"""The program's own icons: SVG files drawn in one colour, which is given to them when they are used."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SIZES = (20, 24, 40, 48)


class Icons:
    """The icons in a folder, rendered once for each colour and size."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rendered: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, colour: QColor, side: int, ratio: float = 1.0) -> QPixmap:
        """The icon, `side` device-independent pixels wide and high, for a screen of this device pixel ratio."""
        key = (name, colour.name(), side, ratio)
        if key not in self._rendered:
            self._rendered[key] = self._render(*key)
        return self._rendered[key]

    def icon(self, name: str, colour: QColor, disabled: QColor, checked: QColor | None = None) -> QIcon:
        """The icon for a button."""
        icon = QIcon()
        for side in _SIZES:
            icon.addPixmap(self.pixmap(name, colour, side))
            icon.addPixmap(self.pixmap(name, disabled, side), QIcon.Mode.Disabled)
            if checked:
                icon.addPixmap(self.pixmap(name, checked, side), QIcon.Mode.Normal, QIcon.State.On)
        return icon

    def _render(self, name: str, colour: str, side: int, ratio: float) -> QPixmap:
        source = (self._folder / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
        pixmap = QPixmap(round(side * ratio), round(side * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap
