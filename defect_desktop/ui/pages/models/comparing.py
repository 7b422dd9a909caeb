"""Two packs against the people who reviewed the photos."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QScroller, QVBoxLayout, QWidget

from defect_desktop.core.comparison import ENOUGH_PHOTOS, PackScore
from defect_desktop.language import Bilingual
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.models.matrix import ConfusionMatrix
from defect_desktop.ui.pages.models.score_bars import Score, ScoreBars
from defect_desktop.ui.widgets.action_button import action_button
from defect_desktop.ui.widgets.choice_group import ChoiceGroup
from defect_desktop.ui.widgets.labels import ElidedLabel, label
from defect_desktop.ui.wording import percent
from defect_desktop.workflows.compare_packs import ComparedPacks
from defect_desktop.workflows.list_packs import ShelvedPack


class Comparing(QWidget):
    """`asked` brings the names of two packs to compare; `left` says that the user has seen enough."""

    asked = Signal(object)
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._compared: ComparedPacks | None = None
        self.sides = tuple(ChoiceGroup[str](look, name, single=True) for name in (self.tr("Pack A"), self.tr("Pack B")))
        self.start = QAction(look.icon("compare", "on_accent"), self.tr("Compare"), self)
        self.start.triggered.connect(lambda: self.asked.emit(tuple(side.chosen[0] for side in self.sides)))
        self._said = label(wraps=True)
        self._scores = ScoreBars(look)
        self._shown: ChoiceGroup[int] = ChoiceGroup(look, self.tr("Confusion matrix of"), single=True)
        self._shown.changed.connect(self._show_matrix)
        self._legend = label(
            self.tr("Each row is what a person said, each column what the pack said."), "muted", wraps=True
        )
        self._matrix = ConfusionMatrix(look)
        self._framed = QScrollArea()  # it may be wider than the page, which itself must not be moved sideways
        self._framed.setWidget(self._matrix)
        self._framed.setAccessibleName(self._legend.text())
        QScroller.grabGesture(self._framed.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._framed.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._figures: tuple[QWidget, ...] = (self._shown, self._legend, self._framed)
        for side in self.sides:
            side.changed.connect(self._choose)
        self._busy, self._untouched = False, True
        self._recalled: Sequence[str] = ()
        self._lay_out()

    @property
    def said(self) -> str:
        """What is said of the comparison."""
        return self._said.text()

    @property
    def compared(self) -> ComparedPacks | None:
        """What came of the last comparison; None before the first."""
        return self._compared

    @property
    def chosen(self) -> Sequence[str]:
        """The packs that a person chose to compare; empty where they left that to the window."""
        return self._recalled if self._untouched else [name for side in self.sides for name in side.chosen]

    def recall(self, chosen: Sequence[str], compared: ComparedPacks | None) -> None:
        """Chooses packs once they are offered, and shows what came of a comparison."""
        self._recalled = chosen
        if compared:
            self.show_compared(compared)

    def offer(self, packs: Sequence[ShelvedPack], first: str) -> None:
        """Offers the usable packs; `first` is the one in use."""
        usable = [each for each in packs if each.pack is not None]
        choices = [(each.name, f"{each.name} {each.pack.card.version}") for each in usable if each.pack]
        for side in self.sides:
            side.offer(choices)
        names = [name for name, _ in choices]
        if self._untouched:
            for side, name in zip(self.sides, self._recalled or [first], strict=False):
                side.choose([name])
        a, b = (side.chosen for side in self.sides)
        if a == b:
            self.sides[1].choose([name for name in names if [name] != a][:1])
        self._show_what_is_possible()

    def show_busy(self, busy: bool) -> None:
        """Whether something goes on that must end first."""
        self._busy = busy
        self._show_what_is_possible()

    def show_compared(self, compared: ComparedPacks) -> None:
        """Shows what came of it."""
        self._compared = compared
        result = compared.comparison
        self._said.setText("\n".join(self._sentences(compared)))
        names = [f"{pack.card.name} {pack.card.version}" for pack in compared.packs]
        scores = [self._score(name, score) for name, score in zip(names, result.scores, strict=True)]
        if result.photos >= ENOUGH_PHOTOS:
            share = result.agreed / result.photos
            scores.append(Score(self.tr("Both said the same"), share, self._words(result.agreed, result.photos)))
        self._scores.show_scores(scores if result.photos else [])
        self._shown.offer(enumerate(names))
        self._shown.choose([0])
        for widget in self._figures:
            widget.setVisible(bool(result.photos))
        self._show_matrix()

    def _sentences(self, compared: ComparedPacks) -> list[str]:
        result = compared.comparison
        said = self.tr("People named the defects in {reviewed} photos; {photos} of them were compared.")
        lines = [said.format(reviewed=f"{compared.reviewed:,}", photos=f"{result.photos:,}")]
        if compared.sample < compared.reviewed:
            lines.append(self.tr("A sample of {count} was looked at.").format(count=f"{compared.sample:,}"))
        if result.left_out:
            left_out = self.tr("{count} were left out: the photo is gone, was changed, or cannot be read.")
            lines.append(left_out.format(count=f"{result.left_out:,}"))
        if result.photos < ENOUGH_PHOTOS:
            lines.append(self.tr("Insufficient evidence: review at least {count} photos.").format(count=ENOUGH_PHOTOS))
        return lines

    def _score(self, name: str, score: PackScore) -> Score:
        if score.photos < ENOUGH_PHOTOS:
            return Score(name, None, self.tr("insufficient evidence ({count})").format(count=score.photos))
        title = self.tr("{pack} agrees with people").format(pack=name)
        return Score(title, score.right / score.photos, self._words(score.right, score.photos))

    def _words(self, part: int, whole: int) -> str:
        return self.tr("{share}  ({part} of {whole})").format(
            share=percent(part / whole), part=f"{part:,}", whole=f"{whole:,}"
        )

    def _show_matrix(self) -> None:
        if self._compared is None or not self._compared.comparison.photos:
            return
        number = self._shown.chosen[0]
        names: dict[str, Bilingual] = {}
        for pack in self._compared.packs:
            names |= {each.label: each.name for each in pack.card.defect_classes()}
        confusion = self._compared.comparison.scores[number].confusion
        self._matrix.show_counts(confusion, lambda name: self._look.say(names[name]) if name in names else name)
        bar = self._framed.horizontalScrollBar().sizeHint().height()
        self._framed.setFixedHeight(self._matrix.height() + bar)

    def _choose(self) -> None:
        self._untouched = False
        self._show_what_is_possible()

    def _show_what_is_possible(self) -> None:
        a, b = (side.chosen for side in self.sides)
        self.start.setEnabled(bool(a) and bool(b) and a != b and not self._busy)
        if not self._compared:
            alone = a == b
            needed = self.tr("Choose two different packs. Where there is only one, install another first.")
            ready = self.tr("Both packs judge the photos that you reviewed. Nothing in the history changes.")
            self._said.setText(needed if alone else ready)

    def _lay_out(self) -> None:
        sizes = self._look.theme.sizes
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(sizes.xl, sizes.l, sizes.xl, sizes.xl)
        column.setSpacing(sizes.m)
        for side in self.sides:
            column.addWidget(label(side.accessibleName(), "title"))
            column.addWidget(side)
        column.addWidget(action_button(self.start, primary=True), 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self._said, self._scores, self._shown, self._legend):
            column.addWidget(widget)
        column.addWidget(self._framed)
        column.addStretch(1)
        self._scores.hide()
        for figure in self._figures:
            figure.hide()
        scroll = QScrollArea()
        scroll.setAccessibleName(self.tr("Compare on your own photos"))
        scroll.setWidget(card)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QScroller.grabGesture(scroll.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(sizes.m)
        whole.addLayout(self._head())
        whole.addWidget(scroll, 1)

    def _head(self) -> QHBoxLayout:
        back = QAction(self._look.icon("back"), self.tr("Back to the packs"), self)
        back.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        back.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.triggered.connect(self.left)
        self.addAction(back)
        row = QHBoxLayout()
        row.setSpacing(self._look.theme.sizes.m)
        self.first = action_button(back)
        row.addWidget(self.first)
        title = ElidedLabel("title")
        title.show_text(self.tr("Compare on your own photos"))
        row.addWidget(title, 1)
        return row
