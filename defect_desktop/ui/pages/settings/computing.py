"""What computes the verdicts, and how fast that is here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from defect_desktop.core.progress import Progress
from defect_desktop.ui.navigation import PageContext
from defect_desktop.ui.pages.settings.services import SettingsServices
from defect_desktop.ui.pages.settings.speed_table import SpeedTable
from defect_desktop.ui.pages.settings.working_section import WorkingSection
from defect_desktop.ui.widgets.choice_group import ChoiceGroup
from defect_desktop.workflows.benchmark import BenchmarkResult


class ComputingSection(WorkingSection):
    """Engine, device, and a measurement that can be stopped."""

    def __init__(self, context: PageContext, services: SettingsServices, parent: QWidget | None = None) -> None:
        super().__init__(context, "engine", self.tr("Engine and device"), parent)
        self._services = services
        self._what = {
            "auto": self.tr("Automatic: what a measurement here recommended, else the best that works"),
            "openvino": self.tr("OpenVINO: fast on ordinary processors"),
            "openvino-int8": self.tr("OpenVINO in 8 bits: faster still, if the model pack was checked for it"),
            "torch": self.tr("torch: the reference, slower; not in every edition of the program"),
            "cpu": self.tr("The processor: always there"),
            "cuda": self.tr("An NVIDIA graphics card"),
            "intel-gpu": self.tr("Intel graphics"),
            "intel-npu": self.tr("Intel neural unit"),
        }
        self.engines = self._choice(self.tr("Engine"), services.engines, context.preferences.value.engine)
        self._engine_note = self.add_note()
        self.devices = self._choice(self.tr("Device"), services.devices, context.preferences.value.device)
        self._device_note = self.add_note()
        self.networks = self._networks(context.preferences.value.early_exit)
        for choice in (self.engines, self.devices, self.networks):
            choice.changed.connect(self._change)
        self.measure = QPushButton(context.look.icon("benchmark"), "")
        self.measure.clicked.connect(self._toggle)
        self.row(self.measure)
        self.column.addWidget(self._bar)
        self.measured: BenchmarkResult | None = None
        self.result: SpeedTable | None = None
        self._explain()
        self._allow()

    def stop(self) -> None:  # noqa: D102
        super().stop()
        self.measure.setEnabled(not self.working)

    def _choice(self, name: str, installed: Sequence[str], chosen: str) -> ChoiceGroup[str]:
        """What is installed, and what was chosen though it is not: in another edition, or in the file of settings."""
        group: ChoiceGroup[str] = ChoiceGroup(self.look, name, single=True)
        words = {
            "auto": self.tr("Automatic"),
            "cpu": self.tr("Processor"),
            "cuda": "CUDA",
            "intel-gpu": "Intel GPU",
            "intel-npu": "Intel NPU",
            "openvino": "OpenVINO",
            "openvino-int8": "OpenVINO INT8",
        }
        group.offer([(value, words.get(value, value)) for value in dict.fromkeys((*installed, chosen))])
        group.choose([chosen])
        self.add_field(name, group)
        return group

    def _networks(self, early_exit: bool) -> ChoiceGroup[bool]:
        group: ChoiceGroup[bool] = ChoiceGroup(self.look, self.tr("Networks asked"), single=True)
        group.offer([(False, self.tr("All")), (True, self.tr("The first alone where it is sure"))])
        group.choose([early_exit])
        self.add_field(
            self.tr("Networks asked"),
            group,
            self.tr(
                "The first alone is faster; by the thresholds of the model pack at most 0.5% of the labels and checks "
                "change. It takes OpenVINO and a pack that is fitted for it (see Models); elsewhere, and for the "
                "camera, all are asked."
            ),
        )
        return group

    def _change(self) -> None:
        self._context.preferences.change(
            engine=self.engines.chosen[0], device=self.devices.chosen[0], early_exit=self.networks.chosen[0]
        )
        self._explain()

    def _explain(self) -> None:
        self._engine_note.setText(self._what[self.engines.chosen[0]])
        device = self.devices.chosen[0]
        automatic = self.tr("Automatic: a graphics card only where it proves to work")
        self._device_note.setText(automatic if device == "auto" else self._what[device])

    def _toggle(self) -> None:
        if self.working:
            self.stop()
            return
        self.show_measured(None)
        self._run(self._services.benchmark, self._show)

    def _advance(self, events: list[Progress]) -> None:
        self._bar.advance(events[-1].done, events[-1].total)

    def _allow(self) -> None:
        self.measure.setEnabled(True)
        self.measure.setText(" " + (self.tr("Stop measuring") if self.working else self.tr("Measure the speed")))

    def _show(self, result: BenchmarkResult) -> None:
        self.show_measured(result)
        if self.engines.chosen == self.devices.chosen == ["auto"]:  # which may have become another engine
            self._context.means_changed()

    def show_measured(self, result: BenchmarkResult | None) -> None:
        """Shows what was measured in the place of what was measured before."""
        if self.result:
            self.result.setParent(None)
            self.result.deleteLater()
        self.measured, self.result = result, SpeedTable(self.look, result) if result else None
        if self.result:
            self.column.addWidget(self.result)
