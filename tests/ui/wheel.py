"""The wheel of a mouse."""

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def turn_wheel(widget: QWidget) -> None:
    """One notch towards the user, as the system tells it, with the pointer over the middle of the widget."""
    window = widget.window()
    place = widget.mapTo(window, widget.rect().center())
    QTest.wheelEvent(window.windowHandle(), QPointF(place), QPoint(0, -120))
    QApplication.processEvents()
