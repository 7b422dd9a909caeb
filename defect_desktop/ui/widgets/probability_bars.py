"""The classes a verdict ranks, each with a bar as long as it is probable."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from defect_desktop.ui.look import Look
from defect_desktop.ui.widgets.chip import chip_font
from defect_desktop.ui.wording import percent

_ROW = 46
_BAR = 8


class ProbabilityBars(QWidget):
    """A row for every class: its name, its probability, and the bar below."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._entries: list[tuple[str, float]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_entries(self, entries: list[tuple[str, float]]) -> None:
        """Shows names with probabilities, the most probable first."""
        self._entries = entries
        self.setAccessibleName(", ".join(f"{name} {percent(share)}" for name, share in entries))
        self.setVisible(bool(entries))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, D102
        return QSize(220, _ROW * len(self._entries))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, (name, share) in enumerate(self._entries):
            self._paint_row(painter, QRect(0, place * _ROW, self.width(), _ROW), name, share, chosen=place == 0)
        painter.end()

    def _paint_row(self, painter: QPainter, place: QRect, name: str, share: float, *, chosen: bool) -> None:
        theme = self._look.theme
        font = chip_font(self.font()) if chosen else self.font()
        metrics = QFontMetrics(font)
        number = percent(share)
        words = place.adjusted(0, 0, 0, -_BAR - 10)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
        room = words.width() - metrics.horizontalAdvance(number) - theme.sizes.m
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        bar = QRect(place.left(), words.bottom() + 2, place.width(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("surface_raised"))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        painter.setBrush(theme.colour("accent" if chosen else "border_strong"))
        bar.setWidth(max(_BAR, round(bar.width() * share)))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
