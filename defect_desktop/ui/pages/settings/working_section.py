"""A section of the settings that can do something which takes a while."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from defect_desktop.ui.background import Job, Task
from defect_desktop.ui.navigation import PageContext
from defect_desktop.ui.pages.settings.section import Section
from defect_desktop.ui.widgets.progress_bar import ProgressBar


class WorkingSection(Section):
    """One piece of work at a time, beside the window; `_bar`, which subclasses place, shows how far it is."""

    def __init__(self, context: PageContext, icon: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(context.look, icon, title, parent)
        self._context = context
        self._task: Task | None = None
        self._bar = ProgressBar()
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.hide()

    @property
    def working(self) -> bool:
        """Whether the work is under way."""
        return self._task is not None

    def stop(self) -> None:
        """Breaks the work off."""
        if self._task:
            self._task.cancel()

    def close_task(self) -> None:
        """Breaks the work off and waits for it."""
        if self._task:
            self._task.drop()
            self._task.wait()

    def _run(self, job: Job, then: Callable[[Any], None]) -> None:
        """Begins the work; `then` gets what it comes to."""
        self._task = task = Task(job, self)
        task.events.connect(self._advance)
        task.done.connect(then)
        task.failed.connect(self._context.fail)
        task.ended.connect(self._end)
        self._bar.setRange(0, 0)
        self._bar.show()
        self._allow()
        task.start()

    def _end(self) -> None:
        self._task = None
        self._bar.hide()
        self._allow()

    def _advance(self, events: list[Any]) -> None:
        """Shows by the newest of the work's events how far it is."""
        raise NotImplementedError

    def _allow(self) -> None:
        """Shows what the user can do now, whether the section is `working` or not."""
        raise NotImplementedError
