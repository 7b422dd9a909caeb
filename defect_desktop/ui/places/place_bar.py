"""The bar that says where the inspector is. A tap on it changes that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QScroller, QSizePolicy, QWidget

from defect_desktop.core.place import NOWHERE, Place, PlacePart
from defect_desktop.ui.desk import Desk
from defect_desktop.ui.look import Look
from defect_desktop.ui.places.choosing import PARTS
from defect_desktop.ui.places.services import PlaceServices
from defect_desktop.ui.wording import button_text

if TYPE_CHECKING:
    from defect_desktop.ui.places.place_picker import PlacePicker


class PlaceBar(QScrollArea):
    """`place_changed` brings the place whenever another one is current, the one that is remembered at first too.

    Call `load` once. A place that cannot be saved is shown all the same; the desk's `failed` tells why.
    """

    place_changed = Signal(object)

    def __init__(self, look: Look, services: PlaceServices, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._services = services
        self._desk = desk
        self.place = NOWHERE
        self.picker: PlacePicker | None = None
        row = QWidget()
        self._row = QHBoxLayout(row)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look.theme.sizes.xs)
        self.chips = {part: self._chip(part) for part in PARTS}
        self._row.addStretch(1)
        self.setWidget(row)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(look.theme.sizes.target + 2)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._show()

    def load(self) -> None:
        """Shows the place that was used last."""
        # Not before: Qt's first widget that Python did not make itself holds the start up for a while.
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._desk.ask("current place", self._services.current, self._receive)

    def change(self, place: Place) -> None:
        """Makes a place the current one."""
        self._desk.do(lambda: self._services.use(place))
        self._desk.ask("current place", lambda: place, lambda _: None)  # an older answer, still to come, is out of date
        self._receive(place)

    def pick(self, part: PlacePart = PlacePart.PROJECT) -> None:
        """Asks the person where they are, beginning with a part."""
        from defect_desktop.ui.places.place_picker import PlacePicker  # the bar is there before the picker is loaded

        self.picker = PlacePicker(self._look, self._services, self._desk, self.place, self.tr("Where are you?"), self)
        self.picker.picked.connect(self.change)
        self.picker.ask_for(part)
        self.picker.open()

    def _receive(self, place: Place) -> None:
        self.place = place
        self._show()
        self.place_changed.emit(place)

    def _show(self) -> None:
        for part, chip in self.chips.items():
            value = self.place.value(part)
            name = self._look.say(part.words)
            said = self._look.say(part.name_of(value))
            chip.setText(button_text(said or name))
            chip.setAccessibleName(f"{name}: {said}" if value else self.tr("Choose: {part}").format(part=name))
            if chip.property("known") != bool(value):
                chip.setProperty("known", bool(value))
                chip.style().unpolish(chip)
                chip.style().polish(chip)

    def _chip(self, part: PlacePart) -> QPushButton:
        chip = QPushButton()
        chip.setProperty("kind", "place")
        chip.setProperty("known", False)
        chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        chip.setToolTip(self._look.say(part.words))
        chip.clicked.connect(lambda: self.pick(part))
        if part is PlacePart.PROJECT:
            chip.setIcon(self._look.icon("place", "accent"))
        else:
            chip.setIcon(self._look.icon("next", "text_muted"))
        chip.setIconSize(QSize(18, 18))
        self._row.addWidget(chip)
        return chip
