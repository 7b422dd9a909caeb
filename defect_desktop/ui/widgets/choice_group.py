"""A few things to choose from, each a button under the finger."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QWidget

from defect_desktop.ui.look import Look
from defect_desktop.ui.widgets.flow_layout import FlowLayout
from defect_desktop.ui.wording import button_text

T = TypeVar("T", bound=Hashable)


class ChoiceGroup(QWidget, Generic[T]):
    """Any number of the values may be chosen; `single` groups always have exactly one.

    `changed` says that a person chose otherwise. A chosen button has a tick, not only another colour.
    """

    changed = Signal()

    def __init__(self, look: Look, name: str, *, single: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._single = single
        self._entries: list[tuple[T, str]] = []
        self._buttons: dict[T, QPushButton] = {}
        self.setAccessibleName(name)
        self._flow = FlowLayout(look.theme.sizes.s, self)

    @property
    def chosen(self) -> list[T]:
        """The values that are chosen, in their order."""
        return [value for value, button in self._buttons.items() if button.isChecked()]

    def offer(self, choices: Iterable[tuple[T, str]]) -> None:
        """Shows other choices; what was chosen stays so, where it is still there."""
        entries, before = list(choices), self.chosen
        if entries == self._entries:
            return
        self._entries = entries
        self._flow.clear()
        self._buttons = {value: self._button(text) for value, text in entries}
        self.choose(before)

    def choose(self, values: Collection[T]) -> None:
        """Chooses exactly these; of a `single` group the first where none of them is there."""
        if self._single and not any(value in self._buttons for value in values):
            values = list(self._buttons)[:1]
        for value, button in self._buttons.items():
            button.setChecked(value in values)

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(button_text(text))
        button.setCheckable(True)
        button.setProperty("kind", "choice")
        button.setIconSize(QSize(18, 18))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setAccessibleDescription(self.accessibleName())  # "Any" alone says little
        button.toggled.connect(lambda on: button.setIcon(self._look.icon("tick", "accent") if on else QIcon()))
        button.clicked.connect(lambda: self._clicked(button))
        self._flow.addWidget(button)
        return button

    def _clicked(self, clicked: QPushButton) -> None:
        if self._single:
            for button in self._buttons.values():
                button.setChecked(button is clicked)
        self.changed.emit()
