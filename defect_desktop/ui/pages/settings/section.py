"""The card that a group of settings lies on, and the rows in it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from defect_desktop.ui.look import Look
from defect_desktop.ui.widgets.flow_layout import FlowLayout
from defect_desktop.ui.widgets.labels import label

_ICON = 24


class Section(QFrame):
    """A title with an icon, and below it what subclasses add."""

    def __init__(self, look: Look, icon: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.look = look
        sizes = look.theme.sizes
        picture = QLabel()
        picture.setPixmap(look.icons.pixmap(icon, look.theme.colour("accent"), _ICON, self.devicePixelRatioF()))
        heading = QHBoxLayout()
        heading.setSpacing(sizes.s)
        heading.addWidget(picture)
        heading.addWidget(label(title, "title"), 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(sizes.xl, sizes.l, sizes.xl, sizes.xl)
        self.column.setSpacing(sizes.m)
        self.column.addLayout(heading)

    def add_field(self, name: str, field: QWidget, note: str = "") -> None:
        """Adds a choice below its name, and what there is to know about it."""
        caption = label(name, "field")
        caption.setBuddy(field)
        rows = QVBoxLayout()
        rows.setSpacing(self.look.theme.sizes.xs)
        rows.addWidget(caption)
        rows.addWidget(field)
        if note:
            rows.addWidget(label(note, "muted", wraps=True))
        self.column.addLayout(rows)

    def add_note(self, text: str = "") -> QLabel:
        """Adds a remark in small print."""
        note = label(text, "muted", wraps=True)
        self.column.addWidget(note)
        return note

    def row(self, *widgets: QWidget) -> None:
        """Adds widgets beside each other, at the left, and in more rows than one where there is little room."""
        place = QWidget()
        row = FlowLayout(self.look.theme.sizes.m, place)
        for widget in widgets:
            row.addWidget(widget)
        self.column.addWidget(place)
