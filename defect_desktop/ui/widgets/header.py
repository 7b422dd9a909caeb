"""The bar at the top of the window: what the program is called, and what it can do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from defect_desktop.ui.look import Look
from defect_desktop.ui.widgets.action_button import action_button
from defect_desktop.ui.widgets.labels import label


class Header(QFrame):
    """The title on the left, the actions on the right, the most important one last."""

    def __init__(
        self, look: Look, mark: QIcon, choose: QAction, export: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        picture = QLabel()
        picture.setPixmap(mark.pixmap(36, 36))
        sizes = look.theme.sizes
        row = QHBoxLayout(self)
        row.setContentsMargins(sizes.l, sizes.s, sizes.l, sizes.s)
        row.setSpacing(sizes.m)
        row.addWidget(picture)
        row.addWidget(label(self.tr("Defect Desktop"), "title"))
        row.addStretch(1)
        row.addWidget(action_button(export))
        row.addWidget(action_button(choose, primary=True))
