"""Where a person decides: agree, name what it is, or say that it is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QScrollArea, QScroller, QSizePolicy, QToolButton, QWidget

from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.review.choices import KEYS, choices
from defect_desktop.ui.pages.review.defect_button import DefectButton
from defect_desktop.ui.pages.review.verdict_card import VerdictCard
from defect_desktop.ui.widgets.action_button import action_button

_WIDE = 3


class DecisionPanel(QScrollArea):
    """`named` brings the label of the defect that was tapped. The rest are the page's actions."""

    named = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.card = VerdictCard(look)
        self.buttons = [DefectButton(look) for _ in KEYS]
        for button in self.buttons:
            button.clicked.connect(lambda _=False, button=button: self._tell(button))
        self._sizes = look.theme.sizes
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(self._sizes.s)
        self._verdict = QGridLayout()
        self._defects = QGridLayout()
        self._bar_width = self.verticalScrollBar().sizeHint().width()
        self._denials: list[QToolButton] = []
        self._usual: list[str] = []
        body = QWidget()
        body.setLayout(self._body)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def place_actions(
        self, accept: QAction, not_a_defect: QAction, cannot_tell: QAction, several: QAction, all_defects: QAction
    ) -> None:
        """Lays the panel out around the page's actions."""
        verdict = self._verdict
        verdict.setHorizontalSpacing(self._sizes.s)
        verdict.setVerticalSpacing(self._sizes.xs)
        agree = action_button(accept, primary=True)
        agree.setObjectName("agree")
        verdict.addWidget(self.card, 0, 0, 1, 2)
        verdict.addWidget(_wide(agree), 1, 0, 1, 2)
        self._denials = [_wide(action_button(action)) for action in (not_a_defect, cannot_tell)]
        verdict.setRowStretch(4, 1)
        defects = self._defects
        defects.setHorizontalSpacing(self._sizes.s)
        defects.setVerticalSpacing(self._sizes.xs)
        for number, named in enumerate(self.buttons):
            if number < _WIDE:
                defects.addWidget(named, number, 0, 1, 2)
            else:
                defects.addWidget(named, _WIDE + (number - _WIDE) // 2, (number - _WIDE) % 2)
        row = _WIDE + (len(self.buttons) - _WIDE) // 2
        defects.addWidget(_wide(action_button(all_defects)), row, 1)
        defects.addWidget(_wide(action_button(several)), row + 1, 0, 1, 2)
        defects.setRowStretch(row + 2, 1)
        for part in (verdict, defects):
            holder = QWidget()
            holder.setLayout(part)
            part.setContentsMargins(0, 0, 0, 0)
            self._body.addWidget(holder, 1)
        self.turn(upright=False, width=0)
        for before, after in pairwise((agree, *self._denials)):
            self.setTabOrder(before, after)

    @property
    def least_width(self) -> int:
        """How wide it must be for nothing to be cut off, as it was turned last."""
        halves = (self._verdict, self._defects)
        return max(half.minimumSize().width() for half in halves) + self._bar_width

    def turn(self, *, upright: bool, width: int) -> None:
        """Lays the two halves side by side where the window is upright, else one below the other in this width."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._body.setDirection(across if upright else down)
        for place in range(self._body.count()):
            self._body.setStretch(place, 1 if upright or place == 1 else 0)
        beside = sum(button.sizeHint().width() + self._sizes.s for button in self._denials)
        narrow = upright or width - self._bar_width < beside
        for number, button in enumerate(self._denials):
            self._verdict.removeWidget(button)
            if narrow:  # below each other; upright, the other half with the names of the defects needs the width
                self._verdict.addWidget(button, 2 + number, 0, 1, 2)
            else:
                self._verdict.addWidget(button, 2, number)

    def learn(self, usual: Sequence[str]) -> None:
        """Offers these defects after those that the verdict ranks."""
        self._usual = list(usual)

    def show_record(self, record: PhotoRecord, named: Sequence[str]) -> None:
        """Shows a photo; the `named` defects are those that a person has named so far."""
        self.card.show_record(record)
        offered = choices(record, self._usual)
        for button, choice in zip(self.buttons, offered, strict=False):
            name = self._look.say(record.name_of(choice.label))
            button.show_choice(choice, name, named=choice.label in named)
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(offered))

    def press(self, key: str) -> None:
        """Does what a tap on the button with this key does."""
        button = self.buttons[KEYS.index(key)]
        if not button.isHidden():
            self._tell(button)

    def _tell(self, button: DefectButton) -> None:
        self.named.emit(button.choice.label)


def _wide(button: QToolButton) -> QToolButton:
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button
