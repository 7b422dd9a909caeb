"""The last photos that were taken, the newest first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.review.wording import program_state, spoken
from defect_desktop.ui.thumbnails import Thumbnails

PICTURE = QSize(96, 72)
KEPT = 3
_BADGE = 24


class CaptureStrip(QWidget):
    """`tapped` brings the record of a photo."""

    tapped = Signal(object)

    def __init__(self, look: Look, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.records: tuple[PhotoRecord, ...] = ()
        self.buttons = [_PhotoButton(look, thumbnails) for _ in range(KEPT)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.sizes.s)
        for place, button in enumerate(self.buttons):
            button.clicked.connect(partial(self._tap, place))
            row.addWidget(button)
        row.addStretch(1)
        self.setFixedSize(KEPT * PICTURE.width() + (KEPT - 1) * row.spacing(), PICTURE.height())
        self.show_records(())

    def show_records(self, records: tuple[PhotoRecord, ...]) -> None:
        """Shows photos, the newest first; those that are too many are left out."""
        self.records = records[:KEPT]
        for place, button in enumerate(self.buttons):
            button.show_record(self.records[place] if place < len(self.records) else None)

    def _tap(self, place: int, _checked: bool = False) -> None:
        self.tapped.emit(self.records[place])


class _PhotoButton(QAbstractButton):
    """A photo with the sign of its verdict."""

    def __init__(self, look: Look, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._look = look
        self._thumbnails = thumbnails
        self._record: PhotoRecord | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        thumbnails.changed.connect(self.update)

    def show_record(self, record: PhotoRecord | None) -> None:
        """Shows a photo, or hides."""
        self._record = record
        self.setVisible(record is not None)
        if record is not None:
            self.setAccessibleName(spoken(record, self._look))
            self.setToolTip(self.accessibleName())
        self.update()

    # What follows is Qt's interface, with Qt's names.

    def sizeHint(self) -> QSize:  # noqa: N802
        return PICTURE

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self._record is None:
            return
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("surface_raised"))
        pixmap = self._thumbnails.get(self._record.outcome.photo)
        if pixmap is not None and not pixmap.isNull():
            size = pixmap.deviceIndependentSize().toSize()
            painter.drawPixmap((self.width() - size.width()) // 2, (self.height() - size.height()) // 2, pixmap)
        state = program_state(self._record).value
        badge = QRect(4, self.height() - _BADGE - 4, _BADGE, _BADGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{state}_soft"))
        painter.drawEllipse(badge)
        sign = self._look.icons.pixmap(state, theme.colour(state), _BADGE - 8, self.devicePixelRatioF())
        painter.drawPixmap(badge.left() + 4, badge.top() + 4, sign)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        width = 2 if self.hasFocus() else 1
        painter.setPen(QPen(theme.colour("accent" if self.hasFocus() else "border_strong"), width))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
