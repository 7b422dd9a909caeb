"""Buttons for actions: text, for the eye and the ear, icon, shortcut and whether it can be used are the action's."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QToolButton


def action_button(action: QAction, *, primary: bool = False, icon_only: bool = False) -> QToolButton:
    """A button for an action. A `primary` one stands out, an `icon_only` one has no text."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(QSize(22, 22))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    style = Qt.ToolButtonStyle.ToolButtonIconOnly if icon_only else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    button.setToolButtonStyle(style)
    if primary or icon_only:
        button.setProperty("kind", "primary" if primary else "icon")
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    text = action.text().rstrip("…")
    action.setIconText(f" {text}")  # the style leaves too little room between icon and text
    action.setToolTip(f"{text} ({keys})" if keys else text)
    return button
