"""The window together with all that lives as long as it does."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from defect_desktop.language import Bilingual
from defect_desktop.paths import Paths
from defect_desktop.preferences import Preferences
from defect_desktop.ui.appearance import Appearance
from defect_desktop.ui.background import Job, Task
from defect_desktop.ui.diagnostics import Diagnostics
from defect_desktop.ui.dialogs import Dialogs
from defect_desktop.ui.failures import Failures
from defect_desktop.ui.inspection import Inspection
from defect_desktop.ui.look import Look
from defect_desktop.ui.main_window import MainWindow
from defect_desktop.ui.navigation import PageContext
from defect_desktop.ui.pages.settings.window_services import WindowServices
from defect_desktop.ui.preference_store import PreferenceStore
from defect_desktop.ui.registry import Parts, load_services, page_entries
from defect_desktop.ui.services import Services
from defect_desktop.ui.session import Activity
from defect_desktop.ui.widgets.message_bar import Message

if TYPE_CHECKING:
    from defect_desktop.ui.pages.settings.services import SettingsServices

_log = logging.getLogger(__name__)

_HOUR_MS = 60 * 60 * 1000


class Program(QObject):
    """Puts the parts together; which of them hears of what is written here and nowhere else."""

    def __init__(
        self,
        application: QApplication,
        paths: Paths,
        services: Services,
        settings_services: Callable[[], SettingsServices],
        preferences: PreferenceStore,
        dialogs: Dialogs,
    ) -> None:
        super().__init__()
        self.preferences = preferences
        self.appearance = Appearance(application, preferences, paths.assets, self)
        look = self.appearance.look
        self._services = services
        self._dialogs = dialogs
        self.inspection = Inspection(services, look, self)
        mark = QIcon(str(paths.assets / "icons" / "app.svg"))
        entries = page_entries(Parts(paths, self.inspection, dialogs, settings_services, self._window_services()))
        self.window = MainWindow(look, entries, self._context, dialogs, mark)
        self.diagnostics = Diagnostics(self._write_diagnostics, dialogs, self.window)
        self.failures = Failures(look, self.diagnostics.save, self)
        self._errands: list[Task] = []
        self.hourly = QTimer(self, interval=_HOUR_MS)
        self._undone: list[Exception] | None = None
        self._means = _means(preferences.value)
        self._connect()
        application.applicationStateChanged.connect(self._return)
        self.window.pages.turn_to("inspect")

    def start(self) -> None:
        """Shows what the last run left behind, looks after the backup of the day, and loads what pages will need."""
        self.inspection.session.load_latest()
        self.hourly.timeout.connect(self._look_after_backup)
        self.hourly.start()
        self._look_after_backup()
        self._run(load_services)

    def take(self, sources: tuple[Path, ...]) -> None:
        """Classifies files and folders that came from outside."""
        self.window.pages.turn_to("inspect")
        self.inspection.classify(sources)

    def tell(self, message: Message) -> None:
        """Shows a message above the page."""
        self.window.messages.tell(message)

    def tell_bug(self, sentence: Bilingual) -> None:
        """Tells of an error that nobody caught."""
        self.failures.tell_bug(sentence)

    def shut_down(self) -> None:
        """Ends every thread; what was to be saved is saved.

        Where something cannot be, the rest is saved all the same, and the first error is raised at the end.
        """
        undone: list[Exception] = []
        self._undone = undone
        steps = (
            self.window.pages.close_pages,
            self.inspection.shut_down,
            self._end_errands,
            self.diagnostics.close,
            self.preferences.close,
        )
        with ExitStack() as closing:
            for step in reversed(steps):
                closing.callback(step)
        if undone:
            raise undone[0]

    def _end_errands(self) -> None:
        self.hourly.stop()
        for errand in self._errands:
            errand.drop()
            errand.wait()

    def _window_services(self) -> WindowServices:
        return WindowServices(
            save_diagnostics=lambda: self.diagnostics.save(),
            hindrance=self._hindrance,
            read_anew=self._read_anew,
        )

    def _hindrance(self) -> str:
        """What must end before another database takes this one's place: the queue is in it."""
        session = self.inspection.session
        if session.activity is Activity.PAUSED:
            return self.tr("Photos wait to be classified. Resume or cancel them on the page “Inspect”, then restore.")
        if session.activity is Activity.WATCHING:
            return self.tr("A folder is being watched. Stop that on the page “Inspect”, then restore.")
        if self.window.pages.working or not session.idle:
            return self.tr("Let the present work finish first, then restore.")
        return ""

    def _read_anew(self) -> None:
        """The database is another one now."""
        self._services.close()
        if self.inspection.session.idle:
            self.inspection.session.load_latest()
        self.window.pages.renew()

    def _connect(self) -> None:
        for troubled in (self.inspection.session, self.inspection.exporter):
            troubled.failed.connect(self._fail)
        for teller in (self.inspection.announcer, self.failures, self.diagnostics):
            teller.told.connect(self.tell)
        for worker in (self.diagnostics, self.preferences):
            worker.failed.connect(self._fail)
        self.appearance.undress = self.window.undress
        self.appearance.changed.connect(self._wear)
        self.preferences.changed.connect(self._follow)
        self._follow(self.preferences.value)
        self.window.drops.dropped.connect(self.take)
        self.inspection.session.went_idle.connect(self.window.pages.load_ahead)

    def _context(self) -> PageContext:
        def review(photo: int) -> None:
            self.window.pages.turn_to("review", photo)

        inspection, look = self.inspection, self.appearance.look
        session = inspection.session
        heard = session.join, inspection.move, inspection.note_reviewed, session.renew
        return PageContext(look, self.preferences, self.tell, self._fail, review, *heard)

    def _fail(self, error: Exception) -> None:
        """Tells of an exception that ended some work. Once the window is closed, `shut_down` does."""
        if self._undone is None:
            self.failures.tell(error)
        else:
            _log.error("not done before the end", exc_info=error)
            self._undone.append(error)

    def _return(self, state: Qt.ApplicationState) -> None:
        """The user comes back, perhaps from the program that kept the database locked."""
        if state is Qt.ApplicationState.ApplicationActive and self._undone is None:
            self.inspection.session.make_up()

    def _wear(self, look: Look) -> None:
        self.failures.look = look
        self.inspection.wear(look)
        self.window.wear(look)

    def _follow(self, preferences: Preferences) -> None:
        self._dialogs.begin_at(preferences.photo_folder, preferences.report_folder)
        before, self._means = self._means, _means(preferences)
        if self._means != before:
            self.inspection.session.renew()

    def _write_diagnostics(self, target: Path) -> None:
        self._services.save_diagnostics(target, self.preferences.value)

    def _look_after_backup(self) -> None:
        """A window may stay open for weeks."""
        self._run(self._services.daily_backup)

    def _run(self, job: Job) -> None:
        """Work that nobody waits for; only its failure is told."""
        task = Task(job, self)
        self._errands.append(task)
        task.failed.connect(self._fail)
        task.ended.connect(lambda: self._forget(task))
        task.start()

    def _forget(self, errand: Task) -> None:
        self._errands.remove(errand)
        errand.deleteLater()


def _means(preferences: Preferences) -> tuple[object, ...]:
    """What photos are classified with."""
    return preferences.pack, preferences.engine, preferences.device, preferences.thresholds, preferences.early_exit
