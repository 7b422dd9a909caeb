"""What stands above the list: the search, the way to filters and charts, the order, and what narrows it at present."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from defect_desktop.core.history import REVIEW_ORDER, HistoryFilter, Order, Sort
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.history.conditions import Condition
from defect_desktop.ui.widgets.action_button import action_button
from defect_desktop.ui.widgets.combo_box import combo_box
from defect_desktop.ui.widgets.flow_layout import FlowLayout
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.wording import button_text

_TYPING_MS = 250
"""Who pauses so long has written what they look for."""

_NARROW = 640
"""In less the search has a line to itself, or nobody would see what they look for."""

_LONGEST_SEARCH = 1000
"""More than any name or defect has; SQLite refuses to look for what takes more than 50,000 bytes."""


class HistoryTools(QWidget):
    """`searched` brings the text, `ordered` the order, `narrowed` a filter that has lost one of its conditions."""

    searched = Signal(str)
    ordered = Signal(object)
    narrowed = Signal(object)

    def __init__(self, look: Look, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search names, notes and defects"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setMaxLength(_LONGEST_SEARCH)
        self.search.setClearButtonEnabled(True)
        self.search.addAction(look.icon("search", "text_muted"), QLineEdit.ActionPosition.LeadingPosition)
        find = QAction(self)
        find.setShortcut(QKeySequence.StandardKey.Find)
        find.triggered.connect(self.search.setFocus)
        self.addAction(find)
        self._typing = QTimer(self, interval=_TYPING_MS, singleShot=True)
        self._typing.timeout.connect(lambda: self.searched.emit(self.search.text()))
        self.search.textChanged.connect(lambda _: self._typing.start())
        self._orders = self._order_box()
        self._count = label(role="muted")
        self._conditions = QWidget()
        self._flow = FlowLayout(look.theme.sizes.s, self._conditions)
        self._conditions.hide()
        self._lay_out(actions)

    @property
    def text(self) -> str:
        """What is looked for, be it still being typed."""
        return self.search.text()

    @property
    def order(self) -> Order:
        """The order that is chosen."""
        order: Order = self._orders.currentData()
        return order

    @property
    def said(self) -> str:
        """What is said of the number of photos."""
        return self._count.text()

    def show_text(self, text: str) -> None:
        """Shows what is looked for, without telling anybody.

        Who is typing it is left alone: to set a text, be it the same, breaks the syllable that is being composed.
        """
        if text == self.search.text():
            return
        self.search.blockSignals(True)
        self.search.setText(text)
        self.search.blockSignals(False)

    def show_order(self, order: Order) -> None:
        """Shows which order is in force."""
        self._orders.setCurrentIndex(max(0, self._orders.findData(order)))

    def show_count(self, photos: int | None) -> None:
        """Says how many photos there are; None while they are counted."""
        if photos is None:
            self._count.setText(self.tr("Counting…"))
        else:
            self._count.setText(self.tr("Photos found: {count}").format(count=f"{photos:,}"))

    def show_count_unknown(self) -> None:
        """Says that nobody counts any more: it failed."""
        self._count.setText(self.tr("Photos found: {count}").format(count="–"))

    def show_conditions(self, conditions: Sequence[Condition]) -> None:
        """Shows what narrows the list, each with the way to drop it."""
        self._flow.clear()
        for text, rest in conditions:
            self._flow.addWidget(self._condition(text, rest))
        self._conditions.setVisible(bool(conditions))

    def _condition(self, text: str, rest: HistoryFilter) -> QPushButton:
        button = QPushButton(self._look.icon("close"), button_text(text))
        button.setIconSize(QSize(18, 18))
        button.setProperty("kind", "condition")
        button.setAccessibleName(self.tr("Without: {condition}").format(condition=text))
        button.clicked.connect(lambda: self.narrowed.emit(rest))
        return button

    def _order_box(self) -> QComboBox:
        box = combo_box()
        box.setAccessibleName(self.tr("Order"))
        orders = {
            self.tr("Newest first"): Order(),
            self.tr("Oldest first"): Order(descending=False),
            self.tr("Needs check first"): REVIEW_ORDER,
            self.tr("Least sure first"): Order(Sort.CONFIDENCE, descending=False),
            self.tr("By folder and name"): Order(Sort.PATH, descending=False),
        }
        for text, order in orders.items():
            box.addItem(text, order)
        box.activated.connect(lambda _: self.ordered.emit(self.order))
        return box

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102
        super().resizeEvent(event)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._upper.setDirection(down if self.width() < self._look.theme.sizes.grown(_NARROW) else across)

    def _lay_out(self, actions: Sequence[QAction]) -> None:
        sizes = self._look.theme.sizes
        buttons = QHBoxLayout()
        buttons.setSpacing(sizes.s)
        for action in actions:
            buttons.addWidget(action_button(action))
        buttons.addStretch()
        self._upper = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._upper.setSpacing(sizes.s)
        self._upper.addWidget(self.search, 1)
        self._upper.addLayout(buttons)
        lower = QHBoxLayout()
        lower.addWidget(self._count, 1)
        lower.addWidget(self._orders)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.s)
        column.addLayout(self._upper)
        column.addWidget(self._conditions)
        column.addLayout(lower)
