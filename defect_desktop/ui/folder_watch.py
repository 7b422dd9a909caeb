"""Watches a folder for the window, until it is told to stop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from defect_desktop.core.place import Place
from defect_desktop.ui.background import Task
from defect_desktop.ui.services import QueueServices

if TYPE_CHECKING:
    from defect_desktop.workflows.queue_arrivals import FolderStatus


class FolderWatch(QObject):
    """One folder at a time. `changed` says that `folder` or `status` did; `failed` brings what ended the watch."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, services: QueueServices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks: list[Task] = []
        self.folder: Path | None = None
        self.status: FolderStatus | None = None

    def start(self, folder: Path, place: Callable[[], Place | None]) -> None:
        """Queues what arrives in a folder, taken in the `place` of that moment; another folder is let go of."""
        self.stop()
        task = Task(lambda: self._services.watch(folder, place), self)
        self.folder = folder
        task.events.connect(self._note)
        task.failed.connect(self._fail)
        task.ended.connect(lambda: self._end(task))
        self._tasks.append(task)
        task.start()
        self.changed.emit()

    def stop(self) -> None:
        """Lets the folder be; what is queued stays queued."""
        if self.folder is None:
            return
        self.folder, self.status = None, None
        for task in self._tasks:
            task.drop()
        self.changed.emit()

    def shut_down(self) -> None:
        """Stops and waits until no thread runs. The event loop may be over already."""
        for task in self._tasks:
            task.drop()
        for task in self._tasks:
            task.wait()

    def _note(self, events: list[FolderStatus]) -> None:
        self.status = events[-1]
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)
        self.stop()

    def _end(self, task: Task) -> None:
        self._tasks.remove(task)
        task.deleteLater()
