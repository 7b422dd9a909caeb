"""The page that classifies photos from anywhere: what to do first, then the results, and each photo large."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from defect_desktop.language import Bilingual
from defect_desktop.ui.desk import Desk
from defect_desktop.ui.dialogs import Dialogs
from defect_desktop.ui.drop_target import local_files
from defect_desktop.ui.inspection import Inspection
from defect_desktop.ui.listing import Filter
from defect_desktop.ui.loading import load
from defect_desktop.ui.look import Look
from defect_desktop.ui.navigation import Page, PageContext
from defect_desktop.ui.pages.start_page import StartPage
from defect_desktop.ui.places.place_bar import PlaceBar
from defect_desktop.ui.session import Activity
from defect_desktop.ui.widgets.action_button import action_button
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from defect_desktop.core.record import PhotoRecord
    from defect_desktop.ui.pages.photo_page import PhotoPage
    from defect_desktop.ui.pages.results_page import ResultsPage
    from defect_desktop.ui.widgets.results_table import ResultsTable

_ROOM = 620
"""How wide the page must be for three buttons with words beside its title."""


_SEEN_LATER = (
    "core.record",
    "ui.widgets.notice_banner",
    "ui.widgets.progress_panel",
    "ui.widgets.watch_panel",
    "ui.widgets.chip",
    "ui.widgets.result_delegate",
    "ui.widgets.results_table",
    "ui.widgets.filter_bar",
    "ui.pages.results_page",
    "ui.pages.photo_page",
)


class InspectPage(Page):
    """Shows an `Inspection`, which goes on without it."""

    def __init__(
        self, context: PageContext, inspection: Inspection, dialogs: Dialogs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        look = context.look
        self._look = look
        self._review = context.review
        self._inspection = inspection
        self._session = inspection.session
        self._dialogs = dialogs
        self._closers: list[Callable[[], None]] = []
        self._desk = Desk(self)
        self._desk.failed.connect(context.fail)
        self.choose_action = self._action("folder", self.tr("Choose a folder…"), QKeySequence.StandardKey.Open, look)
        self.watch_action = self._action("watch", self.tr("Watch a folder…"), QKeySequence("Ctrl+Shift+O"), look)
        self.export_action = self._action("export", self.tr("Export CSV…"), QKeySequence.StandardKey.Save, look)
        self.paste_action = self._action("photos", self.tr("Paste photos"), QKeySequence.StandardKey.Paste, look)

        self.places = PlaceBar(look, inspection.services.places, self._desk)
        self.start = StartPage(look, self.choose_action)
        self.views = QStackedWidget()
        self.status = StatusLine()
        self._lay_out(look)
        self._connect_actions()
        self._show_what_is_possible()

    @cached_property
    def _table(self) -> ResultsTable:
        from defect_desktop.ui.widgets.results_table import ResultsTable

        table = ResultsTable(self._look, self._inspection.model, self._inspection.services.show_photo)
        self._closers.append(table.close_loader)
        return table

    @cached_property
    def results(self) -> ResultsPage:
        """The list; like `photo` it is made once the window is on the screen, or when it is first needed."""
        from defect_desktop.ui.pages.results_page import ResultsPage

        results = ResultsPage(self._look, self._inspection.model, self._table)
        results.opened.connect(self._open_photo)
        self.views.addWidget(results)
        return results

    @cached_property
    def photo(self) -> PhotoPage:
        """One photo large."""
        from defect_desktop.ui.pages.photo_page import PhotoPage

        photo = PhotoPage(self._look, self._inspection.model, self._inspection.services.show_photo)
        photo.left.connect(self._leave_photo)
        photo.review.connect(self._review)
        self._closers.append(photo.close_loader)
        self.views.addWidget(photo)
        return photo

    @property
    def first(self) -> QWidget:  # noqa: D102
        made = "photo" in vars(self)  # the large photo is not made for being asked about
        return self.photo.view if made and self.views.currentWidget() is self.photo else self

    @property
    def working(self) -> bool:  # noqa: D102
        return self._session.working or self._inspection.exporter.busy

    @property
    def replaceable(self) -> bool:  # noqa: D102 - the work is the inspection's
        return True

    def stop_work(self) -> None:  # noqa: D102
        self._session.stop()

    def furnish(self) -> Iterator[None]:  # noqa: D102
        yield from load(f"defect_desktop.{module}" for module in _SEEN_LATER)
        self._add_panels()
        self._follow_inspection()
        yield
        for view in ("_table", "results", "photo"):
            getattr(self, view)
            yield

    def shown(self) -> None:  # noqa: D102
        self.places.load()  # the camera page may have changed it
        self._session.make_up()  # another program may have let go of the database by now
        self._inspection.reread()

    def _reread(self) -> None:
        """A decision that was saved late, when this page was in front already."""
        if self.isVisible():
            self._inspection.reread()

    def memory(self) -> tuple[Filter, PhotoRecord | None, bool]:  # noqa: D102
        large = self.views.currentWidget() is self.photo  # else its record may be of a list that is gone
        return self.results.filter_bar.filter, self.photo.record if large else self.results.current, large

    def recall(self, memory: object) -> None:  # noqa: D102
        from defect_desktop.core.record import PhotoRecord

        match memory:
            case Filter() as wanted, record, large:
                self.results.filter_bar.choose(wanted)
                if isinstance(record, PhotoRecord):
                    (self._open_photo if large else self.results.select)(record)

    def close_page(self) -> None:  # noqa: D102
        for close in self._closers:
            close()
        self._desk.close()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102
        narrow = self.width() < self._look.theme.sizes.grown(_ROOM)
        only, beside = Qt.ToolButtonStyle.ToolButtonIconOnly, Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in (self._export_button, self._watch_button):
            button.setToolButtonStyle(only if narrow else beside)
        super().resizeEvent(event)

    def _action(self, icon: str, text: str, keys: QKeySequence.StandardKey | QKeySequence, look: Look) -> QAction:
        action = QAction(look.icon(icon, "on_accent" if icon == "folder" else "text"), text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(action)
        return action

    def _lay_out(self, look: Look) -> None:
        top = QHBoxLayout()
        top.setSpacing(look.theme.sizes.m)
        top.addWidget(label(self.tr("Inspect"), "headline"), 1)
        self._export_button = action_button(self.export_action)
        self._watch_button = action_button(self.watch_action)
        top.addWidget(self._export_button)
        top.addWidget(self._watch_button)
        top.addWidget(action_button(self.choose_action, primary=True))
        self.views.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.sizes.m)
        column.addLayout(top)
        column.addWidget(self.places)
        self._panels = QVBoxLayout()
        self._panels.setSpacing(look.theme.sizes.m)
        column.addLayout(self._panels)
        column.addWidget(self.views, 1)
        column.addWidget(self.status)

    def _connect_actions(self) -> None:
        self.choose_action.triggered.connect(self._choose)
        self.watch_action.triggered.connect(self._watch)
        self.export_action.triggered.connect(self._export)
        self.paste_action.triggered.connect(self._paste)
        self.places.place_changed.connect(self._inspection.move)

    def _add_panels(self) -> None:
        """What is only seen while something goes on, or where there is something to warn of."""
        from defect_desktop.ui.widgets.notice_banner import NoticeBanner
        from defect_desktop.ui.widgets.progress_panel import ProgressPanel
        from defect_desktop.ui.widgets.watch_panel import WatchPanel

        self.notice = NoticeBanner(self._look)
        self.watch = WatchPanel(self._look)
        self.progress = ProgressPanel(self._look)
        for panel in (self.notice, self.watch, self.progress):
            self._panels.addWidget(panel)
        for below in (self.views, self.status):
            below.raise_()  # a screen reader reads from the bottom of the pile to its top

    def _follow_inspection(self) -> None:
        inspection, session = self._inspection, self._session
        self.progress.cancelled.connect(session.cancel)
        self.progress.paused.connect(session.pause)
        self.progress.resumed.connect(session.resume)
        self.watch.stopped.connect(session.watch.stop)
        session.watch.changed.connect(self._show_watch)
        session.activity_changed.connect(self._show_work)
        session.cleared.connect(self._show_cleared)
        session.arrived.connect(self._show_records)
        session.started.connect(self.status.show_started)
        session.progressed.connect(self._show_work)
        inspection.exporter.busy_changed.connect(self._show_work)
        inspection.reviewed.connect(self._reread)
        self._show_inspection()

    def _show_inspection(self) -> None:
        """Takes up where the inspection is."""
        inspection = self._inspection
        inspection.model.show_only(Filter())
        self.notice.show_notice(inspection.notice)
        self._show_watch()
        self._show_work()
        if inspection.model.listing.records:
            self.views.setCurrentWidget(self.results)
            self.status.show_settings(inspection.model.listing.records[0].settings)
        if inspection.started:
            self.status.show_started(inspection.started)

    def _choose(self) -> None:
        folder = self._dialogs.choose_folder(self)
        if folder is not None:
            self._inspection.classify((folder,))

    def _watch(self) -> None:
        folder = self._dialogs.choose_folder(self)
        if folder is not None:
            self._inspection.watch(folder)

    def _paste(self) -> None:
        """Takes what was copied: files and folders as if they had been dropped, else a picture."""
        from defect_desktop.ui.pixels import rgb_pixels

        clipboard = QGuiApplication.clipboard()
        sources = local_files(clipboard.mimeData())
        if sources:
            self._inspection.classify(sources)
        elif not (picture := clipboard.image()).isNull():
            self._inspection.paste(rgb_pixels(picture))

    def _export(self) -> None:
        target = self._dialogs.choose_csv(self)
        if target is not None:
            self._inspection.export(target)

    def _open_photo(self, record: PhotoRecord) -> None:
        self.views.setCurrentWidget(self.photo)
        self.photo.open(record)

    def _leave_photo(self, record: PhotoRecord) -> None:
        self.views.setCurrentWidget(self.results)
        self.results.select(record)

    def _show_watch(self) -> None:
        watch = self._session.watch
        self.watch.show_watch(watch.folder, watch.status)

    def _show_work(self) -> None:
        """Shows how far the work is; a report that is being written only where nothing else is going on."""
        activity, progress = self._session.activity, self._inspection.progress
        if activity is Activity.PREPARING:
            self.progress.wait_for(self.tr("Looking for photos and preparing the model…"), stoppable=True)
        elif activity is Activity.STOPPING:
            self.progress.wait_for(self.tr("Stopping…"), stoppable=False)
        elif activity is Activity.PAUSED and progress:
            self.progress.show_pause(progress)
        elif activity is Activity.CLASSIFYING and progress:
            self.progress.show_progress(progress, pausable=True)
        elif self._inspection.exporter.busy:
            self.progress.wait_for(self.tr("Writing the CSV file…"), stoppable=False)
        else:
            self.progress.hide()
        self._show_what_is_possible()

    def _show_what_is_possible(self) -> None:
        listed = bool(self._inspection.model.listing.records)
        self.export_action.setEnabled(listed and not self._inspection.exporter.busy)

    def _show_cleared(self, notice: Bilingual | None) -> None:
        self.notice.show_notice(notice)
        self.status.show_ready()
        # A run of an earlier day that did nothing leaves nothing to look at.
        loading = self._session.activity is Activity.LOADING
        self.views.setCurrentWidget(self.start if loading else self.results)

    def _show_records(self, records: list[PhotoRecord]) -> None:
        if self._session.activity is Activity.LOADING:
            self.status.show_settings(records[0].settings)
        if self.views.currentWidget() is self.start:
            self.views.setCurrentWidget(self.results)
        self.notice.show_notice(self._inspection.notice)
        self._show_what_is_possible()
