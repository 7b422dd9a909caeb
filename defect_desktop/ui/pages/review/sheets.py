"""What the review asks for in a card over the window: a note, any of the defects, how sure is sure enough."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QSlider, QWidget

from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.review.choices import search
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.widgets.sheet import Sheet
from defect_desktop.ui.widgets.tiles import Tiles
from defect_desktop.ui.widgets.wheel import scroll_past
from defect_desktop.ui.wording import percent

CountSure = Callable[[float, bool, Callable[[int], None]], None]
"""Asks how many photos are at least so sure (those that need a check too, if so), and hands the number on."""

_LEAST, _MOST, _AT_FIRST = 50, 100, 90
_LINES = 6


def _primary(text: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("kind", "primary")
    button.clicked.connect(lambda: act())
    return button


class NoteSheet(Sheet):
    """`written` brings the note."""

    written = Signal(str)

    def __init__(self, look: Look, note: str, parent: QWidget) -> None:
        super().__init__(look, self.tr("Note"), parent)
        self.text = QPlainTextEdit(note)
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(self.tr("What should others know about this photo?"))
        self.text.setAccessibleName(self.tr("Note"))
        self.text.setMinimumHeight(_LINES * look.theme.sizes.xl)
        save = _primary(self.tr("Save the note"), self._finish)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(save)
        self.column.addWidget(self.text, 1)
        self.column.addLayout(foot)
        self.first = self.text

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._finish()
        else:
            super().keyPressEvent(event)

    def _finish(self) -> None:
        self.written.emit(self.text.toPlainText())
        self.accept()


class AnyDefectSheet(Sheet):
    """All defects that the photo's pack knows, with a field to search them. `chosen` brings a label."""

    chosen = Signal(str)

    def __init__(self, look: Look, record: PhotoRecord, named: Collection[str], parent: QWidget) -> None:
        super().__init__(look, self.tr("All defects"), parent)
        self._names = record.settings.class_names
        self._named = named
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search in Korean or English"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._offer)
        self.field.returnPressed.connect(self._take_first)
        self.tiles = Tiles(look)
        self.tiles.setMinimumHeight(380)
        self.tiles.chosen.connect(self._finish)
        self.column.addWidget(self.field)
        self.column.addWidget(self.tiles, 1)
        self._offer("")
        self.first = self.field

    def _offer(self, text: str) -> None:
        found = search(self._names, text)
        shown = [(label, self.look.say(self._names[label])) for label in found]
        self.tiles.offer([(one, f"✓ {name}" if one in self._named else name) for one, name in shown])

    def _take_first(self) -> None:
        if values := self.tiles.values():
            self._finish(values[0])

    def _finish(self, chosen: str) -> None:
        self.chosen.emit(chosen)
        self.accept()


class SureSheet(Sheet):
    """Accepts many photos together. `confirmed` brings the least confidence, and whether checks are left out."""

    confirmed = Signal(float, bool)

    def __init__(self, look: Look, count_sure: CountSure, parent: QWidget) -> None:
        super().__init__(look, self.tr("Accept what is sure"), parent)
        self._count_sure = count_sure
        self._level = label(role="headline")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(_LEAST, _MOST)
        self.slider.setPageStep(5)
        self.slider.setAccessibleName(self.tr("Least confidence"))
        scroll_past(self.slider)
        self.with_checks = QCheckBox(self.tr("Also photos that need a check"))
        self._said = label(wraps=True)
        self.accept_button = _primary("", self._finish)
        explained = label(
            self.tr("Photos that nobody has reviewed get the AI's label where it is at least this sure."), wraps=True
        )
        level = QHBoxLayout()
        level.setSpacing(look.theme.sizes.l)
        level.addWidget(self.slider, 1)
        level.addWidget(self._level)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.accept_button)
        self.column.addWidget(explained)
        self.column.addLayout(level)
        self.column.addWidget(self.with_checks)
        self.column.addWidget(self._said)
        self.column.addLayout(foot)
        self.slider.valueChanged.connect(self._ask)
        self.with_checks.toggled.connect(self._ask)
        self.slider.setValue(_AT_FIRST)
        self.first = self.slider

    @property
    def confidence(self) -> float:
        """The least confidence that is chosen."""
        return self.slider.value() / _MOST

    def _ask(self) -> None:
        self._level.setText(percent(self.confidence, 0))
        self.accept_button.setEnabled(False)
        self.accept_button.setText(self.tr("Counting…"))
        self._count_sure(self.confidence, self.with_checks.isChecked(), self._show)

    def _show(self, photos: int) -> None:
        self.accept_button.setEnabled(photos > 0)
        self.accept_button.setText(self.tr("Accept %n photo(s)", "", photos))
        sentence = self.tr("%n photo(s) will be accepted, as one step that you can undo.", "", photos)
        self._said.setText(sentence if photos else self.tr("No photo is that sure."))

    def _finish(self) -> None:
        self.confirmed.emit(self.confidence, self.with_checks.isChecked())
        self.accept()
