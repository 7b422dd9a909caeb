"""The packs, one below the other: what each is called, where it comes from, and which one is in use."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from defect_desktop.ui.look import Look
from defect_desktop.ui.widgets.chip import chip_font
from defect_desktop.ui.widgets.row_painting import paint_ground, paint_line
from defect_desktop.workflows.list_packs import ShelvedPack

Index = QModelIndex | QPersistentModelIndex

NO_INDEX = QModelIndex()

SEPARATOR = "  ·  "
_ICON = 20


class PackModel(QAbstractListModel):
    """The packs in words; the delegate paints them."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.packs: Sequence[ShelvedPack] = ()
        self.in_use = ""

    def show(self, packs: Sequence[ShelvedPack], in_use: str) -> None:
        """Shows other packs, or another one in use."""
        self.beginResetModel()
        self.packs, self.in_use = packs, in_use
        self.endResetModel()

    def row_of(self, name: str) -> int | None:
        """The row of the pack with this name."""
        return next((row for row, shelved in enumerate(self.packs) if shelved.name == name), None)

    def title(self, shelved: ShelvedPack) -> str:
        """What the pack is called, with its version."""
        if shelved.pack is None:
            return shelved.name
        card = shelved.pack.card
        return f"{self._look.say(card.title.bilingual())}  {card.version}"

    def origin(self, shelved: ShelvedPack) -> str:
        """Its name, and where it comes from."""
        origin = self.tr("installed by you") if shelved.own else self.tr("came with the program")
        return SEPARATOR.join((shelved.name, origin))

    def state(self, shelved: ShelvedPack) -> tuple[str, str, str]:
        """What must be known of it: an icon, the role of its colour, and words; empty where there is nothing."""
        if shelved.fault is not None:
            return "failed", "failed", self.tr("Cannot be used")
        if shelved.name == self.in_use:
            return "sure", "sure", self.tr("In use")
        if shelved.pack is not None and shelved.pack.card.notice:
            return "check", "check", self.tr("With a warning")
        return "", "text", ""

    def rowCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802, D102
        return 0 if parent.isValid() else len(self.packs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:  # noqa: D102
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        shelved = self.packs[index.row()]
        return ", ".join(filter(None, (self.title(shelved), self.origin(shelved), self.state(shelved)[2])))


class PackDelegate(QStyledItemDelegate):
    """Paints a pack in three lines."""

    def __init__(self, look: Look, model: PackModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model
        self._small = QFont(parent.font())
        self._small.setPixelSize(look.theme.sizes.small)
        self._bold = chip_font(parent.font())
        self._bold.setPixelSize(look.theme.sizes.body)

    @property
    def row_height(self) -> int:
        """Three lines and some air."""
        lines = QFontMetrics(self._bold).height() + 2 * QFontMetrics(self._small).height()
        return lines + 4 * self._look.theme.sizes.s

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: D102
        theme, place = self._look.theme, option.rect
        shelved = self._model.packs[index.row()]
        painter.save()
        paint_ground(painter, place, self._look, selected=bool(option.state & QStyle.StateFlag.State_Selected))
        line = place.adjusted(theme.sizes.l, theme.sizes.s, -theme.sizes.m, 0)
        line = self._text(painter, line, self._model.title(shelved), self._bold, "text")
        line = self._text(painter, line, self._model.origin(shelved), self._small, "text_muted")
        icon, role, words = self._model.state(shelved)
        if icon:
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(line.topLeft(), self._look.icons.pixmap(icon, theme.colour(role), _ICON, ratio))
            line.adjust(_ICON + theme.sizes.xs, 0, 0, 0)
            self._text(painter, line, words, self._small, role)
        painter.restore()

    def _text(self, painter: QPainter, place: QRect, text: str, font: QFont, role: str) -> QRect:
        """Paints a line at the top of `place`; what is left below it."""
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        paint_line(painter, place, self._look, text, font, role, alignment=top)
        return place.adjusted(0, QFontMetrics(font).height() + self._look.theme.sizes.s // 2, 0, 0)
