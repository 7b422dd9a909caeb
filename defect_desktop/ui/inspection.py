"""The classification that the window is at, and its results: they outlive the page that shows them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from defect_desktop.core.progress import Progress
from defect_desktop.core.record import PhotoRecord
from defect_desktop.language import Bilingual
from defect_desktop.ui.announcer import Announcer
from defect_desktop.ui.look import Look
from defect_desktop.ui.results_model import ResultsModel
from defect_desktop.ui.services import Services
from defect_desktop.ui.session import Session
from defect_desktop.workflows.classify_photos import Started


class Inspection(QObject):
    """What a page made anew must know to go on where the old one was."""

    def __init__(self, services: Services, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.session = Session(services, self)
        self.announcer = Announcer(self.session, self)
        self.model = ResultsModel(look, self)
        self.notice: Bilingual | None = None
        self.started: Started | None = None
        self.progress: Progress | None = None
        self.session.run_changed.connect(self._change_run)
        self.session.started.connect(self._note_start)
        self.session.progressed.connect(self._note_progress)
        self.session.arrived.connect(self._take)

    def classify(self, sources: tuple[Path, ...]) -> bool:
        """Classifies files and folders, unless something else is going on: that is told, and the answer is False."""
        if self.session.working:
            self.announcer.busy()
            return False
        self.session.classify(sources)
        return True

    def wear(self, look: Look) -> None:
        """From now on words come in this look's language."""
        self.model.wear(look)

    def _change_run(self, _run_id: int | None, notice: Bilingual | None) -> None:
        self.notice, self.started, self.progress = notice, None, None
        self.model.clear()

    def _note_start(self, started: Started) -> None:
        self.started = started

    def _note_progress(self, progress: Progress) -> None:
        self.progress = progress

    def _take(self, records: list[PhotoRecord]) -> None:
        self.model.add(records)
