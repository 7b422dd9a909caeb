"""Why the program said what it said: the heatmap's slider, and what each network thinks on its own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.review.explaining import Explained
from defect_desktop.ui.widgets.labels import ElidedLabel, label
from defect_desktop.ui.widgets.wheel import scroll_past
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
        self.slider.setMinimumHeight(look.theme.sizes.target)
        scroll_past(self.slider)
        self._caption = label(self.tr("Heatmap"))
        self._said = label(wraps=True)
        self._opinions: list[ElidedLabel] = []
        sizes = look.theme.sizes
        row = QHBoxLayout()
        row.setSpacing(sizes.m)
        row.addWidget(self._caption)
        row.addWidget(self.slider, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(sizes.l, sizes.s, sizes.l, sizes.s)
        self._column.setSpacing(sizes.xs)
        self._column.addLayout(row)
        self._column.addWidget(self._said)

    @property
    def opacity(self) -> float:
        """How much the heatmap covers."""
        return self.slider.value() / _FULL

    @property
    def text(self) -> str:
        """All that is said."""
        said = [] if self._said.isHidden() else [self._said.text()]
        return "\n".join([*(line.accessibleName() for line in self._opinions if not line.isHidden()), *said])

    def wait(self) -> None:
        """Says that the answer is on its way."""
        self._show(self.tr("Looking at what the networks saw…"), [], heat=False)

    def show_explained(self, explained: Explained, record: PhotoRecord) -> None:
        """Shows the answer."""
        sentence = self._look.say(explained.sentence) if explained.sentence else ""
        self._show(sentence, self._lines(explained, record), heat=not explained.heat.isNull())

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

    def _show(self, sentence: str, opinions: list[str], *, heat: bool) -> None:
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        while len(self._opinions) < len(opinions):  # a pack has as many networks as it likes
            self._opinions.append(ElidedLabel("body"))
            self._column.insertWidget(len(self._opinions), self._opinions[-1])
        for place, line in enumerate(self._opinions):
            line.setVisible(place < len(opinions))
            line.show_text(opinions[place] if place < len(opinions) else "")
        for part in (self.slider, self._caption):
            part.setVisible(heat)
