"""How many defects there are where: a bar a unit, trade, room, part or class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeySequence, QPainter
from PySide6.QtWidgets import QHBoxLayout, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from defect_desktop.core.history import DefectCounts
from defect_desktop.core.place import PlacePart
from defect_desktop.ui.desk import Desk
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.history.bars import Bar, bars_by_class, bars_by_place
from defect_desktop.ui.pages.history.services import FoundPhotos
from defect_desktop.ui.pages.history.wording import SEPARATOR
from defect_desktop.ui.widgets.action_button import action_button
from defect_desktop.ui.widgets.chip import chip_font
from defect_desktop.ui.widgets.choice_group import ChoiceGroup
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.widgets.row_painting import paint_ground
from defect_desktop.ui.widgets.rows_view import RowsView

Index = QModelIndex | QPersistentModelIndex

NO_INDEX = QModelIndex()

_BAR = 10


class Grouping(Enum):
    """What the defects are counted by; the value holds the parts of a place that make a bar."""

    UNIT = (PlacePart.PROJECT, PlacePart.BUILDING, PlacePart.UNIT)
    TRADE = (PlacePart.TRADE,)
    ROOM = (PlacePart.ROOM,)
    PART = (PlacePart.PART,)
    CLASS = ()


class BarsModel(QAbstractListModel):
    """The bars in words; the delegate paints them."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._names: Callable[[str], str] = str
        self._grouping = Grouping.UNIT
        self.bars: Sequence[Bar] = ()

    def show(self, grouping: Grouping, bars: Sequence[Bar], names: Callable[[str], str]) -> None:
        """Shows other bars; `names` gives the name of a class."""
        self.beginResetModel()
        self._grouping, self.bars, self._names = grouping, bars, names
        self.endResetModel()

    @property
    def longest(self) -> int:
        """What the longest bar counts."""
        return self.bars[0].defects if self.bars else 1

    def title(self, bar: Bar) -> str:
        """What the bar is about."""
        if self._grouping is Grouping.CLASS:
            return self._names(bar.labels[0][0])
        named = zip(self._grouping.value, bar.place, strict=True)
        words = SEPARATOR.join(self._look.say(part.name_of(value)) for part, value in named if value)
        return words or self.tr("Place not known")

    def about(self, row: int) -> dict[PlacePart, str] | tuple[str]:
        """What a bar counts: a place, by part, or a label, in a tuple of one."""
        bar = self.bars[row]
        if self._grouping is Grouping.CLASS:
            return (bar.labels[0][0],)
        return dict(zip(self._grouping.value, bar.place, strict=True))

    def details(self, bar: Bar) -> str:
        """The most frequent classes in it."""
        if self._grouping is Grouping.CLASS:
            return ""
        return SEPARATOR.join(f"{self._names(name)} {count:,}" for name, count in bar.labels)

    def rowCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802, D102
        return 0 if parent.isValid() else len(self.bars)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:  # noqa: D102
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        bar = self.bars[index.row()]
        return ", ".join(filter(None, (f"{self.title(bar)}: {bar.defects:,}", self.details(bar))))


