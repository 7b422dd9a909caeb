"""How the whole application looks and speaks right now, and when that changes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from defect_desktop.preferences import Preferences
from defect_desktop.ui.icons import Icons
from defect_desktop.ui.look import Look
from defect_desktop.ui.preference_store import PreferenceStore
from defect_desktop.ui.theme import apply_theme, load_fonts, theme_for
from defect_desktop.ui.translation import install_translation, window_language

_OVER: Final = object()

_SWITCH_SECONDS = 0.001
"""Qt calls Python dozens of times to lay out and paint: each call may have to wait so long for another thread."""


def make_application(name: str) -> QApplication:
    """Qt's application, in the one style that looks alike on every system.

    It is named here because `setStyle` hands it to Python, for which PySide makes hundreds of names that nobody uses.
    """
    sys.setswitchinterval(_SWITCH_SECONDS)
    return QApplication([name, "-style", "Fusion"])


class Appearance(QObject):
    """Follows the preferences and the desktop, a moment later: what asked for the change may have to be replaced.

    `undress` throws away what has the old look, in steps that each take a turn of the event loop: whatever is gone by
    then need not be restyled, which takes far longer than making it anew. `changed` brings the new look afterwards.
    """

    changed = Signal(object)

    def __init__(
        self, application: QApplication, preferences: PreferenceStore, assets: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._application = application
        self._preferences = preferences
        self._assets = assets
        self.undress: Callable[[], Iterator[None]] = lambda: iter(())
        self._undressing: Iterator[None] | None = None
        self._icons = Icons(assets / "icons")
        load_fonts(assets)
        self.look = self._wanted(preferences.value)
        self._apply()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._follow)
        preferences.changed.connect(lambda _: self._soon.start())
        application.styleHints().colorSchemeChanged.connect(lambda _: self._soon.start())

    def _follow(self) -> None:
        """A step towards the look that is wanted."""
        if self._wanted(self._preferences.value) == self.look:
            return
        self._undressing = self._undressing or self.undress()
        if next(self._undressing, _OVER) is not _OVER:
            self._soon.start()
            return
        self._undressing = None
        self.look = self._wanted(self._preferences.value)
        self._apply()
        self.changed.emit(self.look)

    def _wanted(self, preferences: Preferences) -> Look:
        theme = theme_for(preferences, self._application.styleHints().colorScheme())
        return Look(theme, self._icons, window_language(preferences.language))

    def _apply(self) -> None:
        install_translation(self, self.look.language, self._assets)
        apply_theme(self._application, self.look.theme, self._assets)
