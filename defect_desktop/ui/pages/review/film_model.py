"""The roll as the filmstrip wants it: a thin adapter, which reads on as the strip is scrolled."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.review.reviewer import Reviewer
from defect_desktop.ui.pages.review.wording import spoken
from defect_desktop.ui.results_model import file_name

Index = QModelIndex | QPersistentModelIndex

_NO_INDEX = QModelIndex()


class FilmModel(QAbstractListModel):
    """Rows are the reviewer's."""

    def __init__(self, look: Look, reviewer: Reviewer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._reviewer = reviewer
        self._count = 0
        reviewer.listed.connect(self._reset)
        reviewer.extended.connect(self._grow)
        reviewer.renewed.connect(self._renew)

    @property
    def picked(self) -> dict[int, None]:
        """The photos that are chosen together."""
        return self._reviewer.picked

    def record(self, row: int) -> PhotoRecord:
        """The photo of a row."""
        return self._reviewer.roll.at(row)

    def toggle(self, row: int) -> None:
        """Picks a photo, or lets go of it."""
        photo = self.record(row).photo_id
        if photo in self.picked:
            del self.picked[photo]
        else:
            self.picked[photo] = None
        self._renew([row])

    def let_go(self) -> None:
        """Lets go of every photo."""
        self.picked.clear()
        self._renew([0, self._count - 1])

    # What follows is Qt's interface, with Qt's names.

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802, D102
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:  # noqa: D102
        if not index.isValid():
            return None
        record = self.record(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return file_name(record)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{file_name(record)}, {spoken(record, self._look)}"
        return None

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802, D102
        return self._reviewer.has_more

    def fetchMore(self, parent: Index) -> None:  # noqa: N802, D102
        self._reviewer.read_more()

    def _reset(self) -> None:
        self.beginResetModel()
        self._count = len(self._reviewer.roll)
        self.endResetModel()

    def _grow(self) -> None:
        self.beginInsertRows(_NO_INDEX, self._count, len(self._reviewer.roll) - 1)
        self._count = len(self._reviewer.roll)
        self.endInsertRows()

    def _renew(self, rows: list[int]) -> None:
        if self._count:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))
