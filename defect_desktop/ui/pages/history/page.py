"""The history page: which of its four faces is shown (list, filters, charts, one photo), and what each hears of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from defect_desktop.core.history import EVERYTHING, HistoryFilter, LabelSource, Order
from defect_desktop.core.place import PlacePart
from defect_desktop.core.printable import printable
from defect_desktop.ui.background import Task
from defect_desktop.ui.desk import Desk
from defect_desktop.ui.dialogs import Dialogs
from defect_desktop.ui.file_manager import open_folder
from defect_desktop.ui.navigation import Page, PageContext
from defect_desktop.ui.pages.history.charts import Charts
from defect_desktop.ui.pages.history.conditions import conditions
from defect_desktop.ui.pages.history.delegate import THUMBNAIL, HistoryDelegate
from defect_desktop.ui.pages.history.filter_sheet import FilterSheet
from defect_desktop.ui.pages.history.model import HistoryModel
from defect_desktop.ui.pages.history.paging import PAGE_ROWS
from defect_desktop.ui.pages.history.photo import HistoryPhoto
from defect_desktop.ui.pages.history.services import Choices, FoundPhotos, HistoryServices
from defect_desktop.ui.pages.history.tools import HistoryTools
from defect_desktop.ui.thumbnails import Thumbnails
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.widgets.message_bar import Level, Message
from defect_desktop.ui.widgets.progress_panel import ProgressPanel
from defect_desktop.ui.widgets.rows_view import RowsView


@dataclass(frozen=True, slots=True)
class _Memory:
    where: HistoryFilter
    order: Order


class HistoryPage(Page):
    """Everything ever classified, found by filters, in order."""

    def __init__(self, context: PageContext, services: HistoryServices, dialogs: Dialogs) -> None:
        super().__init__()
        self._context = context
        self._services = services
        self._dialogs = dialogs
        self._export_task: Task | None = None
        self._where = EVERYTHING
        self._count: int | None = None
        self._current: int | None = None
        self._choices = Choices((), (), {})
        look = context.look
        self._look = look
        # Counting may take a second; rows must not wait for it.
        self._rows_desk, self._count_desk = Desk(self), Desk(self)
        self.model = HistoryModel(look, self._rows_desk, services.find, self)
        self._thumbnails = Thumbnails(services.show_photo, THUMBNAIL, self.devicePixelRatioF(), self)
        self._filters = self._action("filter", self.tr("Filters"), self.open_sheet)
        self._counts = self._action("charts", self.tr("Charts"), self.open_charts)
        self._export = self._action("export", self.tr("Export CSV…"), self._choose_target)

    def furnish(self) -> Iterator[None]:  # noqa: D102
        look = self._look
        self.tools = HistoryTools(look, (self._filters, self._counts, self._export))
        self.progress = ProgressPanel(look)
        self._lay_out()
        yield
        self.table = RowsView(self.tr("Photos"), self.model)
        delegate = HistoryDelegate(look, self.model, self._thumbnails, self.table)
        self.table.paint_with(delegate, delegate.row_height)
        self._rows.insertWidget(0, self.table)
        self._rows.setCurrentWidget(self.table)
        self._connect()

    # The faces that are not seen at once are made when they are: the page must come up in a blink.

    @cached_property
    def sheet(self) -> FilterSheet:
        """Where filters are chosen."""
        sheet = FilterSheet(self._look)
        sheet.show_choices(self._choices)
        sheet.show_filter(self._where)
        sheet.show_count(self._count)
        sheet.changed.connect(self._narrow_by_sheet)
        sheet.closed.connect(self._to_list)
        self._faces.addWidget(sheet)
        return sheet

    @cached_property
    def charts(self) -> Charts:
        """Where defects are counted."""
        charts = Charts(self._look, self._count_desk)
        charts.chosen.connect(self._narrow_by_bar)
        charts.left.connect(self._to_list)
        self._faces.addWidget(charts)
        return charts

    @cached_property
    def photo(self) -> HistoryPhoto:
        """Where one photo is shown large."""
        photo = HistoryPhoto(self._look, self.model, self._services.show_photo)
        photo.left.connect(self._leave_photo)
        photo.review.connect(self._context.review)
        self._faces.addWidget(photo)
        return photo

    def _made(self, face: str) -> bool:
        return face in vars(self)

    @property
    def first(self) -> QWidget:
        """Where the keys of the face in front work."""
        face = self._faces.currentWidget()
        if self._made("photo") and face is self.photo:
            return self.photo.view
        if self._made("sheet") and face is self.sheet:
            return self.sheet.first
        return self.charts.table if self._made("charts") and face is self.charts else self

    @property
    def where(self) -> HistoryFilter:
        """What narrows the list at present."""
        return self._where

    @property
    def settled(self) -> bool:
        """Whether nothing is being read or counted."""
        return not self._rows_desk.busy and not self._count_desk.busy

    @property
    def working(self) -> bool:
        """A file is being written."""
        return self._export_task is not None

    def stop_work(self) -> None:
        """The file that was there before stays."""
        if self._export_task:
            self._export_task.cancel()

    def shown(self) -> None:
        """What was classified or reviewed elsewhere shows; who has scrolled far down stays there."""
        self._ask_choices()
        large = self.photo.row if self._made("photo") else None
        if self.model.rowCount() and (self.table.top_row > 0 or (large or 0) >= PAGE_ROWS):
            self.model.reread()
            where = self._where
            self._count_desk.ask("count", lambda: self._services.find(where).count(), self._show_count)
        else:
            current = self.table.currentIndex()
            record = self.model.record(current.row()) if current.isValid() else None
            self._current = record.photo_id if record else None
            self._search()
        if self._made("charts") and self._faces.currentWidget() is self.charts:
            self.open_charts()

    def memory(self) -> object:
        """What is searched for, be it still being typed."""
        return _Memory(replace(self._where, text=self.tools.text), self.tools.order)

    def recall(self, memory: object) -> None:
        """Searches for it."""
        if isinstance(memory, _Memory):
            self.tools.show_order(memory.order)
            self.show_only(memory.where)

    def close_page(self) -> None:
        """Ends the threads, then lets go of the database."""
        if self._export_task:
            self._export_task.drop()
            self._export_task.wait()
        self._thumbnails.close()
        if self._made("photo"):
            self.photo.view.close_loader()
        self._rows_desk.close()
        self._count_desk.close()
        self._services.close()

    def show_only(self, where: HistoryFilter) -> None:
        """Narrows the list by a filter, from wherever it comes."""
        self._where = where
        self.tools.show_text(where.text)
        self.tools.show_conditions(conditions(where, self._choices, self._look))
        if self._made("sheet"):
            self.sheet.show_filter(where)
        self._search()

    def _search(self) -> None:
        self._show_count(None)
        self.model.show_only(self._where, self.tools.order)

    def _found(self, photos: FoundPhotos) -> None:
        self._rows.setCurrentWidget(self.table if self.model.rowCount() else self._nothing)
        narrowed = self._where != EVERYTHING
        none = self.tr("There are no photos yet. Classify some on the page “Inspect”.")
        self._why_nothing.setText(self.tr("No photo matches.") if narrowed else none)
        self._show_all.setVisible(narrowed)
        self._export.setEnabled(bool(self.model.rowCount()) and not self.working)
        self.table.scrollToTop()
        current, self._current = self._current, None
        row = None if current is None else self.model.row_of(current)
        if row is not None:
            self.table.select(row)
        self._count_desk.ask("count", photos.count, self._show_count)

    def _show_count(self, count: int | None) -> None:
        self._count = count
        self.tools.show_count(count)
        if self._made("sheet"):
            self.sheet.show_count(count)

    def _ask_choices(self) -> None:
        place = dict(self._where.place)
        self._count_desk.ask("choices", lambda: self._services.choices(place), self._take_choices)

    def _take_choices(self, choices: Choices) -> None:
        self._choices = choices
        if self._made("sheet"):
            self.sheet.show_choices(choices)
        self.tools.show_conditions(conditions(self._where, choices, self._look))

    def _class_name(self, label_: str) -> str:
        names = {each.label: each.name for each in self._choices.classes}
        return self._look.say(names[label_]) if label_ in names else label_

    def open_sheet(self) -> None:
        """Shows what the list can be narrowed by."""
        self._ask_choices()
        self._faces.setCurrentWidget(self.sheet)
        self.sheet.first.setFocus()

    def open_charts(self) -> None:
        """Counts the defects in what the list shows."""
        self._faces.setCurrentWidget(self.charts)
        self.charts.table.setFocus()
        where = self._where
        self._count_desk.ask("charted", lambda: self._services.find(where), self._chart)

    def _chart(self, photos: FoundPhotos) -> None:
        self.charts.show_photos(photos, self._class_name)

    def _open_photo(self, row: int) -> None:
        self._faces.setCurrentWidget(self.photo)
        self.photo.open(row)

    def _to_list(self) -> None:
        self._faces.setCurrentWidget(self._list)
        self.table.setFocus()

    def _leave_photo(self, row: int) -> None:
        self._to_list()
        self.table.select(row)

    def _narrow(self, where: HistoryFilter) -> None:
        """Shows what matches besides the text, which may just be being typed."""
        self.show_only(replace(where, text=self.tools.text))

    def _narrow_by_sheet(self, where: HistoryFilter) -> None:
        self._narrow(where)
        self._ask_choices()

    def _narrow_by_bar(self, bar: dict[PlacePart, str] | tuple[str]) -> None:
        self._to_list()
        if isinstance(bar, tuple):
            self._narrow(replace(self._where, labels=frozenset(bar), labels_of=LabelSource.FINAL))
        else:
            self._narrow(replace(self._where, place={**self._where.place, **bar}))

    def _choose_target(self) -> None:
        target = self._dialogs.choose_csv(self)
        if target is None or self.working:
            return
        where, order = self._where, self.tools.order
        task = self._export_task = Task(lambda: self._services.export(where, order, target), self)
        task.events.connect(lambda events: self.progress.show_progress(events[-1]))
        task.done.connect(lambda rows: self._tell_written(rows, target))
        task.stopped.connect(lambda: self._tell(Level.INFO, self.tr("Stopped. No file was written.")))
        task.failed.connect(self._context.fail)
        task.ended.connect(self._end_export)
        self._export.setEnabled(False)
        self.progress.wait_for(self.tr("Writing the CSV file…"), stoppable=True)
        task.start()

    def _end_export(self) -> None:
        if self._export_task:
            self._export_task.deleteLater()
        self._export_task = None
        self.progress.hide()
        self._export.setEnabled(bool(self.model.rowCount()))

    def _tell_written(self, rows: int, target: Path) -> None:
        text = self.tr("%n row(s) written to {file}.", "", rows).format(file=printable(target))
        action = (self.tr("Open the folder"), lambda: open_folder(target.parent, self._context.tell))
        self._context.tell(Message(Level.DONE, text, action))

    def _fail(self, error: Exception) -> None:
        if self._count is None:
            self.tools.show_count_unknown()
        if self._made("charts"):
            self.charts.give_up()
        self._context.fail(error)

    def _tell(self, level: Level, text: str) -> None:
        self._context.tell(Message(level, text))

    def _connect(self) -> None:
        for desk in (self._rows_desk, self._count_desk):
            desk.failed.connect(self._fail)
        self.model.found.connect(self._found)
        self.tools.searched.connect(lambda text: self.show_only(replace(self._where, text=text)))
        self.tools.ordered.connect(lambda _: self._search())
        self.tools.narrowed.connect(self._narrow)
        self.table.opened.connect(self._open_photo)
        self.progress.cancelled.connect(self.stop_work)
        self._thumbnails.changed.connect(self.table.viewport().update)

    def _lay_out(self) -> None:
        self._rows = QStackedWidget()
        self._nothing = self._make_nothing()
        self._rows.addWidget(self._nothing)
        self._list = QWidget()
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.theme.sizes.m)
        column.addWidget(self.tools)
        column.addWidget(self.progress)
        column.addWidget(self._rows, 1)
        self._faces = QStackedWidget()
        self._faces.addWidget(self._list)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._faces)

    def _make_nothing(self) -> QWidget:
        page = QWidget()
        page.setObjectName("card")
        column = QVBoxLayout(page)
        column.setSpacing(self._look.theme.sizes.l)
        column.addStretch()
        self._why_nothing = label(role="title", wraps=True)
        self._why_nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._why_nothing)
        self._show_all = QPushButton(self.tr("Show all photos"))
        self._show_all.clicked.connect(lambda: self.show_only(EVERYTHING))
        column.addWidget(self._show_all, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        return page

    def _action(self, icon: str, text: str, act: Callable[[], None]) -> QAction:
        action = QAction(self._look.icon(icon), text, self)
        action.triggered.connect(lambda: act())
        return action
