"""The window: its parts, and which part hears of what. It decides nothing itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QIcon, QKeySequence
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from defect_desktop.core.record import PhotoRecord
from defect_desktop.language import Bilingual
from defect_desktop.ui.announcer import Announcer
from defect_desktop.ui.dialogs import Dialogs
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.photo_page import PhotoPage
from defect_desktop.ui.pages.results_page import ResultsPage
from defect_desktop.ui.pages.start_page import StartPage
from defect_desktop.ui.results_model import ResultsModel
from defect_desktop.ui.services import Services
from defect_desktop.ui.session import Activity, Session
from defect_desktop.ui.thumbnails import Thumbnails
from defect_desktop.ui.widgets.drop_overlay import DropOverlay
from defect_desktop.ui.widgets.header import Header
from defect_desktop.ui.widgets.message_bar import MessageBar
from defect_desktop.ui.widgets.notice_banner import NoticeBanner
from defect_desktop.ui.widgets.progress_panel import ProgressPanel
from defect_desktop.ui.widgets.result_delegate import THUMBNAIL
from defect_desktop.ui.widgets.status_line import StatusLine

_SIZE = QSize(1180, 760)
_LEAST = QSize(640, 560)


class MainWindow(QMainWindow):
    """One session in one window."""

    def __init__(self, look: Look, services: Services, dialogs: Dialogs, mark: QIcon) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Defect Desktop"))
        self.setWindowIcon(mark)
        self.setMinimumSize(_LEAST)
        self.resize(_SIZE)
        self.setAcceptDrops(True)
        self._dialogs = dialogs
        self._closing = False

        self.session = Session(services, self)
        self.announcer = Announcer(self.session, look, self)
        self.model = ResultsModel(look, self)
        self._thumbnails = Thumbnails(services.show_photo, THUMBNAIL, self.devicePixelRatioF(), self)

        self.choose_action = QAction(look.icon("folder", "on_accent"), self.tr("Choose a folder…"), self)
        self.choose_action.setShortcut(QKeySequence.StandardKey.Open)
        self.export_action = QAction(look.icon("export"), self.tr("Export CSV…"), self)
        self.export_action.setShortcut(QKeySequence.StandardKey.Save)
        self.addActions([self.choose_action, self.export_action])

        self.messages = MessageBar(look)
        self.notice = NoticeBanner(look)
        self.progress = ProgressPanel(look)
        self.start_page = StartPage(look, self.choose_action)
        self.results_page = ResultsPage(look, self.model, self._thumbnails)
        self.photo_page = PhotoPage(look, self.model, services.show_photo)
        self.pages = QStackedWidget()
        self.status = StatusLine()
        self._lay_out(look, mark)
        self._connect()
        self._show_activity(self.session.activity)

    def load_latest(self) -> None:
        """Shows what the last run left behind."""
        self.session.load_latest()

    def classify(self, sources: tuple[Path, ...]) -> None:
        """Classifies files and folders, unless something else is going on."""
        if self.session.working:
            self.announcer.busy()
        else:
            self.messages.hide()
            self.session.classify(sources)

    def shut_down(self) -> None:
        """Ends every thread. For the very end, when the event loop is over."""
        self._thumbnails.close()
        self.photo_page.close_loader()
        self.session.shut_down()

    # What follows is Qt's interface, with Qt's names.

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802, D102
        if self.session.working:
            event.ignore()
            if self.session.activity in (Activity.STOPPING, Activity.EXPORTING):
                self._closing = True  # it ends by itself in a moment
            else:
                self._dialogs.confirm_stop(self, self._stop_and_close)
            return
        self.shut_down()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802, D102
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._overlay.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802, D102
        self._overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802, D102
        self._overlay.hide()
        paths = tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        if paths:
            # The photos are only read, whatever the file manager proposes.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.classify(paths)

    def _lay_out(self, look: Look, mark: QIcon) -> None:
        for page in (self.start_page, self.results_page, self.photo_page):
            self.pages.addWidget(page)
        sizes = look.theme.sizes
        body = QVBoxLayout()
        body.setContentsMargins(sizes.l, sizes.l, sizes.l, sizes.m)
        body.setSpacing(sizes.m)
        for widget in (self.messages, self.notice, self.progress):
            body.addWidget(widget)
        body.addWidget(self.pages, 1)
        centre = QWidget()
        self._overlay = DropOverlay(centre)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Header(look, mark, self.choose_action, self.export_action))
        column.addLayout(body, 1)
        self.setCentralWidget(centre)
        self.setStatusBar(self.status)

    def _connect(self) -> None:
        self.choose_action.triggered.connect(self._choose)
        self.export_action.triggered.connect(self._export)
        self.progress.cancelled.connect(self.session.cancel)
        self.announcer.told.connect(self.messages.tell)
        self.results_page.opened.connect(self._open_photo)
        self.photo_page.left.connect(self._leave_photo)
        self.session.activity_changed.connect(self._show_activity)
        self.session.run_changed.connect(self._show_run)
        self.session.arrived.connect(self._show_records)
        self.session.started.connect(self.status.show_started)
        self.session.progressed.connect(self.progress.show_progress)
        self.session.went_idle.connect(self._after_work)

    def _choose(self) -> None:
        folder = self._dialogs.choose_folder(self)
        if folder is not None:
            self.classify((folder,))

    def _export(self) -> None:
        target = self._dialogs.choose_csv(self)
        if target is not None and not self.session.working:
            self.messages.hide()
            self.session.export(target)

    def _open_photo(self, record: PhotoRecord) -> None:
        self.pages.setCurrentWidget(self.photo_page)
        self.photo_page.open(record)

    def _leave_photo(self, record: PhotoRecord) -> None:
        self.pages.setCurrentWidget(self.results_page)
        self.results_page.select(record)

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
        self.choose_action.setEnabled(not self.session.working)
        self.export_action.setEnabled(not self.session.working and bool(self.model.listing.records))

    def _show_run(self, _run_id: int | None, notice: Bilingual | None) -> None:
        self.notice.show_notice(notice)
        self.model.clear()
        self.status.show_ready()
        # A run of an earlier day that did nothing leaves nothing to look at.
        loading = self.session.activity is Activity.LOADING
        self.pages.setCurrentWidget(self.start_page if loading else self.results_page)

    def _show_records(self, records: list[PhotoRecord]) -> None:
        if self.session.activity is Activity.LOADING:
            self.status.show_settings(records[0].settings)
        if self.pages.currentWidget() is self.start_page:
            self.pages.setCurrentWidget(self.results_page)
        self.model.add(records)
        self._show_what_is_possible()

    def _stop_and_close(self) -> None:
        self._closing = True
        self.session.cancel()
        self._after_work()

    def _after_work(self) -> None:
        if self._closing and not self.session.working:
            self.close()
