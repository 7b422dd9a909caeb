"""A list that opens to choose one of it."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QListView


def combo_box() -> QComboBox:
    """An empty one, whose items are tall enough for a finger in every style."""
    box = QComboBox()
    box.setView(QListView())  # the plain popup of some styles knows no tall items
    return box
