"""What the window is doing: one task at a time, begun, cancelled and reported here. Pages only listen."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from defect_desktop.core.progress import Progress
from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.background import Job, Task
from defect_desktop.ui.services import Services
from defect_desktop.workflows.classify_photos import Advanced, Started
from defect_desktop.workflows.load_results import LatestRun, Loaded


class Activity(Enum):
    """What is going on."""

    IDLE = auto()
    LOADING = auto()
    PREPARING = auto()
    CLASSIFYING = auto()
    STOPPING = auto()
    EXPORTING = auto()


class Session(QObject):
    """The signals tell the whole story, in the GUI thread.

    `run_changed` (run id or None, pack notice or None) says that the records which `arrived` from then on are
    another run's. A classification is `started`, `progressed`, and ends in `finished` (with its summary), `stopped`
    or `failed`.
    """

    activity_changed = Signal(object)
    run_changed = Signal(object, object)
    arrived = Signal(list)
    started = Signal(object)
    progressed = Signal(object)
    finished = Signal(object)
    stopped = Signal()
    exported = Signal(int, object)
    failed = Signal(object)
    went_idle = Signal()

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._task: Task | None = None
        self._dropped: list[Task] = []
        self.activity = Activity.IDLE
        self.sources: tuple[Path, ...] = ()
        self.run_id: int | None = None

    @property
    def working(self) -> bool:
        """Whether something is going on that must not simply be cut off."""
        return self.activity not in (Activity.IDLE, Activity.LOADING)

    def load_latest(self) -> None:
        """Shows what the last run left behind. Must not be called while `working`."""
        assert not self.working
        self._drop_loading()
        self._begin(Activity.LOADING, self._services.load_latest, lambda _: None)

    def classify(self, sources: tuple[Path, ...]) -> None:
        """Starts a run over files and folders. Must not be called while `working`."""
        assert not self.working
        self._drop_loading()
        self.sources = sources
        self._begin(Activity.PREPARING, lambda: self._services.classify(sources), self.finished.emit)

    def export(self, target: Path) -> None:
        """Writes the shown run to a CSV file. Must not be called while `working`, nor without a run."""
        assert not self.working
        assert self.run_id is not None
        self._drop_loading()
        run_id = self.run_id
        self._begin(
            Activity.EXPORTING,
            lambda: self._services.export(target, run_id),
            lambda rows: self.exported.emit(rows, target),
        )

    def cancel(self) -> None:
        """Stops the run; `stopped` follows. An export is short, and is left to finish."""
        if self._task and self.activity in (Activity.PREPARING, Activity.CLASSIFYING):
            self._enter(Activity.STOPPING)
            self._task.cancel()

    def shut_down(self) -> None:
        """Stops everything and waits until no thread runs. The event loop may be over already."""
        tasks = [*self._dropped, *([self._task] if self._task else [])]
        for task in tasks:
            task.drop()
        for task in tasks:
            task.wait()

    def _begin(self, activity: Activity, job: Job, on_done: Callable[[Any], None]) -> None:
        task = Task(job, self)
        task.events.connect(self._handle)
        task.done.connect(on_done)
        task.stopped.connect(self.stopped)
        task.failed.connect(self.failed)
        task.ended.connect(lambda: self._end(task))
        self._task = task
        self._enter(activity)
        task.start()

    def _end(self, task: Task) -> None:
        task.deleteLater()
        if task is self._task:
            self._task = None
            self._enter(Activity.IDLE)
            self.went_idle.emit()
        else:
            self._dropped.remove(task)

    def _drop_loading(self) -> None:
        if self._task:
            self._task.drop()
            self._dropped.append(self._task)
            self._task = None

    def _enter(self, activity: Activity) -> None:
        self.activity = activity
        self.activity_changed.emit(activity)

    def _handle(self, events: list[Any]) -> None:
        """Passes a batch on: all records at once, and of several steps of progress only the last."""
        records: list[PhotoRecord] = []
        progress: Progress | None = None
        for event in events:
            match event:
                case LatestRun(run_id, notice):
                    self._change_run(run_id, notice)
                case Started():
                    self._on_started(event)
                case Loaded(some):
                    records += some
                case Advanced():
                    records += event.records
                    progress = event.progress
        if records:
            self.arrived.emit(records)
        if progress:
            self.progressed.emit(progress)

    def _on_started(self, event: Started) -> None:
        notice = event.card.notice
        self._change_run(event.run_id, notice.bilingual() if notice else None)
        if self.activity is Activity.PREPARING:
            self._enter(Activity.CLASSIFYING)
        self.started.emit(event)

    def _change_run(self, run_id: int | None, notice: object) -> None:
        self.run_id = run_id
        self.run_changed.emit(run_id, notice)
