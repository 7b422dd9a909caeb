"""How far the review is, and which photos of it are listed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from defect_desktop.core.review import ReviewProgress
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.review.scope import Scope
from defect_desktop.ui.widgets.action_button import action_button
from defect_desktop.ui.widgets.choice_group import ChoiceGroup
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.widgets.progress_bar import ProgressBar


class ProgressRow(QWidget):
    """`scope_chosen` brings what the person wants to see listed, `widened` that it be of all photos there are."""

    scope_chosen = Signal(object)
    widened = Signal()

    def __init__(
        self,
        look: Look,
        here: QAction,
        accept_sure: QAction,
        undo: QAction,
        redo: QAction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        sizes = look.theme.sizes
        self._counts = label()
        self._checks = label(role="muted")
        self._bar = ProgressBar()
        self.scopes: ChoiceGroup[Scope] = ChoiceGroup(look, self.tr("Listed photos"), single=True)
        self._offer()
        self.scopes.changed.connect(lambda: self.scope_chosen.emit(self.scopes.chosen[0]))
        self._narrowed = QPushButton(look.icon("close"), self.tr("Only a part"))
        self._narrowed.setProperty("kind", "condition")
        self._narrowed.setToolTip(self.tr("Review all photos again"))
        self._narrowed.clicked.connect(self.widened)
        self._here = action_button(here)
        words = QHBoxLayout()
        words.setSpacing(sizes.m)
        words.addWidget(self._counts)
        words.addStretch(1)
        words.addWidget(self._checks)
        told = QVBoxLayout()
        told.setSpacing(sizes.xs)
        told.addStretch(1)
        told.addLayout(words)
        told.addWidget(self._bar)
        told.addStretch(1)
        tools = QHBoxLayout()
        tools.setSpacing(sizes.s)
        tools.addWidget(self.scopes, 1)
        tools.addWidget(self._narrowed)
        tools.addWidget(self._here)
        tools.addWidget(action_button(accept_sure))
        tools.addWidget(action_button(undo, icon_only=True))
        tools.addWidget(action_button(redo, icon_only=True))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(sizes.s)
        self._row.addLayout(told, 1)
        self._row.addSpacing(sizes.m)
        self._row.addLayout(tools, 4)
        self._narrowed.hide()

    def turn(self, *, upright: bool) -> None:
        """One line where there is width, else two."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if upright else across)

    def show_progress(self, progress: ReviewProgress, scope: Scope, *, narrowed: bool) -> None:
        """Shows how far the review is, and whether it is of a part of the photos only."""
        self._narrowed.setVisible(narrowed)
        self._here.setVisible(not narrowed)
        counts = self.tr("{done} of {total} reviewed")
        self._counts.setText(counts.format(done=f"{progress.reviewed:,}", total=f"{progress.expected:,}"))
        left = self.tr("%n left to check", "", progress.check_left)
        self._checks.setText(left if progress.check_left else "")
        self._bar.advance(progress.reviewed, progress.expected)
        self.setAccessibleName(f"{self._counts.text()}, {left}")
        self.scopes.choose([scope])

    def _offer(self) -> None:
        names = {
            Scope.CHECK: self.tr("Needs check"),
            Scope.OPEN: self.tr("To review"),
            Scope.ALL: self.tr("All"),
        }
        self.scopes.offer(names.items())
