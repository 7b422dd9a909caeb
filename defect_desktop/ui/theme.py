"""The look of the window in one place: colours, type scale, spacing. `assets/style.qss` and painting code use it."""

from __future__ import annotations

import logging
from pathlib import Path
from string import Template
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from defect_desktop.preferences import Preferences
from defect_desktop.settings import ThemeChoice

FONT_FAMILIES = (
    "Pretendard",
    "Noto Sans KR",
    "Noto Sans CJK KR",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "NanumBarunGothic",
    "NanumGothic",
    "sans-serif",
)
"""The first comes along; the others stand in where it cannot be loaded, and each but the last holds Hangul."""

_FONT_FILES = ("Pretendard-Regular.ttf", "Pretendard-SemiBold.ttf")

_log = logging.getLogger(__name__)


class Colours(NamedTuple):
    """A palette by role. Text on its background keeps a contrast of at least 4.5 to 1."""

    window: str
    surface: str
    surface_raised: str
    border: str
    border_strong: str
    text: str
    text_muted: str
    text_disabled: str
    accent: str
    accent_strong: str
    on_accent: str
    selection: str
    sure: str
    sure_soft: str
    check: str
    check_soft: str
    failed: str
    failed_soft: str
    human: str
    human_soft: str


LIGHT = Colours(
    window="#f3f5f7",
    surface="#ffffff",
    surface_raised="#e9edf1",
    border="#d5dbe1",
    border_strong="#808d99",
    text="#17212b",
    text_muted="#52606d",
    text_disabled="#7b8794",
    accent="#0b5cad",
    accent_strong="#084a8c",
    on_accent="#ffffff",
    selection="#dcebfa",
    sure="#12703f",
    sure_soft="#e2f4ea",
    check="#8a4f00",
    check_soft="#fff0d2",
    failed="#b3261e",
    failed_soft="#fbe7e5",
    human="#0b5cad",
    human_soft="#e1edf9",
)

DARK = Colours(
    window="#12171c",
    surface="#1b2229",
    surface_raised="#28313a",
    border="#35404a",
    border_strong="#66737f",
    text="#e8edf2",
    text_muted="#a9b4bf",
    text_disabled="#7b8894",
    accent="#6cb2f5",
    accent_strong="#93c8fb",
    on_accent="#08192a",
    selection="#1d3a56",
    sure="#6fd39b",
    sure_soft="#143626",
    check="#f5bd55",
    check_soft="#3b2c0d",
    failed="#ff9d94",
    failed_soft="#45201d",
    human="#7fbdf8",
    human_soft="#17324b",
)


_BODY = 15
"""The usual size of text in pixels."""


class Sizes(NamedTuple):
    """The type scale and the spacing grid, in logical pixels.

    `target` is the least side of what is touched, `rail` the width of the rail of pages.
    """

    small: int = 13
    body: int = _BODY
    title: int = 19
    headline: int = 26
    xs: int = 4
    s: int = 8
    m: int = 12
    l: int = 16  # noqa: E741 - a size of clothes, among others
    xl: int = 24
    radius: int = 8
    target: int = 46
    rail: int = 92

    def with_text(self, percent: int) -> Sizes:
        """The same with larger text; what is touched grows along, half as fast."""
        grown = ("small", "body", "title", "headline", "rail")
        larger = {name: round(getattr(self, name) * percent / 100) for name in grown}
        return self._replace(**larger, target=round(self.target * (100 + percent) / 200))

    def grown(self, pixels: int) -> int:
        """A length that holds text, for text of this size; `pixels` is what it is for the usual size."""
        return round(pixels * self.body / _BODY)


class Theme(NamedTuple):
    """Everything that a style sheet or a painter must know."""

    colours: Colours = LIGHT
    sizes: Sizes = Sizes()

    def colour(self, role: str) -> QColor:
        """The colour of a role, by the name of its field."""
        return QColor(getattr(self.colours, role))

    def style_sheet(self, assets: Path) -> str:
        """The application's style sheet, its tokens filled in."""
        sizes = self.sizes
        # A style sheet's min-height leaves out the border, and a thicker border must not make the button grow.
        derived = {"inner_target": sizes.target - 2, "l_less": sizes.l - 1, "icons": (assets / "icons").as_posix()}
        template = Template((assets / "style.qss").read_text(encoding="utf-8"))
        return template.substitute(self.colours._asdict() | sizes._asdict() | derived)

    def palette(self) -> QPalette:
        """The palette for what the style sheet does not reach."""
        palette = QPalette()
        for role, name in _PALETTE_ROLES.items():
            palette.setColor(role, self.colour(name))
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, self.colour("text_disabled"))
        return palette


_PALETTE_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "surface_raised",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "text_muted",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
}


def theme_for(preferences: Preferences, scheme: Qt.ColorScheme) -> Theme:
    """The theme that the user wants, on a desktop with this colour scheme."""
    dark = preferences.theme is ThemeChoice.DARK or (
        preferences.theme is ThemeChoice.SYSTEM and scheme is Qt.ColorScheme.Dark
    )
    return Theme(DARK if dark else LIGHT, Sizes().with_text(preferences.text_size))


def load_fonts(assets: Path) -> None:
    """Makes the font that comes along known to Qt; the system's fonts stand in where that fails."""
    for name in _FONT_FILES:
        if QFontDatabase.addApplicationFont(str(assets / "fonts" / name)) < 0:
            _log.warning("the font %s cannot be loaded", name)


def apply_theme(application: QApplication, theme: Theme, assets: Path) -> None:
    """Gives the whole application the theme."""
    application.setPalette(theme.palette())
    font = QFont()
    font.setFamilies(list(FONT_FAMILIES))
    font.setPixelSize(theme.sizes.body)
    application.setFont(font)
    application.setStyleSheet(theme.style_sheet(assets))
