"""All that is known of one pack, its weak sides included."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QScroller, QVBoxLayout, QWidget

from defect_desktop.core.comparison import ENOUGH_PHOTOS
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.models.score_bars import Score, ScoreBars
from defect_desktop.ui.widgets.action_button import action_button
from defect_desktop.ui.widgets.flow_layout import FlowLayout
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.widgets.notice_banner import NoticeBanner
from defect_desktop.ui.wording import percent, wrappable
from defect_desktop.vision.card import Card
from defect_desktop.vision.card_figures import MeasuredClass, measured_classes
from defect_desktop.workflows.list_packs import ShelvedPack


@dataclass(frozen=True, slots=True)
class _Lines:
    facts: str
    measured: str
    measured_on: str


class PackDetails(QScrollArea):
    """`asked` brings what shall be done with the pack: "use", "verify", "export" or "remove"."""

    asked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._title = label(role="headline", wraps=True)
        self._notice = NoticeBanner(look)
        self._facts = label(wraps=True)
        self._measured_title = label(self.tr("How good it is"), "title")
        self._measured = label(wraps=True)
        self._measured_on = label(role="muted", wraps=True)
        self._classes_title = label(self.tr("Class by class (F1), the weakest first"), "title", wraps=True)
        self._classes = ScoreBars(look)
        self.actions_by_name = {
            "use": self._action("sure", self.tr("Use this pack"), "use"),
            "verify": self._action("verify", self.tr("Check the files"), "verify"),
            "export": self._action("export", self.tr("Export…"), "export"),
            "remove": self._action("remove", self.tr("Remove…"), "remove"),
        }
        self.setAccessibleName(self.tr("What is known of the pack"))
        self._lay_out()

    def show_pack(self, shelved: ShelvedPack | None, *, in_use: bool, busy: bool) -> None:
        """Shows a pack; what cannot be done with it, or not now, is out of reach."""
        self._card.setVisible(shelved is not None)
        if shelved is None:
            return
        usable = shelved.pack is not None
        spare = shelved.own and (shelved.hides or not in_use)
        can = {"use": usable and not in_use, "verify": usable, "export": usable, "remove": spare}
        for name, action in self.actions_by_name.items():
            action.setEnabled(can[name] and not busy)
        if shelved.pack is not None:
            self._show_card(shelved.pack.card, shelved)
        elif shelved.fault is not None:
            self._show_fault(shelved)

    def _show_card(self, card: Card, shelved: ShelvedPack) -> None:
        self._title.setText(self._look.say(card.title.bilingual()))
        self._notice.show_notice(card.notice.bilingual() if card.notice else None)
        lines = self._lines(card, shelved)
        self._facts.setText(lines.facts)
        _say(self._measured, lines.measured)
        _say(self._measured_on, lines.measured_on)
        measured = measured_classes(card)
        self._measured_title.show()
        self._classes_title.setVisible(bool(measured))
        self._classes.show_scores([self._score(each) for each in measured])

    def _show_fault(self, shelved: ShelvedPack) -> None:
        self._title.setText(shelved.name)
        self._notice.show_notice(shelved.fault.sentence if shelved.fault else None)
        self._facts.setText(self.tr("Lies in: {folder}").format(folder=wrappable(shelved.folder)))
        for widget in (self._measured_title, self._measured, self._measured_on, self._classes_title, self._classes):
            widget.hide()

    def _lines(self, card: Card, shelved: ShelvedPack) -> _Lines:
        say = self._look.say
        facts = (
            self.tr("Name and version: {name} {version}").format(name=card.name, version=card.version),
            self.tr("Networks: {count} × {architecture}").format(
                count=len(card.members), architecture=card.architecture
            ),
            self.tr("Early exit: fitted") if card.exits_early else self.tr("Early exit: not fitted in training"),
            self.tr("Classes: {count}").format(count=len(card.classes)),
            self.tr("Trained on: {data}").format(data=say(card.training_data.bilingual())),
            self.tr("Size: {size} MB").format(size=f"{shelved.size / 1e6:,.1f}"),
            self.tr("Lies in: {folder}").format(folder=wrappable(shelved.folder)),
            self.tr("Licence: {licence}").format(licence=card.licence),
        )
        if card.metrics is None:
            return _Lines("\n".join(facts), self.tr("Nobody has measured this pack. Compare it on your photos."), "")
        figures = card.metrics
        if figures.photos < ENOUGH_PHOTOS:
            measured = self.tr("Insufficient evidence: measured on {count} photos only.").format(count=figures.photos)
        else:
            measured = self.tr(
                "Accuracy {accuracy}, weighted F1 {weighted}, macro F1 {macro}, on {count} photos."
            ).format(
                accuracy=percent(figures.accuracy),
                weighted=f"{figures.weighted_f1:.3f}",
                macro=f"{figures.macro_f1:.3f}",
                count=f"{figures.photos:,}",
            )
        return _Lines("\n".join(facts), measured, say(figures.measured_on.bilingual()))

    def _score(self, measured: MeasuredClass) -> Score:
        name = self._look.say(measured.known_as.name)
        if measured.photos < ENOUGH_PHOTOS:
            words = self.tr("insufficient evidence ({count})").format(count=measured.photos)
            return Score(name, None, words)
        words = self.tr("{f1} on {count} photos").format(f1=f"{measured.f1:.2f}", count=f"{measured.photos:,}")
        return Score(name, measured.f1, words)

    def _action(self, icon: str, text: str, name: str) -> QAction:
        action = QAction(self._look.icon(icon, "on_accent" if name == "use" else "text"), text, self)
        action.triggered.connect(lambda: self.asked.emit(name))
        return action

    def _lay_out(self) -> None:
        sizes = self._look.theme.sizes
        self._card = QFrame()
        self._card.setObjectName("card")
        column = QVBoxLayout(self._card)
        column.setContentsMargins(sizes.xl, sizes.l, sizes.xl, sizes.xl)
        column.setSpacing(sizes.m)
        buttons = QWidget()
        flow = FlowLayout(sizes.s, buttons)
        for name, action in self.actions_by_name.items():
            flow.addWidget(action_button(action, primary=name == "use"))
        column.addWidget(self._title)
        column.addWidget(self._notice)
        column.addWidget(buttons)
        for widget in (
            self._facts,
            self._measured_title,
            self._measured,
            self._measured_on,
            self._classes_title,
            self._classes,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidget(self._card)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)


def _say(widget: QLabel, text: str) -> None:
    widget.setText(text)
    widget.setVisible(bool(text))
