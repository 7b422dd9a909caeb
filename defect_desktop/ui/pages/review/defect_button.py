"""A large button that names a defect: its key, its name, and how probable the program finds it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.review.choices import Choice
from defect_desktop.ui.wording import in_two_lines, percent

_KEY = 22
_BAR = 5
_LEAST = 0.65
"""A long name becomes no smaller than this part of small text."""


class DefectButton(QPushButton):
    """Shows a `Choice`; checked where it is one of several defects that were named."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._name = ""
        self.choice = Choice("", "")
        self.setProperty("kind", "defect")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_choice(self, choice: Choice, name: str, *, named: bool) -> None:
        """Changes what the button stands for."""
        self.choice, self._name = choice, name
        share = "" if choice.share is None else percent(choice.share, 0)
        self.setAccessibleName(f"{name} {share}".strip())
        self.setToolTip(f"{name} ({choice.key})" if choice.key else name)
        self.setChecked(named)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, D102
        return QSize(150, self._look.theme.sizes.target)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102
        super().paintEvent(event)
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = self.rect().adjusted(theme.sizes.s, 0, -theme.sizes.m, 0)
        key = QRect(inner.left(), inner.center().y() - _KEY // 2, _KEY, _KEY)
        self._paint_key(painter, key)
        words = inner.adjusted(_KEY + theme.sizes.s, 0, 0, 0)
        if self.choice.share is not None:
            words = self._paint_share(painter, words, self.choice.share)
        self._paint_name(painter, words)
        painter.end()

    def _paint_name(self, painter: QPainter, place: QRect) -> None:
        font, lines = self._fitted(painter.font(), place.width())
        painter.setFont(font)
        painter.setPen(self._look.theme.colour("text"))
        elided = [QFontMetrics(font).elidedText(line, Qt.TextElideMode.ElideRight, place.width()) for line in lines]
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, "\n".join(elided))

    def _fitted(self, font: QFont, width: int) -> tuple[QFont, list[str]]:
        """The name in one line where it has the room, else smaller, in two; and the font for it."""
        fits = _room(font, width)
        if fits(self._name):
            return font, [self._name]
        largest = self._look.theme.sizes.small
        lines: list[str] = []
        for size in range(largest, round(_LEAST * largest), -1):
            font.setPixelSize(size)
            fits = _room(font, width)
            lines = in_two_lines(self._name, fits)
            if all(map(fits, lines)):
                break
        return font, lines

    def _paint_key(self, painter: QPainter, place: QRect) -> None:
        theme = self._look.theme
        if self.isChecked():
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(place.topLeft(), self._look.icons.pixmap("tick", theme.colour("accent"), _KEY, ratio))
            return
        painter.setPen(theme.colour("border_strong"))
        painter.drawRoundedRect(place, 4, 4)
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.choice.key)

    def _paint_share(self, painter: QPainter, words: QRect, share: float) -> QRect:
        """Paints the bar below and the number at the right; the room that is left for the name."""
        theme = self._look.theme
        number = percent(share, 0)
        width = QFontMetrics(painter.font()).horizontalAdvance(number)
        upper = words.adjusted(0, 0, 0, -_BAR - 4)
        painter.setPen(theme.colour("text"))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, number)
        bar = QRect(words.left(), words.bottom() - _BAR - 7, words.width(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("surface_raised"))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRect(bar.topLeft(), QSize(max(_BAR, round(bar.width() * share)), _BAR)), 2, 2)
        return upper.adjusted(0, 0, -width - theme.sizes.s, 0)


def _room(font: QFont, width: int) -> Callable[[str], bool]:
    """Whether a text has room in a line of this width."""
    metrics = QFontMetrics(font)
    return lambda text: metrics.horizontalAdvance(text) <= width
