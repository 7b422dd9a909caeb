"""The history as Qt's views want it: rows appear while somebody scrolls towards them, and few are kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from defect_desktop.core.history import EVERYTHING, HistoryFilter, Order, Page
from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.desk import Desk
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.history.paging import PAGE_ROWS, PagedRecords
from defect_desktop.ui.pages.history.services import FoundPhotos
from defect_desktop.ui.pages.history.wording import row_text

Index = QModelIndex | QPersistentModelIndex

NO_INDEX = QModelIndex()

_AHEAD = 3 * PAGE_ROWS
"""So many rows before the last known one somebody must look for more of them to be read."""

_MOST_WANTED = 4
"""Pages that wait to be read; one that was wanted before these has been scrolled past."""


class HistoryModel(QAbstractListModel):
    """`found` says that another part of the history is shown, with what was found; it is never told of a stale one."""

    found = Signal(object)

    def __init__(
        self, look: Look, desk: Desk, find: Callable[[HistoryFilter], FoundPhotos], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._desk = desk
        self._find = find
        self._records = PagedRecords()
        self._photos: FoundPhotos | None = None
        self._order = Order()
        self._wanted: list[int] = []
        self._reading = False
        desk.failed.connect(self._give_up)

    @property
    def complete(self) -> bool:
        """Whether the last row is known."""
        return self._records.complete

    def show_only(self, where: HistoryFilter = EVERYTHING, order: Order | None = None) -> None:
        """Shows what a filter lets through; the old rows stay until the first new ones are there."""
        wanted = order or Order()

        def first() -> tuple[FoundPhotos, Page]:
            photos = self._find(where)
            return photos, photos.page(wanted, None, PAGE_ROWS)

        self._desk.ask("first rows", first, lambda answer: self._begin(wanted, *answer))

    def reread(self) -> None:
        """Reads again what is looked at: what a person said of a photo may have changed."""
        self._records.age()
        self._look_again(0, self._records.rows)

    def row_of(self, photo: int) -> int | None:
        """The row of a photo; None where it is not among the records at hand."""
        return self._records.row_of(photo)

    def record(self, row: int) -> PhotoRecord | None:
        """The record of a row; None where it is not at hand, and then it is fetched."""
        page = min(row // PAGE_ROWS, self._records.next_page)
        if self._records.lacks(page):
            self._want(page)
        elif row + _AHEAD > self._records.rows and not self._records.complete:
            self._want(self._records.next_page)
        return self._records.at(row)

    # What follows is Qt's interface, with Qt's names.

    def rowCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802, D102
        return 0 if parent.isValid() else self._records.rows

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:  # noqa: D102
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        record = self.record(index.row())
        return row_text(record, self._look) if record else ""

    def canFetchMore(self, parent: Index = NO_INDEX) -> bool:  # noqa: N802, D102
        return not parent.isValid() and self._photos is not None and not self._records.complete

    def fetchMore(self, parent: Index = NO_INDEX) -> None:  # noqa: N802, D102
        if self.canFetchMore(parent):
            self._want(self._records.next_page)

    def _begin(self, order: Order, photos: FoundPhotos, first: Page) -> None:
        self.beginResetModel()
        self._photos, self._order, self._records = photos, order, PagedRecords()
        self._wanted.clear()
        self._records.take(0, first)
        self.endResetModel()
        self.found.emit(photos)

    def _want(self, page: int) -> None:
        if page in self._wanted:
            self._wanted.remove(page)
        self._wanted.append(page)
        del self._wanted[:-_MOST_WANTED]
        self._read_next()

    def _read_next(self) -> None:
        if self._reading or not self._wanted or self._photos is None:
            return
        page = self._wanted.pop()
        self._reading = True
        read = partial(self._photos.page, self._order, self._records.start_of(page), PAGE_ROWS)
        self._desk.do(read, partial(self._receive, self._records, page))

    def _receive(self, asker: PagedRecords, page: int, read: Page) -> None:
        self._reading = False
        if asker is self._records:
            self._take(page, read)
        self._wanted = [each for each in self._wanted if self._records.lacks(each)]
        self._read_next()

    def _take(self, page: int, read: Page) -> None:
        if page != self._records.next_page:
            if self._records.ends_elsewhere(page, read):
                self._end_with(page, read)
            else:
                self._records.take(page, read)
            self._look_again(page * PAGE_ROWS, (page + 1) * PAGE_ROWS)
        elif read.records and not self._records.complete:
            self.beginInsertRows(NO_INDEX, self._records.rows, self._records.rows + len(read.records) - 1)
            self._records.take(page, read)
            self.endInsertRows()
        else:
            self._records.take(page, read)

    def _end_with(self, page: int, read: Page) -> None:
        """Photos came or went at the end of the page: the rows after it are read anew when somebody looks for them."""
        before, rows = self._records.rows, page * PAGE_ROWS + len(read.records)
        self._wanted = [each for each in self._wanted if each <= page]
        if rows < before:
            self.beginRemoveRows(NO_INDEX, rows, before - 1)
            self._records.end_with(page, read)
            self.endRemoveRows()
        elif rows > before:
            self.beginInsertRows(NO_INDEX, before, rows - 1)
            self._records.end_with(page, read)
            self.endInsertRows()
        else:
            self._records.end_with(page, read)

    def _look_again(self, first: int, end: int) -> None:
        last = min(end, self._records.rows) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first), self.index(last))

    def _give_up(self) -> None:
        """A question failed; the next look at a row asks again."""
        self._reading = False
        self._wanted.clear()
