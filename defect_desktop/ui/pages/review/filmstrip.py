"""The photos of the review in a row below the large one: what comes next, what is done, and a way to any of them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QScroller,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.review.film_model import FilmModel
from defect_desktop.ui.pages.review.wording import sign
from defect_desktop.ui.thumbnails import Thumbnails

PICTURE = QSize(96, 72)
_FRAME = 6
_SIGN = 24


class Filmstrip(QListView):
    """`tapped` brings the row of a photo that a person wants."""

    tapped = Signal(int)

    def __init__(self, look: Look, model: FilmModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filmstrip")
        self.setModel(model)
        self.setItemDelegate(_FrameDelegate(look, model, thumbnails, self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(PICTURE.height() + 2 * _FRAME + 18)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys of the page go from photo to photo
        self.setAccessibleName(self.tr("Photos to review"))
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.clicked.connect(lambda index: self.tapped.emit(index.row()))
        thumbnails.changed.connect(self.viewport().update)

    def show_row(self, row: int) -> None:
        """Marks the current photo and brings it into view."""
        index = self.model().index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)


class _FrameDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, model: FilmModel, thumbnails: Thumbnails, strip: Filmstrip) -> None:
        super().__init__(strip)
        self._strip = strip
        self._look = look
        self._model = model
        self._thumbnails = thumbnails

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return PICTURE + QSize(2 * _FRAME, 2 * _FRAME)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        record = self._model.record(index.row())
        theme = self._look.theme
        place: QRect = option.rect
        frame = QRect(place.center() - QPoint(PICTURE.width() // 2, PICTURE.height() // 2), PICTURE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(frame, theme.colour("surface_raised"))
        self._paint_photo(painter, frame, index.row())
        if index == self._strip.currentIndex():
            painter.setPen(QPen(theme.colour("accent"), 4))
            painter.drawRoundedRect(frame.adjusted(-2, -2, 1, 1), 4, 4)
        icon, role = sign(record)
        self._paint_sign(painter, frame.topRight() + QPoint(-_SIGN - 2, 4), icon, role)
        if record.photo_id in self._model.picked:
            painter.setOpacity(0.35)
            painter.fillRect(frame, theme.colour("accent"))
            painter.setOpacity(1)
            self._paint_sign(painter, frame.topLeft() + QPoint(4, 4), "tick", "accent")
        painter.restore()

    def _paint_photo(self, painter: QPainter, frame: QRect, row: int) -> None:
        pixmap = self._thumbnails.get(self._model.record(row).outcome.photo)
        if pixmap is not None and pixmap.isNull():
            ratio = painter.device().devicePixelRatioF()
            pixmap = self._look.icons.pixmap("no_photo", self._look.theme.colour("text_muted"), 28, ratio)
        if pixmap is not None:
            size = pixmap.deviceIndependentSize().toSize()
            painter.drawPixmap(frame.center() - QPoint(size.width() // 2, size.height() // 2), pixmap)

    def _paint_sign(self, painter: QPainter, at: QPoint, icon: str, role: str) -> None:
        theme = self._look.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(at.x(), at.y(), _SIGN, _SIGN)
        ratio = painter.device().devicePixelRatioF()
        picture = self._look.icons.pixmap(icon, theme.colour(role), _SIGN - 6, ratio)
        painter.drawPixmap(at + QPoint(3, 3), picture)
