"""The round button that takes a photo."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from defect_desktop.ui.look import Look

SIDE = 92
_ICON = 40


class ShutterButton(QAbstractButton):
    """Large enough for a thumb in a glove."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setText(self.tr("Take a photo"))
        self.setAccessibleName(self.text())
        self.setToolTip(self.tr("Take a photo (space, or a volume key)"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a tap leaves the keys to the page

    # What follows is Qt's interface, with Qt's names.

    def sizeHint(self) -> QSize:  # noqa: N802, D102
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        painter.setPen(QPen(theme.colour("text" if self.hasFocus() else "border_strong"), 4))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(whole)
        painter.setPen(Qt.PenStyle.NoPen)
        role = "accent_strong" if self.isDown() else "accent"
        painter.setBrush(theme.colour(role if self.isEnabled() else "border"))
        painter.drawEllipse(whole.adjusted(7, 7, -7, -7))
        ink = theme.colour("on_accent" if self.isEnabled() else "text_disabled")
        icon = self._look.icons.pixmap("camera", ink, _ICON, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - _ICON) // 2, (self.height() - _ICON) // 2, icon)
        painter.end()
