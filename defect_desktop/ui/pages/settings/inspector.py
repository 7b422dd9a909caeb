"""Who inspects, and with which model pack."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from defect_desktop.ui.navigation import PageContext
from defect_desktop.ui.pages.settings.section import Section
from defect_desktop.ui.pages.settings.services import PackChoice
from defect_desktop.ui.widgets.combo_box import combo_box

_LONGEST_NAME = 60


class InspectorSection(Section):
    """The name is kept when the field is left; the packs come when they were looked for."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.look, "inspector", self.tr("Inspection"), parent)
        self._preferences = context.preferences
        self._choices: Sequence[PackChoice] = ()
        self.name = QLineEdit(context.preferences.value.inspector)
        self.name.setMaxLength(_LONGEST_NAME)
        self.name.editingFinished.connect(lambda: self._preferences.change(inspector=self.name.text().strip()))
        self.add_field(self.tr("Inspector's name"), self.name, self.tr("It is stored with every review."))
        self.packs = combo_box()
        self.packs.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.packs.setEnabled(False)
        self.packs.activated.connect(lambda place: self._preferences.change(pack=self._choices[place].name))
        note = self.tr("The next photos are classified with it. Packs come and go on the page “Models”.")
        self.add_field(self.tr("Model pack"), self.packs, note)

    def show_packs(self, choices: Sequence[PackChoice]) -> None:
        """Offers the packs."""
        self._choices = choices
        self.packs.clear()
        self.packs.addItems([f"{choice.name}  ·  {self.look.say(choice.title)}" for choice in choices])
        names = [choice.name for choice in choices]
        chosen = self._preferences.value.pack
        self.packs.setCurrentIndex(names.index(chosen) if chosen in names else -1)
        self.packs.setEnabled(bool(choices))
