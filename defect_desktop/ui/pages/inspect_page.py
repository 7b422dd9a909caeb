"""The page that classifies folders of photos: what to do first, then the results, and each photo large."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from defect_desktop.core.record import PhotoRecord
from defect_desktop.language import Bilingual
from defect_desktop.ui.dialogs import Dialogs
from defect_desktop.ui.drop_target import local_files
from defect_desktop.ui.inspection import Inspection
from defect_desktop.ui.listing import Filter
from defect_desktop.ui.look import Look
from defect_desktop.ui.navigation import Page, PageContext
from defect_desktop.ui.pages.photo_page import PhotoPage
from defect_desktop.ui.pages.results_page import ResultsPage
from defect_desktop.ui.pages.start_page import StartPage
from defect_desktop.ui.session import Activity
from defect_desktop.ui.thumbnails import Thumbnails
from defect_desktop.ui.widgets.action_button import action_button
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.widgets.notice_banner import NoticeBanner
from defect_desktop.ui.widgets.progress_panel import ProgressPanel
from defect_desktop.ui.widgets.result_delegate import THUMBNAIL
from defect_desktop.ui.widgets.status_line import StatusLine

_ROOM = 480
"""How wide the page must be for two buttons with words beside its title."""


class InspectPage(Page):
    """Shows an `Inspection`, which goes on without it."""

    def __init__(
        self, context: PageContext, inspection: Inspection, dialogs: Dialogs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        look, services = context.look, inspection.services
        self._look = look
        self._inspection = inspection
        self._session = inspection.session
        self._dialogs = dialogs
        self._thumbnails = Thumbnails(services.show_photo, THUMBNAIL, self.devicePixelRatioF(), self)
        self.choose_action = self._action("folder", self.tr("Choose a folder…"), QKeySequence.StandardKey.Open, look)
        self.export_action = self._action("export", self.tr("Export CSV…"), QKeySequence.StandardKey.Save, look)
        self._paste_action = self._action("photos", self.tr("Paste photos"), QKeySequence.StandardKey.Paste, look)

        self.notice = NoticeBanner(look)
        self.progress = ProgressPanel(look)
        self.start = StartPage(look, self.choose_action)
        self.results = ResultsPage(look, inspection.model, self._thumbnails)
        self.photo = PhotoPage(look, inspection.model, services.show_photo)
        self.views = QStackedWidget()
        self.status = StatusLine()
        self._lay_out(look)
        self._connect()
        self._show_inspection()

    @property
    def working(self) -> bool:  # noqa: D102
        return self._session.working

    @property
    def replaceable(self) -> bool:  # noqa: D102 - the work is the inspection's
        return True

    def stop_work(self) -> None:  # noqa: D102
        self._session.cancel()

    def memory(self) -> tuple[Filter, PhotoRecord | None]:  # noqa: D102
        return self.results.filter_bar.filter, self.photo.record

    def recall(self, memory: object) -> None:  # noqa: D102
        match memory:
            case Filter() as wanted, record:
                self.results.filter_bar.choose(wanted)
                if isinstance(record, PhotoRecord):
                    self._open_photo(record)

    def close_page(self) -> None:  # noqa: D102
        self._thumbnails.close()
        self.photo.close_loader()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102
        narrow = self.width() < self._look.theme.sizes.grown(_ROOM)
        only, beside = Qt.ToolButtonStyle.ToolButtonIconOnly, Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self._export_button.setToolButtonStyle(only if narrow else beside)
        super().resizeEvent(event)

    def _action(self, icon: str, text: str, keys: QKeySequence.StandardKey, look: Look) -> QAction:
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
        top.addWidget(self._export_button)
        top.addWidget(action_button(self.choose_action, primary=True))
        for view in (self.start, self.results, self.photo):
            self.views.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.sizes.m)
        column.addLayout(top)
        for widget in (self.notice, self.progress):
            column.addWidget(widget)
        column.addWidget(self.views, 1)
        column.addWidget(self.status)

    def _connect(self) -> None:
        session = self._session
        self.choose_action.triggered.connect(self._choose)
        self.export_action.triggered.connect(self._export)
        self._paste_action.triggered.connect(self._paste)
        self.progress.cancelled.connect(session.cancel)
        self.results.opened.connect(self._open_photo)
        self.photo.left.connect(self._leave_photo)
        session.activity_changed.connect(self._show_activity)
        session.run_changed.connect(self._show_run)
        session.arrived.connect(self._show_records)
        session.started.connect(self.status.show_started)
        session.progressed.connect(self.progress.show_progress)

    def _show_inspection(self) -> None:
        """Takes up where the inspection is."""
        inspection = self._inspection
        inspection.model.show_only(Filter())
        self.notice.show_notice(inspection.notice)
        self._show_activity(self._session.activity)
        if inspection.progress and self._session.activity is Activity.CLASSIFYING:
            self.progress.show_progress(inspection.progress)
        if inspection.model.listing.records:
            self.views.setCurrentWidget(self.results)
            self.status.show_settings(inspection.model.listing.records[0].settings)
        if inspection.started:
            self.status.show_started(inspection.started)

    def _choose(self) -> None:
        folder = self._dialogs.choose_folder(self)
        if folder is not None:
            self._inspection.classify((folder,))

    def _paste(self) -> None:
        """Takes files and folders that were copied in a file manager, as if they had been dropped."""
        sources = local_files(QGuiApplication.clipboard().mimeData())
        if sources:
            self._inspection.classify(sources)

    def _export(self) -> None:
        target = self._dialogs.choose_csv(self)
        if target is not None and not self._session.working:
            self._session.export(target)

    def _open_photo(self, record: PhotoRecord) -> None:
        self.views.setCurrentWidget(self.photo)
        self.photo.open(record)

    def _leave_photo(self, record: PhotoRecord) -> None:
        self.views.setCurrentWidget(self.results)
        self.results.select(record)

    def _show_activity(self, activity: Activity) -> None:
        waiting = {
            Activity.PREPARING: self.tr("Looking for photos and preparing the model…"),
            Activity.STOPPING: self.tr("Stopping…"),
            Activity.EXPORTING: self.tr("Writing the CSV file…"),
        }
        if activity in waiting:
            self.progress.wait_for(waiting[activity], stoppable=activity is Activity.PREPARING)
        elif activity is not Activity.CLASSIFYING:
            self.progress.hide()
        self._show_what_is_possible()

    def _show_what_is_possible(self) -> None:
        idle = not self._session.working
        self.choose_action.setEnabled(idle)
        self.export_action.setEnabled(idle and bool(self._inspection.model.listing.records))

    def _show_run(self, _run_id: int | None, notice: Bilingual | None) -> None:
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
        self._show_what_is_possible()
