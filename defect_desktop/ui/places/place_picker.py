"""Chooses a place with big buttons, part by part."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from defect_desktop.core.place import Place, PlacePart
from defect_desktop.ui.desk import Desk
from defect_desktop.ui.look import Look
from defect_desktop.ui.places.choosing import PARTS, next_part, options, with_value, within
from defect_desktop.ui.places.services import PlaceServices
from defect_desktop.ui.widgets.sheet import Sheet
from defect_desktop.ui.widgets.tiles import Tiles
from defect_desktop.ui.wording import button_text

_COLUMNS = 3


class PlacePicker(Sheet):
    """`picked` brings the place when the person is done. A choice leads on to the next part."""

    picked = Signal(object)

    def __init__(
        self, look: Look, services: PlaceServices, desk: Desk, place: Place, title: str, parent: QWidget
    ) -> None:
        super().__init__(look, title, parent)
        self._services = services
        self._desk = desk
        self.place = place
        self.part = PlacePart.PROJECT
        self.parts = {part: self._part_button(part) for part in PARTS}
        self.tiles = Tiles(look)
        self.tiles.chosen.connect(self.choose)
        self.new_value = QLineEdit()
        self.new_value.returnPressed.connect(self._take_typed)
        self._add = QPushButton(self.tr("Add"))
        self._add.clicked.connect(self._take_typed)
        self.new_value.textChanged.connect(lambda text: self._add.setEnabled(bool(text.strip())))
        self._clear = QPushButton(self.tr("Leave open"))
        self._clear.clicked.connect(lambda: self.choose(""))
        self.done_button = QPushButton(self.tr("Done"))
        self.done_button.setProperty("kind", "primary")
        self.done_button.clicked.connect(self._finish)
        self._lay_out()

    def begin(self) -> None:
        """Asks for the first part that is open."""
        self.ask_for(next((part for part in PARTS if not self.place.value(part)), PlacePart.PROJECT))

    def ask_for(self, part: PlacePart) -> None:
        """Asks for a part of the place."""
        self.part = part
        self.new_value.clear()
        self.new_value.setPlaceholderText(self.tr("New: {part}").format(part=self.look.say(part.words)))
        self.new_value.setAccessibleName(self.new_value.placeholderText())
        self._show_place()
        self._offer([])
        around = within(self.place, part)
        self._desk.ask("places", lambda: self._services.known(part, around), self._offer)

    def choose(self, value: str) -> None:
        """Takes a value for the part that is asked for, and goes on to the next."""
        self.place = with_value(self.place, self.part, value)
        following = next_part(self.part)
        self.ask_for(following or self.part)
        if following is None:
            self.done_button.setFocus()

    def _turn_to(self, part: PlacePart) -> None:
        self._take_typed()
        self.ask_for(part)

    def _take_typed(self) -> None:
        if self.new_value.text().strip():
            self.choose(self.part.called(self.new_value.text()))

    def _finish(self) -> None:
        self._take_typed()
        self.picked.emit(self.place)
        self.accept()

    def _offer(self, remembered: list[str]) -> None:
        present = self.place.value(self.part)
        values = options(self.part, remembered, present)
        self.tiles.offer(((value, self.look.say(self.part.name_of(value))) for value in values), present)

    def _show_place(self) -> None:
        for part, button in self.parts.items():
            value = self.place.value(part)
            name, said = self.look.say(part.words), self.look.say(part.name_of(value)) if value else "–"
            button.setText(button_text(f"{name}\n{said}"))
            button.setAccessibleName(f"{name}: {said}")
            button.setChecked(part is self.part)
        self._clear.setEnabled(bool(self.place.value(self.part)))

    def _part_button(self, part: PlacePart) -> QPushButton:
        button = QPushButton()
        button.setCheckable(True)
        button.setProperty("kind", "part")
        button.clicked.connect(lambda: self._turn_to(part))
        return button

    def _lay_out(self) -> None:
        sizes = self.look.theme.sizes
        parts = QGridLayout()
        parts.setSpacing(sizes.s)
        for place, button in enumerate(self.parts.values()):
            parts.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        typed = QHBoxLayout()
        typed.setSpacing(sizes.s)
        typed.addWidget(self.new_value, 1)
        typed.addWidget(self._add)
        foot = QHBoxLayout()
        foot.setSpacing(sizes.s)
        foot.addWidget(self._clear)
        foot.addStretch(1)
        foot.addWidget(self.done_button)
        self._add.setEnabled(False)
        self.tiles.setMinimumHeight(280)
        self.column.addLayout(parts)
        self.column.addWidget(self.tiles, 1)
        self.column.addLayout(typed)
        self.column.addLayout(foot)
        self.first = self.tiles
