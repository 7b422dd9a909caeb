"""Writes reports beside whatever else the window is at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from defect_desktop.ui.background import Task
from defect_desktop.ui.services import Services

if TYPE_CHECKING:
    from defect_desktop.core.record import PhotoRecord


class Exporter(QObject):
    """One report at a time. `exported` brings the number of rows and the file, or `failed` the exception."""

    busy_changed = Signal(bool)
    exported = Signal(int, object)
    failed = Signal(object)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._task: Task | None = None

    @property
    def busy(self) -> bool:
        """Whether a report is being written."""
        return self._task is not None

    def export(self, target: Path, records: Sequence[PhotoRecord]) -> None:
        """Writes each of the records once to a CSV file. Must not be called while `busy`."""
        assert not self.busy
        task = self._task = Task(lambda: self._services.export(target, records), self)
        task.done.connect(lambda rows: self.exported.emit(rows, target))
        task.failed.connect(self.failed)
        task.ended.connect(self._end)
        self.busy_changed.emit(True)
        task.start()

    def shut_down(self) -> None:
        """Waits until the report is written. The event loop may be over already."""
        if self._task:
            self._task.drop()
            self._task.wait()

    def _end(self) -> None:
        assert self._task is not None
        self._task.deleteLater()
        self._task = None
        self.busy_changed.emit(False)
