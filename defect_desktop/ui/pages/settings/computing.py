"""What computes the verdicts, and how fast that is here."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from defect_desktop import settings
from defect_desktop.core.progress import Progress
from defect_desktop.ui.background import Task
from defect_desktop.ui.navigation import PageContext
from defect_desktop.ui.pages.settings.section import Section
from defect_desktop.ui.pages.settings.services import SettingsServices
from defect_desktop.ui.pages.settings.speed_table import SpeedTable
from defect_desktop.ui.widgets.choice_group import ChoiceGroup
from defect_desktop.ui.widgets.progress_bar import ProgressBar
from defect_desktop.workflows.benchmark import BenchmarkResult


class ComputingSection(Section):
    """Engine, device, and a measurement that can be stopped."""

    def __init__(self, context: PageContext, services: SettingsServices, parent: QWidget | None = None) -> None:
        super().__init__(context.look, "engine", self.tr("Engine and device"), parent)
        self._context = context
        self._services = services
        self._task: Task | None = None
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
        self.engines = self._choice(self.tr("Engine"), settings.ENGINE, context.preferences.value.engine)
        self._engine_note = self.add_note()
        self.devices = self._choice(self.tr("Device"), settings.DEVICE, context.preferences.value.device)
        self._device_note = self.add_note()
        self.networks: ChoiceGroup[bool] = ChoiceGroup(context.look, self.tr("Networks asked"), single=True)
        self.networks.offer([(False, self.tr("All")), (True, self.tr("The first alone where it is sure"))])
        self.networks.choose([context.preferences.value.early_exit])
        self.add_field(
            self.tr("Networks asked"),
            self.networks,
            self.tr(
                "The first alone is faster, and changes at most 0.5% of the labels. It takes OpenVINO and a model pack "
                "that was fitted for it in its training; elsewhere, and for the camera, all are asked."
            ),
        )
        self.networks.changed.connect(self._change)
        self.engines.changed.connect(self._change)
        self.devices.changed.connect(self._change)
        self.measure = QPushButton(context.look.icon("benchmark"), " " + self.tr("Measure the speed"))
        self.measure.clicked.connect(self._toggle)
        self.row(self.measure)
        self._bar = ProgressBar()
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.hide()
        self.column.addWidget(self._bar)
        self.result: SpeedTable | None = None
        self._explain()

    @property
    def working(self) -> bool:
        """Whether the speed is being measured."""
        return self._task is not None

    def stop(self) -> None:
        """Stops measuring."""
        if self._task:
            self._task.cancel()
            self.measure.setEnabled(False)

    def close_task(self) -> None:
        """Stops measuring and waits for it."""
        if self._task:
            self._task.drop()
            self._task.wait()

    def _choice(self, name: str, option: settings.Option, chosen: str) -> ChoiceGroup[str]:
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
        group.offer([(value, words.get(value, value)) for value in option.choices])
        group.choose([chosen])
        self.add_field(name, group)
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
        if self._task:
            self.stop()
            return
        self._task = task = Task(self._services.benchmark, self)
        task.events.connect(self._advance)
        task.done.connect(self._show)
        task.failed.connect(self._context.fail)
        task.ended.connect(self._end)
        self.measure.setText(" " + self.tr("Stop measuring"))
        self._forget()
        self._bar.setRange(0, 0)
        self._bar.show()
        task.start()

    def _advance(self, events: list[Progress]) -> None:
        self._bar.advance(events[-1].done, events[-1].total)

    def _end(self) -> None:
        self._task = None
        self._bar.hide()
        self.measure.setEnabled(True)
        self.measure.setText(" " + self.tr("Measure the speed"))

    def _show(self, result: BenchmarkResult) -> None:
        self.result = SpeedTable(self.look, result)
        self.column.addWidget(self.result)

    def _forget(self) -> None:
        if self.result:
            self.result.setParent(None)
            self.result.deleteLater()
            self.result = None