class _BarDelegate(QStyledItemDelegate):
    """Paints a row: what it is about, how many, the bar, and the classes in it."""

    def __init__(self, look: Look, model: BarsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model
        self._small = QFont(parent.font())
        self._small.setPixelSize(look.theme.sizes.small)
        self._bold = chip_font(parent.font())
        self._bold.setPixelSize(look.theme.sizes.body)

    @property
    def row_height(self) -> int:
        lines = QFontMetrics(self._bold).height() + QFontMetrics(self._small).height()
        return lines + _BAR + 3 * self._look.theme.sizes.s + self._look.theme.sizes.xs

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, bar, place = self._look.theme, self._model.bars[index.row()], option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, place, self._look, selected=bool(option.state & QStyle.StateFlag.State_Selected))
        inner = place.adjusted(theme.sizes.l, theme.sizes.s, -theme.sizes.l, -theme.sizes.s)
        metrics = QFontMetrics(self._bold)
        line = QRect(inner.left(), inner.top(), inner.width(), metrics.height())
        number = f"{bar.defects:,}"
        painter.setFont(self._bold)
        painter.setPen(theme.colour("text"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
        room = line.width() - metrics.horizontalAdvance(number) - theme.sizes.m
        shown = metrics.elidedText(self._model.title(bar), Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        self._paint_bar(painter, QRect(inner.left(), line.bottom() + theme.sizes.xs, inner.width(), _BAR), bar)
        painter.setFont(self._small)
        painter.setPen(theme.colour("text_muted"))
        below = QRect(inner.left(), line.bottom() + _BAR + theme.sizes.s, inner.width(), inner.height())
        details = QFontMetrics(self._small).elidedText(
            self._model.details(bar), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, details)
        painter.restore()

    def _paint_bar(self, painter: QPainter, place: QRect, bar: Bar) -> None:
        theme = self._look.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("surface_raised"))
        painter.drawRoundedRect(place, _BAR / 2, _BAR / 2)
        painter.setBrush(theme.colour("accent"))
        place.setWidth(max(_BAR, round(place.width() * bar.defects / self._model.longest)))
        painter.drawRoundedRect(place, _BAR / 2, _BAR / 2)


class Charts(QWidget):
    """`chosen` brings what a tapped bar is about: a place, a dictionary by part, or a label, in a tuple of one.

    `left` says that the user has seen enough.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, look: Look, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._photos: FoundPhotos | None = None
        self._names: Callable[[str], str] = str
        self.model = BarsModel(look)
        self.groups: ChoiceGroup[Grouping] = ChoiceGroup(look, self.tr("Count by"), single=True)
        titles = {
            Grouping.UNIT: self.tr("By unit"),
            Grouping.TRADE: self.tr("By trade"),
            Grouping.ROOM: self.tr("By room"),
            Grouping.PART: self.tr("By part"),
            Grouping.CLASS: self.tr("By defect"),
        }
        self.groups.offer(titles.items())
        self.groups.choose([Grouping.UNIT])
        self.groups.changed.connect(self._count)
        self._said = label(role="muted", wraps=True)
        self.table = RowsView(self.tr("Defects"), self.model)
        delegate = _BarDelegate(look, self.model, self.table)
        self.table.paint_with(delegate, delegate.row_height)
        self.table.opened.connect(lambda row: self.chosen.emit(self.model.about(row)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.sizes.m)
        column.addLayout(self._head(look))
        column.addWidget(self.groups)
        column.addWidget(self._said)
        column.addWidget(self.table, 1)

    @property
    def said(self) -> str:
        """What is said of the numbers."""
        return self._said.text()

    def show_photos(self, photos: FoundPhotos, names: Callable[[str], str]) -> None:
        """Counts the defects in these photos; `names` gives the name of a class."""
        self._photos, self._names = photos, names
        self._count()

    def give_up(self) -> None:
        """Says that nobody counts any more: it failed."""
        if self._said.text() == self.tr("Counting…"):
            self._said.clear()

    def _head(self, look: Look) -> QHBoxLayout:
        back = QAction(look.icon("back"), self.tr("Back to the list"), self)
        back.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        back.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.triggered.connect(self.left)
        self.addAction(back)
        row = QHBoxLayout()
        row.setSpacing(look.theme.sizes.m)
        row.addWidget(action_button(back))
        row.addWidget(label(self.tr("Defects counted"), "title"))
        row.addStretch(1)
        return row

    def _count(self) -> None:
        photos, grouping = self._photos, self.groups.chosen[0]
        if photos is None:
            return
        self._said.setText(self.tr("Counting…"))

        def count() -> tuple[DefectCounts, list[Bar]]:
            found = photos.defects(*grouping.value)
            by_class = grouping is Grouping.CLASS
            return found, bars_by_class(found.counts) if by_class else bars_by_place(found.counts)

        self._desk.ask("bars", count, lambda counted: self._show(grouping, *counted))

    def _show(self, grouping: Grouping, found: DefectCounts, bars: list[Bar]) -> None:
        self.model.show(grouping, bars, self._names)
        said = self.tr("Defects: {count}. Photos of one defect count once; tap a bar for its photos.")
        said = said.format(count=f"{found.defects:,}")
        if grouping is not Grouping.CLASS and found.places > len(bars):
            shown = self.tr("Places with most defects: {shown} of {places}.")
            said += " " + shown.format(shown=f"{len(bars):,}", places=f"{found.places:,}")
        self._said.setText(said)
