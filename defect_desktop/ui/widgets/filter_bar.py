"""What the table shows: all photos, one class, the failed ones, those to take again, or only what needs a look."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from defect_desktop.ui.listing import Filter
from defect_desktop.ui.look import Look
from defect_desktop.ui.record_state import State
from defect_desktop.ui.results_model import ResultsModel
from defect_desktop.ui.widgets.combo_box import combo_box
from defect_desktop.ui.widgets.labels import label

_ALL = Filter()
_FAILED = Filter(failed=True)
_RETAKE = Filter(retake=True)

_ROOM = 560
"""How wide the bar must be to say how many photos are shown."""


class FilterBar(QWidget):
    """`changed` brings the filter that the user chose, or that was left when no photo had what they chose any more."""

    changed = Signal(object)

    def __init__(self, look: Look, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model
        self._choices: list[Filter] = []
        self._classes = combo_box()
        self._classes.setObjectName("classes")
        self._classes.setAccessibleName(self.tr("Show defects"))
        self._classes.setMinimumWidth(150)
        self._classes.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._classes.setMaximumWidth(look.theme.sizes.grown(300))
        self._classes.setMaxVisibleItems(12)
        self._classes.activated.connect(self._tell)
        self._check_only = QPushButton(look.icon("check", "check"), "")
        self._check_only.setObjectName("check_only")
        self._check_only.setCheckable(True)
        self._check_only.setIconSize(QSize(20, 20))
        self._check_only.toggled.connect(self._tell)
        self._shown = label(role="muted")

        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.sizes.m)
        row.addWidget(self._classes, 100)
        row.addWidget(self._check_only)
        row.addStretch(1)
        row.addWidget(self._shown)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102
        self._shown.setVisible(self.width() >= self._look.theme.sizes.grown(_ROOM))
        super().resizeEvent(event)

    @property
    def filter(self) -> Filter:
        """What is chosen."""
        chosen = self._choices[max(0, self._classes.currentIndex())]
        return chosen._replace(check_only=self._check_only.isChecked())

    def choose(self, wanted: Filter) -> None:
        """Makes a choice in the user's place; a class that has no photo is no choice, and all are taken instead."""
        kind = wanted._replace(check_only=False)
        self._classes.setCurrentIndex(self._choices.index(kind) if kind in self._choices else 0)
        with QSignalBlocker(self._check_only):
            self._check_only.setChecked(wanted.check_only)
        self._tell()

    def reset(self) -> None:
        """Chooses everything."""
        self.choose(_ALL)

    def refresh(self) -> None:
        """Brings the counts up to date; the choice stays where it can."""
        listing = self._model.listing
        total = len(listing.records)
        entries = [(_ALL, self.tr("All photos"), total)]
        named = {name: self._model.name_of_label(name) for name in listing.labels}
        entries += [
            (Filter(name), named[name], listing.labels[name]) for name in sorted(named, key=lambda name: named[name])
        ]
        if failed := listing.states[State.FAILED]:
            entries.append((_FAILED, self.tr("Failed photos"), failed))
        if listing.retakes:
            entries.append((_RETAKE, self.tr("Photos to take again"), listing.retakes))
        self._fill([choice for choice, *_ in entries], [f"{text}  ({count:,})" for _, text, count in entries])

        self._check_only.setText(" " + self.tr("Needs check only") + f"  ({listing.states[State.CHECK]:,})")
        shown = self.tr("{shown} of {total} shown").format(shown=f"{len(listing):,}", total=f"{total:,}")
        self._shown.setText(shown)

    def _fill(self, choices: list[Filter], texts: list[str]) -> None:
        """Changes only texts where the choices are the same, so that an open popup stays as it is under the finger."""
        if choices == self._choices:
            for place, text in enumerate(texts):
                self._classes.setItemText(place, text)
            return
        before = self._choices[self._classes.currentIndex()] if self._choices else _ALL
        self._choices = choices
        self._classes.clear()
        self._classes.addItems(texts)
        # A class that has no photo any more cannot stay chosen.
        self._classes.setCurrentIndex(choices.index(before) if before in choices else 0)
        if before not in choices:
            self._tell()

    def _tell(self) -> None:
        self.changed.emit(self.filter)
