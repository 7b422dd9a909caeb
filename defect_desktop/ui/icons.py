"""The program's own icons: SVG files drawn in one colour, which is given to them when they are used."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer


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
        return QIcon(_Engine(self, name, colour, disabled, checked or colour))

    def _render(self, name: str, colour: str, side: int, ratio: float) -> QPixmap:
        source = (self._folder / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
        pixmap = QPixmap(round(side * ratio), round(side * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


class _Engine(QIconEngine):
    """Renders an icon in just the size and the colour in which it is shown: a page has a hundred it never shows."""

    def __init__(self, icons: Icons, name: str, colour: QColor, disabled: QColor, checked: QColor) -> None:
        super().__init__()
        self._icons = icons
        self._name = name
        self._colours = colour, disabled, checked

    # What follows is Qt's interface, with Qt's names.

    def clone(self) -> QIconEngine:
        return _Engine(self._icons, self._name, *self._colours)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        colour, disabled, checked = self._colours
        usual = checked if state is QIcon.State.On else colour
        shown = disabled if mode is QIcon.Mode.Disabled else usual
        return self._icons.pixmap(self._name, shown, min(size.width(), size.height()))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(rect, self.pixmap(rect.size() * ratio, mode, state))
