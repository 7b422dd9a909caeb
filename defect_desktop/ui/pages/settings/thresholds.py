"""When a photo needs a check, and what another choice would mean for the photos that are stored."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from defect_desktop.core.decision import Thresholds
from defect_desktop.preferences import AS_THE_PACK_SAYS
from defect_desktop.store.threshold_preview import CheckCount
from defect_desktop.ui.desk import Desk
from defect_desktop.ui.navigation import PageContext
from defect_desktop.ui.pages.settings.section import Section
from defect_desktop.ui.pages.settings.services import SettingsServices
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.widgets.wheel import scroll_past
from defect_desktop.ui.wording import percent

_NAMES = ("confidence", "margin", "agreement")


class ThresholdsSection(Section):
    """A slider a threshold. The preview follows the finger, the preference is changed when it lets go."""

    def __init__(
        self, context: PageContext, services: SettingsServices, desk: Desk, parent: QWidget | None = None
    ) -> None:
        super().__init__(context.look, "thresholds", self.tr("Needs check"), parent)
        self._preferences = context.preferences
        self._services = services
        self._desk = desk
        self._own = context.preferences.value.thresholds
        self._packs: Thresholds | None = None
        self.sliders: dict[str, QSlider] = {}
        self._values: dict[str, QLabel] = {}
        self.add_note(self.tr("A photo needs a check where one of these is below its threshold."))
        titles = (self.tr("Confidence"), self.tr("Distance to the second choice"), self.tr("Agreement of the models"))
        for name, title in zip(_NAMES, titles, strict=True):
            self._add_slider(name, title)
        self.preview = label(role="strong", wraps=True)
        self.column.addWidget(self.preview)
        self.reset = QPushButton(context.look.icon("reset"), " " + self.tr("As the model pack says"))
        self.reset.clicked.connect(self._reset)
        self.row(self.reset)
        self.add_note(self.tr("Counts for photos that are classified from now on; stored verdicts stay as they are."))
        self.setEnabled(False)

    def show_packs(self, thresholds: Thresholds | None) -> None:
        """Tells what the pack asks for, where there is one; it counts wherever the user has no choice of their own."""
        self._packs = thresholds
        self.setEnabled(thresholds is not None)
        self._show()

    def refresh(self) -> None:
        """Counts anew: there may be other photos now."""
        if self._packs:
            thresholds = self._own.over(self._packs)
            self._desk.ask("thresholds", lambda: self._services.count_checks(thresholds), self._show_count)

    def _add_slider(self, name: str, title: str) -> None:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, 100)
        slider.setPageStep(5)
        slider.setAccessibleName(title)
        slider.valueChanged.connect(lambda value: self._move(name, value))
        slider.sliderReleased.connect(self._keep)
        slider.setObjectName(name)
        scroll_past(slider)
        value = label(role="strong")
        top = QHBoxLayout()
        top.addWidget(label(title, "field"), 1)
        top.addWidget(value)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        rows.addLayout(top)
        rows.addWidget(slider)
        self.column.addLayout(rows)
        self.sliders[name], self._values[name] = slider, value

    def _move(self, name: str, value: int) -> None:
        self._own = self._own._replace(**{name: value / 100})
        self._show()
        if not self.sliders[name].isSliderDown():  # moved with keys
            self._keep()

    def _keep(self) -> None:
        if self._own != self._preferences.value.thresholds:
            self._preferences.change(thresholds=self._own)

    def _reset(self) -> None:
        self._own = AS_THE_PACK_SAYS
        self._keep()
        self._show()

    def _show(self) -> None:
        if self._packs is None:
            return
        present = self._own.over(self._packs)
        for name in _NAMES:
            share: float = getattr(present, name)
            with QSignalBlocker(self.sliders[name]):
                self.sliders[name].setValue(round(share * 100))
            self._values[name].setText(percent(share, 0))
        self.reset.setEnabled(self._own != AS_THE_PACK_SAYS)
        self.refresh()

    def _show_count(self, count: CheckCount) -> None:
        if not count.photos:
            self.preview.setText(self.tr("There are no stored photos yet to try it on."))
            return
        text = self.tr("Of %n stored photo(s), {checks} ({share}) would need a check.", "", count.photos)
        share = percent(count.checks / count.photos, 0)
        self.preview.setText(text.format(checks=QLocale().toString(count.checks), share=share))
