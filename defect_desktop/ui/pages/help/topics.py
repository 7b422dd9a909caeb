"""What there is help about: how to use the program, the keys, and each defect with its small picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from defect_desktop.core.record import PhotoFile
from defect_desktop.core.taxonomy import DefectClass
from defect_desktop.ui.look import Look
from defect_desktop.ui.thumbnails import Thumbnails
from defect_desktop.ui.widgets.chip import chip_font

Index = QModelIndex | QPersistentModelIndex

NO_INDEX = QModelIndex()

PICTURE = QSize(64, 48)
_ICON = 28
_MARK = 4
_SECTIONS = ("info", "thresholds")


class TopicModel(QAbstractListModel):
    """Two rows about the program, then one a class."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.classes: Sequence[DefectClass] = ()
        self.examples: Mapping[str, Path] = {}

    def show(self, classes: Sequence[DefectClass], examples: Mapping[str, Path]) -> None:
        """Shows other classes."""
        self.beginResetModel()
        self.classes, self.examples = classes, examples
        self.endResetModel()

    def about(self, row: int) -> DefectClass | None:
        """The class that a row is about; None where it is about the program."""
        return self.classes[row - len(_SECTIONS)] if row >= len(_SECTIONS) else None

    def row_of(self, label: str) -> int | None:
        """The row about a class."""
        return next((row for row, each in enumerate(self.classes, len(_SECTIONS)) if each.label == label), None)

    def icon(self, row: int) -> str:
        """The icon of a row that is not about a class."""
        return _SECTIONS[row]

    def example(self, row: int) -> PhotoFile | None:
        """The drawn example of a row's class."""
        about = self.about(row)
        path = self.examples.get(about.label) if about else None
        return PhotoFile(path, None, None) if path else None

    def rowCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802, D102
        return 0 if parent.isValid() else len(_SECTIONS) + len(self.classes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:  # noqa: D102
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        about = self.about(index.row())
        if about is None:
            return (self.tr("In six steps"), self.tr("Keys"))[index.row()]
        return self._look.say(about.name)


class TopicDelegate(QStyledItemDelegate):
    """Paints a picture, or an icon, and the name."""

    def __init__(self, look: Look, model: TopicModel, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model
        self._thumbnails = thumbnails
        self._bold = chip_font(parent.font())
        self._bold.setPixelSize(look.theme.sizes.body)

    @property
    def row_height(self) -> int:
        """The picture, or a long name in three lines, and some air."""
        name = 3 * QFontMetrics(self._bold).lineSpacing()
        return max(PICTURE.height(), name) + 2 * self._look.theme.sizes.s

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: D102
        theme, place = self._look.theme, option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, theme.colour("selection"))
            painter.fillRect(place.left(), place.top(), _MARK, place.height(), theme.colour("accent"))
        painter.fillRect(place.left(), place.bottom(), place.width(), 1, theme.colour("border"))
        frame = QRect(place.left() + theme.sizes.m, place.center().y() - PICTURE.height() // 2, *PICTURE.toTuple())
        self._paint_picture(painter, frame, index.row())
        painter.setFont(self._bold)
        painter.setPen(theme.colour("text"))
        words = place.adjusted(frame.right() - place.left() + theme.sizes.m, 0, -theme.sizes.s, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        name = str(self._model.data(index))
        if QFontMetrics(self._bold).horizontalAdvance(name) > words.width():
            flags |= Qt.TextFlag.TextWordWrap
        painter.drawText(words, flags, name)
        painter.restore()

    def _paint_picture(self, painter: QPainter, frame: QRect, row: int) -> None:
        theme, ratio = self._look.theme, painter.device().devicePixelRatioF()
        if self._model.about(row) is None:
            pixmap = self._look.icons.pixmap(self._model.icon(row), theme.colour("accent"), _ICON, ratio)
        else:
            painter.fillRect(frame, theme.colour("surface_raised"))
            example = self._model.example(row)
            found = self._thumbnails.get(example) if example else None
            if found is None or found.isNull():
                return
            pixmap = found
        size = pixmap.deviceIndependentSize().toSize()
        painter.drawPixmap(frame.center() - QRect(0, 0, *size.toTuple()).center(), pixmap)
