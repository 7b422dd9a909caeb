"""How the window shows things: its theme, its icons and the language it speaks, passed around as one value."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QIcon

from defect_desktop.language import Bilingual, Language
from defect_desktop.ui.icons import BUTTON, Icons
from defect_desktop.ui.theme import Theme


class Look(NamedTuple):
    """What every widget needs to present itself."""

    theme: Theme
    icons: Icons
    language: Language

    def say(self, text: Bilingual) -> str:
        """The text in the window's language."""
        return text.text(self.language)

    def icon(self, name: str, role: str = "text", checked_role: str | None = None, side: int = BUTTON) -> QIcon:
        """An icon in the colour of a role of the theme, and in another's where its button is checked."""
        checked = self.theme.colour(checked_role) if checked_role else None
        return self.icons.icon(name, self.theme.colour(role), self.theme.colour("text_disabled"), checked, side)
