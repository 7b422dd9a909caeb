"""The warning on a model pack's card, for as long as results of that pack are shown. It cannot be closed."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from defect_desktop.language import Bilingual
from defect_desktop.ui.look import Look
from defect_desktop.ui.widgets.labels import label


class NoticeBanner(QFrame):
    """A sentence on an amber ground, with a warning sign."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._look = look
        icon = QLabel()
        icon.setPixmap(look.icons.pixmap("check", look.theme.colour("check"), 24, self.devicePixelRatioF()))
        self._text = label(wraps=True)
        sizes = look.theme.sizes
        row = QHBoxLayout(self)
        row.setContentsMargins(sizes.l, sizes.m, sizes.l, sizes.m)
        row.setSpacing(sizes.m)
        row.addWidget(icon)
        row.addWidget(self._text, 1)
        self.hide()

    def show_notice(self, notice: Bilingual | None) -> None:
        """Shows the warning, or hides the banner where there is none."""
        text = self._look.say(notice) if notice else ""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
