"""The wheel of the mouse on pages that scroll."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


def scroll_past(control: QWidget) -> None:
    """Leaves the wheel to the page that a control lies on: what passes below the pointer is not changed by it."""
    control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # nor does it take the keys
    control.installEventFilter(_Pass(control))


class _Pass(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() != QEvent.Type.Wheel:
            return False
        event.ignore()  # so that Qt offers it to the parent
        return True
