"""The texts of the help, as the page shows them: one sheet a topic."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QScroller, QVBoxLayout, QWidget

from defect_desktop.core.defect_guide import GUIDES
from defect_desktop.core.how_to import HOW_TO, KEYS
from defect_desktop.core.record import PhotoFile
from defect_desktop.core.taxonomy import DefectClass
from defect_desktop.language import Bilingual
from defect_desktop.ui.look import Look
from defect_desktop.ui.widgets.flow_layout import FlowLayout
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.widgets.photo_view import PhotoView

if TYPE_CHECKING:
    from defect_desktop.workflows.show_photo import ShowPhoto

_PICTURE_HEIGHT = 300


class Sheet(QScrollArea):
    """A card that scrolls under its title; what is on it is added from the top."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._title = label(role="headline", wraps=True)
        card = QFrame()
        card.setObjectName("card")
        sizes = look.theme.sizes
        self.column = QVBoxLayout(card)
        self.column.setContentsMargins(sizes.xl, sizes.l, sizes.xl, sizes.xl)
        self.column.setSpacing(sizes.m)
        self.setWidget(card)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.column.addWidget(self._title)

    def entitle(self, title: str) -> None:
        """Gives it a title, for eyes and for screen readers."""
        self._title.setText(title)
        self.setAccessibleName(title)


class StepsSheet(Sheet):
    """How to use the program."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.entitle(self.tr("How to use the program"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.theme.sizes.m)
        grid.setVerticalSpacing(look.theme.sizes.l)
        grid.setColumnStretch(1, 1)
        for number, step in enumerate(HOW_TO, 1):
            grid.addWidget(label(f"{number}", "headline"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(look.say(step), wraps=True), number, 1)
        self.column.addLayout(grid)
        self.column.addStretch(1)


class KeysSheet(Sheet):
    """Keys that are worth knowing."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.entitle(self.tr("Keys"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.theme.sizes.xl)
        grid.setVerticalSpacing(look.theme.sizes.m)
        grid.setColumnStretch(1, 1)
        for row, (keys, meaning) in enumerate(KEYS):
            grid.addWidget(label(keys, "title"), row, 0)
            grid.addWidget(label(look.say(meaning), wraps=True), row, 1)
        self.column.addLayout(grid)
        self.column.addStretch(1)


class DefectSheet(Sheet):
    """One defect. `asked` brings the label of another one that it is taken for."""

    asked = Signal(str)

    def __init__(self, look: Look, show_photo: ShowPhoto) -> None:
        super().__init__(look)
        self._drawn = label(self.tr("Drawn example"), "muted")
        self._unknown = label(self.tr("A class of your own model pack; there is no description of it."), wraps=True)
        self.picture = PhotoView(look, show_photo)
        self.picture.setFixedHeight(_PICTURE_HEIGHT)
        self._texts = {name: label(wraps=True) for name in ("looks", "apart", "to_do")}
        self._alike = QWidget()
        self._flow = FlowLayout(look.theme.sizes.s, self._alike)
        self._described = (
            label(self.tr("What it looks like"), "title"),
            self._texts["looks"],
            label(self.tr("What it is taken for"), "title"),
            self._alike,
            self._texts["apart"],
            label(self.tr("What to do"), "title"),
            self._texts["to_do"],
        )
        for widget in (self._unknown, self.picture, self._drawn, *self._described):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def show_class(self, about: DefectClass, example: PhotoFile | None, name: Callable[[str], Bilingual]) -> None:
        """Shows a class; `name` gives the names of those it is taken for."""
        self.entitle(self._look.say(about.name))
        self.picture.setVisible(example is not None)
        self._drawn.setVisible(example is not None)
        if example is not None:
            self.picture.show_photo(example)
            self.picture.setAccessibleName(self.tr("Drawn example: {defect}").format(defect=self._look.say(about.name)))
        guide = GUIDES.get(about.label)
        self._unknown.setVisible(guide is None)
        for widget in self._described:
            widget.setVisible(guide is not None)
        self._flow.clear()
        if guide is None:
            return
        for field, text in self._texts.items():
            text.setText(self._look.say(getattr(guide, field)))
        for other in guide.alike:
            button = QPushButton(self._look.icon("next"), self._look.say(name(other)))
            button.clicked.connect(lambda _=False, other=other: self.asked.emit(other))
            self._flow.addWidget(button)
        self.verticalScrollBar().setValue(0)
