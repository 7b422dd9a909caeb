"""The line at the foot of the window: which model and device made what is shown, and why that device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStatusBar, QWidget

from defect_desktop.ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from defect_desktop.core.record import RunSettings
    from defect_desktop.workflows.events import Working


class StatusLine(QStatusBar):
    """One line of text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._line = ElidedLabel("muted")
        self.addWidget(self._line, 1)
        self.show_ready()

    @property
    def line(self) -> str:
        """What is shown."""
        return self._line.accessibleName()

    def show_ready(self) -> None:
        """Nothing is shown, so nothing made it."""
        self._line.show_text(self.tr("Works offline. Photos stay on this computer, unchanged."))

    def show_started(self, started: Working) -> None:
        """Tells what a run that begins uses."""
        engine = self._engine(started.engine, started.exits_early)
        line = self._made_with(started.card.name, started.card.version, engine, started.device)
        # The note is the system's own, in no particular language.
        self._line.show_text(f"{line}  ·  {started.note}" if started.note else line)

    def show_settings(self, settings: RunSettings) -> None:
        """Tells what an earlier run used."""
        engine = self._engine(settings.engine, True if settings.options.get("early_exit") else None)
        self._line.show_text(self._made_with(settings.pack_name, settings.pack_version, engine, settings.device))

    def _engine(self, name: str, exits_early: bool | None) -> str:
        if exits_early is None:
            return name
        in_vain = self.tr("{engine}, all networks (early exit takes OpenVINO and a pack fitted for it)")
        return (self.tr("{engine} with early exit") if exits_early else in_vain).format(engine=name)

    def _made_with(self, name: str, version: str, engine: str, device: str) -> str:
        model = self.tr("Model: {name} {version}").format(name=name, version=version)
        computed = self.tr("Computed by: {engine}, {device}").format(engine=engine, device=device)
        return f"{model}  ·  {computed}"
