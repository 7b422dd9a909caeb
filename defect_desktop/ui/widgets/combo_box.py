"""A list that opens to choose one of it."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QListView

from defect_desktop.ui.widgets.wheel import scroll_past


def combo_box() -> QComboBox:
    """An empty one, whose items are tall enough for a finger in every style, and which no wheel changes."""
    box = QComboBox()
    box.setView(QListView())  # the plain popup of some styles knows no tall items
    scroll_past(box)
    return box
