"""Why the program said what it said: the heatmap's slider, and what each network thinks on its own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.review.explaining import Explained
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.wording import percent

_FULL = 100
_AT_FIRST = 60


class WhyPanel(QFrame):
    """`opacity_changed` brings the heatmap's opacity, from 0 to 1."""

    opacity_changed = Signal(float)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._look = look
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _FULL)
        self.slider.setValue(_AT_FIRST)
        self.slider.setAccessibleName(self.tr("Strength of the heatmap"))
        self.slider.valueChanged.connect(lambda: self.opacity_changed.emit(self.opacity))
        self._caption = label(self.tr("Heatmap"))
        self._said = label(wraps=True)
        self._opinions = label(wraps=True)
        sizes = look.theme.sizes
        row = QHBoxLayout()
        row.setSpacing(sizes.m)
        row.addWidget(self._caption)
        row.addWidget(self.slider, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.l, sizes.s, sizes.l, sizes.s)
        column.setSpacing(sizes.xs)
        column.addLayout(row)
        column.addWidget(self._opinions)
        column.addWidget(self._said)

    @property
    def opacity(self) -> float:
        """How much the heatmap covers."""
        return self.slider.value() / _FULL

    @property
    def text(self) -> str:
        """All that is said."""
        return "\n".join(one.text() for one in (self._opinions, self._said) if not one.isHidden())

    def wait(self) -> None:
        """Says that the answer is on its way."""
        self._show(self.tr("Looking at what the networks saw…"), "", heat=False)

    def show_explained(self, explained: Explained, record: PhotoRecord) -> None:
        """Shows the answer."""
        sentence = self._look.say(explained.sentence) if explained.sentence else ""
        self._show(sentence, "\n".join(self._lines(explained, record)), heat=not explained.heat.isNull())

    def _lines(self, explained: Explained, record: PhotoRecord) -> list[str]:
        line = self.tr("Network {number}: {opinions}")
        return [
            line.format(
                number=number,
                opinions="  ·  ".join(
                    f"{self._look.say(record.name_of(one.label))} {percent(one.probability, 0)}" for one in ranked
                ),
            )
            for number, ranked in enumerate(explained.opinions, 1)
        ]

    def _show(self, sentence: str, opinions: str, *, heat: bool) -> None:
        for widget, text in ((self._said, sentence), (self._opinions, opinions)):
            widget.setText(text)
            widget.setVisible(bool(text))
        for part in (self.slider, self._caption):
            part.setVisible(heat)
