"""The look of the window in one place: colours, type scale, spacing. `assets/style.qss` and painting code use it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

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
"""The first of these that the system has; each but the last holds Hangul and Latin letters that match."""


@dataclass(frozen=True, slots=True)
class Colours:
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
    border_strong="#94a0ac",
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


@dataclass(frozen=True, slots=True)
class Sizes:
    """The type scale and the spacing grid, in logical pixels; `target` is the least side of what is touched."""

    small: int = 13
    body: int = 15
    title: int = 19
    headline: int = 26
    xs: int = 4
    s: int = 8
    m: int = 12
    l: int = 16  # noqa: E741 - a size of clothes, among others
    xl: int = 24
    radius: int = 8
    target: int = 46


@dataclass(frozen=True, slots=True)
class Theme:
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
        return template.substitute(asdict(self.colours) | asdict(sizes) | derived)

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


def apply_theme(application: QApplication, theme: Theme, assets: Path) -> None:
    """Gives the whole application the theme; the same base style on every system, so that it looks alike."""
    application.setStyle("Fusion")
    application.setPalette(theme.palette())
    font = QFont()
    font.setFamilies(list(FONT_FAMILIES))
    font.setPixelSize(theme.sizes.body)
    application.setFont(font)
    application.setStyleSheet(theme.style_sheet(assets))
