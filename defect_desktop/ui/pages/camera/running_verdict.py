"""The running verdict, to be read at arm's length. It is painted, as a layout would be upset twenty times a second."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from defect_desktop.core.decision import Verdict
from defect_desktop.ui.look import Look
from defect_desktop.ui.record_state import State
from defect_desktop.ui.widgets.chip import chip_font
from defect_desktop.ui.wording import percent, state_word

_ICON = 28
_BAR = 14


class RunningVerdict(QWidget):
    """The label, how probable it is, and in words, sign and colour whether it needs a check; empty at first."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._name = ""
        self._verdict: Verdict | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """All that is shown; empty where nothing is."""
        if self._verdict is None:
            return ""
        return f"{self._name} {percent(self._verdict.confidence, 0)}, {state_word(self._state(self._verdict))}"

    def show_verdict(self, name: str, verdict: Verdict) -> None:
        """Shows a verdict; `name` is what its label is called."""
        before = self.text
        self._name, self._verdict = name, verdict
        if self.text != before:
            self.setAccessibleName(self.text)
            self.update()

    def clear(self) -> None:
        """Shows nothing."""
        self._verdict = None
        self.setAccessibleName("")
        self.update()

    # What follows is Qt's interface, with Qt's names.

    def sizeHint(self) -> QSize:  # noqa: N802, D102
        sizes = self._look.theme.sizes
        return QSize(
            280, 2 * self._lines(self._large()) + _BAR + self._lines(self._middle()) + 2 * sizes.m + 2 * sizes.s
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102
        if self._verdict is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sizes = self._look.theme.sizes
        words = QRect(0, 0, self.width(), 2 * self._lines(self._large()))
        self._paint_name(painter, words)
        bar = QRect(0, words.bottom() + sizes.s, self.width(), _BAR)
        self._paint_bar(painter, bar, self._verdict.confidence)
        self._paint_state(painter, bar.bottom() + sizes.m, self._state(self._verdict))
        painter.end()

    def _paint_name(self, painter: QPainter, words: QRect) -> None:
        font = self._large()
        painter.setFont(font)
        painter.setPen(self._look.theme.colour("text"))
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        shown = self._name
        if painter.boundingRect(words, flags, shown).height() > words.height():
            shown = QFontMetrics(font).elidedText(shown, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, flags, shown)

    def _paint_bar(self, painter: QPainter, bar: QRect, share: float) -> None:
        theme = self._look.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("surface_raised"))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(
            QRect(bar.topLeft(), QSize(max(_BAR, round(bar.width() * share)), _BAR)), _BAR / 2, _BAR / 2
        )

    def _paint_state(self, painter: QPainter, top: int, state: State) -> None:
        assert self._verdict is not None
        theme = self._look.theme
        font = self._middle()
        painter.setFont(font)
        row = QRect(0, top, self.width(), self._lines(font) + theme.sizes.s)
        painter.setPen(theme.colour("text"))
        painter.drawText(
            row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, percent(self._verdict.confidence, 0)
        )
        word = state_word(state)
        ink = theme.colour(state.value)
        pad = theme.sizes.m
        wide = _ICON + QFontMetrics(font).horizontalAdvance(word) + 3 * pad
        chip = QRect(row.left(), row.top(), wide, row.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{state.value}_soft"))
        painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
        icon = self._look.icons.pixmap(state.value, ink, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(chip.left() + pad, chip.center().y() - _ICON // 2 + 1, icon)
        painter.setPen(ink)
        painter.drawText(chip.adjusted(2 * pad + _ICON, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, word)

    def _state(self, verdict: Verdict) -> State:
        return State.CHECK if verdict.needs_check else State.SURE

    def _large(self) -> QFont:
        font = chip_font(self.font())
        font.setPixelSize(round(self._look.theme.sizes.headline * 1.3))
        return font

    def _middle(self) -> QFont:
        font = chip_font(self.font())
        font.setPixelSize(self._look.theme.sizes.title)
        return font

    def _lines(self, font: QFont) -> int:
        return QFontMetrics(font).lineSpacing()
