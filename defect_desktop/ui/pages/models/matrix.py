"""The confusion matrix: what people said, row by row, against what a pack said, column by column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from defect_desktop.ui.look import Look

_CELL = 28
_NAMES = 140
_HEADS = 120
_STRONGEST = 0.45
"""The text on it keeps its contrast in both themes."""


class ConfusionMatrix(QWidget):
    """Every cell has its number; the stronger its colour, the larger its share of the row. Right ones are framed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._labels: Sequence[str] = ()
        self._counts: Mapping[tuple[str, str], int] = {}
        self._rows: Counter[str] = Counter()
        self._name: Callable[[str], str] = str
        self._small = QFont(self.font())
        self._small.setPixelSize(look.theme.sizes.small)
        self._side, self._names, self._heads = map(look.theme.sizes.grown, (_CELL, _NAMES, _HEADS))

    def show_counts(self, counts: Mapping[tuple[str, str], int], name: Callable[[str], str]) -> None:
        """Shows how often (the person's label, the pack's label) came together."""
        self._counts, self._name = counts, name
        self._labels = sorted({label for pair in counts for label in pair}, key=name)
        self._rows = Counter()
        for (human, _), count in counts.items():
            self._rows[human] += count
        self.setFixedSize(self._size())
        self.setAccessibleName(self.tr("Confusion matrix"))
        said = (f"{name(human)} → {name(pack)}: {count}" for (human, pack), count in sorted(counts.items()))
        self.setAccessibleDescription(", ".join(said))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._small)
        for place, label in enumerate(self._labels):
            self._paint_names(painter, place, label)
            for column, said in enumerate(self._labels):
                self._paint_cell(painter, self._cell(place, column), label, said)
        painter.end()

    def _size(self) -> QSize:
        side = self._side * len(self._labels) + 1
        return QSize(self._names + side, self._heads + side)

    def _cell(self, row: int, column: int) -> QRect:
        return QRect(self._names + column * self._side, self._heads + row * self._side, self._side, self._side)

    def _paint_names(self, painter: QPainter, place: int, label: str) -> None:
        theme, metrics = self._look.theme, QFontMetrics(self._small)
        painter.setPen(theme.colour("text"))
        row = QRect(0, self._heads + place * self._side, self._names - theme.sizes.s, self._side)
        name = metrics.elidedText(self._name(label), Qt.TextElideMode.ElideRight, row.width())
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, name)
        painter.save()
        painter.translate(QPoint(self._names + place * self._side + self._side // 2, self._heads - theme.sizes.s))
        painter.rotate(-90)
        head = metrics.elidedText(self._name(label), Qt.TextElideMode.ElideRight, self._heads - theme.sizes.s)
        painter.drawText(QPoint(0, metrics.ascent() // 2), head)
        painter.restore()

    def _paint_cell(self, painter: QPainter, place: QRect, human: str, said: str) -> None:
        theme = self._look.theme
        count = self._counts.get((human, said), 0)
        share = count / self._rows[human] if self._rows[human] else 0.0
        ground = theme.colour("accent")
        ground.setAlphaF(_STRONGEST * share)
        painter.setPen(theme.colour("border"))
        painter.setBrush(ground)
        painter.drawRect(place)
        if human == said:
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(1, 1, -1, -1))
        if count:
            painter.setPen(theme.colour("text"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{count:,}")
