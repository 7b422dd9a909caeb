"""Language, colours, size of the text."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from defect_desktop.language import Language
from defect_desktop.preferences import TEXT_SIZES
from defect_desktop.settings import ThemeChoice
from defect_desktop.ui.navigation import PageContext
from defect_desktop.ui.pages.settings.section import Section
from defect_desktop.ui.widgets.choice_group import ChoiceGroup


class AppearanceSection(Section):
    """Each choice is seen at once."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.look, "theme", self.tr("Appearance"), parent)
        value = context.preferences.value
        self.languages = self._group(self.tr("Language"))
        # A language is written in itself, so that whoever reads no other finds it.
        self.languages.offer([(None, self.tr("System")), (Language.KOREAN, "한국어"), (Language.ENGLISH, "English")])
        self.languages.choose([value.language])
        self.themes = self._group(self.tr("Colours"))
        self.themes.offer(
            [
                (ThemeChoice.SYSTEM, self.tr("As the system")),
                (ThemeChoice.LIGHT, self.tr("Light")),
                (ThemeChoice.DARK, self.tr("Dark")),
            ]
        )
        self.themes.choose([value.theme])
        self.text_sizes = self._group(self.tr("Size of the text"))
        self.text_sizes.offer([(size, f"{size}%") for size in TEXT_SIZES])
        self.text_sizes.choose([value.text_size])

        change = context.preferences.change
        self.languages.changed.connect(lambda: change(language=self.languages.chosen[0]))
        self.themes.changed.connect(lambda: change(theme=self.themes.chosen[0]))
        self.text_sizes.changed.connect(lambda: change(text_size=self.text_sizes.chosen[0]))

    def _group(self, name: str) -> ChoiceGroup:  # type: ignore[type-arg]
        group: ChoiceGroup = ChoiceGroup(self.look, name, single=True)  # type: ignore[type-arg]
        self.add_field(name, group)
        return group
