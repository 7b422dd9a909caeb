"""The verdict at a glance: an icon and a word on a soft colour, so that no sign stands alone."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from defect_desktop.ui.look import Look
from defect_desktop.ui.record_state import State
from defect_desktop.ui.wording import state_word

HEIGHT = 28
_ICON = 18
_PAD = 8


def chip_font(base: QFont) -> QFont:
    """The font of the word in a chip."""
    font = QFont(base)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def chip_width(text: str, font: QFont) -> int:
    """How wide a chip is that says `text`."""
    return _PAD + _ICON + _PAD // 2 + QFontMetrics(font).horizontalAdvance(text) + _PAD + 4


def paint_chip(painter: QPainter, place: QRect, look: Look, state: State, text: str) -> None:
    """Paints the chip into `place`; the painter must have the chip's font."""
    ratio = painter.device().devicePixelRatioF()
    ink = look.theme.colour(state.value)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.theme.colour(f"{state.value}_soft"))
    painter.drawRoundedRect(place, HEIGHT / 2, HEIGHT / 2)
    icon = look.icons.pixmap(state.value, ink, _ICON, ratio)
    painter.drawPixmap(place.left() + _PAD, place.center().y() - _ICON // 2 + 1, icon)
    painter.setPen(ink)
    words = place.adjusted(_PAD + _ICON + _PAD // 2, 0, -_PAD, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class Chip(QWidget):
    """A chip that stands by itself."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._state = State.SURE
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, state: State) -> None:
        """Changes what the chip says."""
        self._state = state
        self.setAccessibleName(state_word(state))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, D102
        return QSize(chip_width(state_word(self._state), chip_font(self.font())), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102
        painter = QPainter(self)
        painter.setFont(chip_font(self.font()))
        paint_chip(painter, self.rect(), self._look, self._state, state_word(self._state))
        painter.end()
