"""The way from page to page: a rail at the left of the window, or a bar at its foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QFrame, QSizePolicy, QToolButton, QWidget

from defect_desktop.ui.look import Look
from defect_desktop.ui.navigation import PageEntry

_ICON = 24
_TARGET = 64
_UNLIMITED = 16777215  # Qt's QWIDGETSIZE_MAX


class NavigationBar(QFrame):
    """A button for every page, the present one marked by a bar beside it and not by colour alone."""

    chosen = Signal(str)

    def __init__(self, look: Look, entries: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAccessibleName(self.tr("Pages"))
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._width = look.theme.sizes.rail
        for place, entry in enumerate(entries):
            self._add(look, entry, f"Ctrl+{place + 1}")
        self._row.addStretch(1)

    def mark(self, key: str) -> None:
        """Shows which page is in front."""
        self._buttons[key].setChecked(True)

    def lie_down(self, lying: bool) -> None:
        """Makes it a bar for the foot of the window, or a rail for its side."""
        if self.property("lying") is lying:
            return
        across = QBoxLayout.Direction.LeftToRight
        self._row.setDirection(across if lying else QBoxLayout.Direction.TopToBottom)
        self._row.setStretch(self._row.count() - 1, 0 if lying else 1)
        for place in range(self._row.count() - 1):
            self._row.setStretch(place, 1 if lying else 0)
        self.setMinimumWidth(0 if lying else self._width)
        self.setMaximumWidth(_UNLIMITED if lying else self._width)
        dressed = self.property("lying") is not None
        for widget in (self, *self._buttons.values()):
            widget.setProperty("lying", lying)
            if dressed:
                widget.style().unpolish(widget)
                widget.style().polish(widget)

    def _add(self, look: Look, entry: PageEntry, keys: str) -> None:
        button = QToolButton()
        button.setObjectName(f"to_{entry.key}")
        title = QCoreApplication.translate("Navigation", entry.title)
        button.setText(title)
        button.setIcon(look.icon(entry.icon, "text_muted", "accent_strong", _ICON))
        button.setIconSize(QSize(_ICON, _ICON))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setCheckable(True)
        button.setMinimumHeight(_TARGET)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setToolTip(f"{title} ({keys})")
        button.setAccessibleName(title)
        button.clicked.connect(lambda: self.chosen.emit(entry.key))
        self._buttons[entry.key] = button
        self._group.addButton(button)
        self._row.addWidget(button)
