"""The classification that the window is at, and its results: they outlive the page that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from defect_desktop.core.place import Place
from defect_desktop.core.progress import Progress
from defect_desktop.language import Bilingual
from defect_desktop.ui.announcer import Announcer
from defect_desktop.ui.desk import Desk
from defect_desktop.ui.exporting import Exporter
from defect_desktop.ui.look import Look
from defect_desktop.ui.results_model import ResultsModel
from defect_desktop.ui.services import Services
from defect_desktop.ui.session import Session

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from defect_desktop.core.record import PhotoRecord
    from defect_desktop.workflows.events import Working


class Inspection(QObject):
    """What a page made anew must know to go on where the old one was.

    `place` is where what comes in was taken: the one that is remembered, while it is None. `reviewed` says that there
    is something to `reread`.
    """

    reviewed = Signal()

    def __init__(self, services: Services, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.session = Session(services, self)
        self.exporter = Exporter(services, self)
        self.announcer = Announcer(self.session, self.exporter, self)
        self.model = ResultsModel(look, self)
        self.place: Place | None = None
        self.notice: Bilingual | None = None
        self.started: Working | None = None
        self.progress: Progress | None = None
        self._desk = Desk(self)
        self._outdated: set[int] = set()
        self.session.cleared.connect(self._clear)
        self.session.started.connect(self._note_start)
        self.session.progressed.connect(self._note_progress)
        self.session.arrived.connect(self._take)

    def classify(self, sources: tuple[Path, ...]) -> None:
        """Queues files and folders, taken in the present place."""
        self.session.classify(sources, self.place)

    def paste(self, pixels: NDArray[np.uint8]) -> None:
        """Queues a picture, RGB (H, W, 3), taken in the present place."""
        self.session.paste(pixels, self.place)

    def watch(self, folder: Path) -> None:
        """Queues what arrives in a folder, taken in the place that is the present one then."""
        self.session.watch_folder(folder, lambda: self.place)

    def move(self, place: Place) -> None:
        """What comes in from now on was taken here."""
        self.place = place

    def export(self, target: Path) -> None:
        """Writes what is listed to a CSV file, unless another is being written."""
        if not self.exporter.busy:
            self.exporter.export(target, tuple(self.model.listing.records))

    def note_reviewed(self, photos: Sequence[int]) -> None:
        """People said something of these photos."""
        self._outdated.update(photos)
        self.reviewed.emit()

    def reread(self) -> None:
        """Lists the photos of which people said something with what they said."""
        if not self._outdated:
            return  # a long list is not looked through at every turn to the page
        photos = [record for record in self.model.listing.records if record.photo_id in self._outdated]
        self._outdated.clear()

        def fail(error: Exception) -> None:
            self._outdated.update(record.photo_id for record in photos)
            self.session.failed.emit(error)

        if photos:
            self._desk.do(lambda: self.services.remarks(photos), self.model.renew, fail)

    def wear(self, look: Look) -> None:
        """From now on words come in this look's language."""
        self.model.wear(look)

    def shut_down(self) -> None:
        """Ends every thread; the event loop may be over already."""
        self.session.shut_down()
        self.exporter.shut_down()
        self._desk.close()
        self.services.close()

    def _clear(self, notice: Bilingual | None) -> None:
        self.notice, self.started, self.progress = notice, None, None
        self.model.clear()

    def _note_start(self, started: Working) -> None:
        self.started = started

    def _note_progress(self, progress: Progress) -> None:
        self.progress = progress

    def _take(self, records: list[PhotoRecord]) -> None:
        """Lists records; the warning of a pack that made any of them stays as long as they do."""
        self.notice = next((each.settings.notice for each in records if each.settings.notice), self.notice)
        self.model.add(records)
