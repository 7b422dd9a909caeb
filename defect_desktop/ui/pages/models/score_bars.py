"""Classes with how well a pack tells them: a bar a class, and words where there is too little evidence for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from defect_desktop.ui.look import Look

_BAR = 8
_SHORTEST_BAR = 40
"""Where there is little room, a bar gives its own to the names, and they end in dots where that is not enough."""


@dataclass(frozen=True, slots=True)
class Score:
    """A name, a share from 0 to 1 or None where there is no evidence for one, and what to say about it."""

    name: str
    share: float | None
    words: str


class ScoreBars(QWidget):
    """As high as its rows; it is read out as a list."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._scores: Sequence[Score] = ()
        self._small = QFont(self.font())
        self._small.setPixelSize(look.theme.sizes.small)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_scores(self, scores: Sequence[Score]) -> None:
        """Shows these."""
        self._scores = scores
        self.setAccessibleName(", ".join(f"{score.name}: {score.words}" for score in scores))
        self.setVisible(bool(scores))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, D102
        return QSize(260, self._row * len(self._scores))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._small)
        for number, score in enumerate(self._scores):
            self._paint(painter, QRect(0, number * self._row, self.width(), self._row), score)
        painter.end()

    @property
    def _row(self) -> int:
        return QFontMetrics(self._small).height() + self._look.theme.sizes.s

    def _paint(self, painter: QPainter, place: QRect, score: Score) -> None:
        theme, metrics = self._look.theme, QFontMetrics(self._small)
        named = max(metrics.horizontalAdvance(each.name) for each in self._scores) + 2 * theme.sizes.s
        said = max(metrics.horizontalAdvance(each.words) for each in self._scores)
        room = place.width() - said - theme.sizes.s - _SHORTEST_BAR
        name = QRect(place.left(), place.top(), min(named, room), place.height())
        words = QRect(place.right() - said, place.top(), said, place.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.colour("text"))
        shown = metrics.elidedText(score.name, Qt.TextElideMode.ElideRight, name.width() - theme.sizes.s)
        painter.drawText(name, middle | Qt.AlignmentFlag.AlignLeft, shown)
        painter.setPen(theme.colour("text" if score.share is not None else "text_muted"))
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextDontClip, score.words)
        if score.share is None:
            return
        bar = QRect(name.right(), place.center().y() - _BAR // 2, words.left() - theme.sizes.s - name.right(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("surface_raised"))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        painter.setBrush(theme.colour("accent"))
        bar.setWidth(max(_BAR, round(bar.width() * score.share)))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
