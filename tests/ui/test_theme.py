"""Both palettes can be read, and every word of the style sheet is a token of the theme."""

from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo

from defect_desktop.paths import Paths
from defect_desktop.preferences import TEXT_SIZES, Preferences
from defect_desktop.settings import ThemeChoice
from defect_desktop.ui.theme import DARK, LIGHT, Colours, Sizes, Theme, load_fonts, theme_for

GROUNDS = ("window", "surface", "surface_raised", "selection")
READ = [
    *product(("text", "text_muted"), GROUNDS),
    *product(("text",), ("check_soft", "sure_soft", "failed_soft", "human_soft")),
    *((f"{state}", f"{state}_soft") for state in ("check", "sure", "failed", "human")),
    *product(("check", "sure", "failed", "human", "accent"), ("window", "surface")),
    *product(("on_accent",), ("accent", "accent_strong")),
    ("accent_strong", "selection"),
]
SEEN = [*product(("border_strong", "accent", "text_disabled"), ("window", "surface"))]


def luminance(colour: QColor) -> float:
    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(share) for share in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colours: Colours, one: str, other: str) -> float:
    darker, lighter = sorted(luminance(QColor(getattr(colours, name))) for name in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), READ)
def test_text_keeps_four_and_a_half_to_one(colours, ink, ground):
    assert contrast(colours, ink, ground) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), SEEN)
def test_outlines_keep_three_to_one(colours, ink, ground):
    assert contrast(colours, ink, ground) >= 3


@pytest.mark.parametrize("size", TEXT_SIZES)
def test_larger_text_makes_larger_targets_and_the_same_grid(size):
    sizes, usual = Sizes().with_text(size), Sizes()
    assert sizes.body == round(usual.body * size / 100)
    assert sizes.target >= usual.target >= 44
    assert (sizes.s, sizes.l, sizes.radius) == (usual.s, usual.l, usual.radius)


@pytest.mark.parametrize(
    ("choice", "scheme", "expected"),
    [
        (ThemeChoice.LIGHT, Qt.ColorScheme.Dark, LIGHT),
        (ThemeChoice.DARK, Qt.ColorScheme.Light, DARK),
        (ThemeChoice.SYSTEM, Qt.ColorScheme.Dark, DARK),
        (ThemeChoice.SYSTEM, Qt.ColorScheme.Light, LIGHT),
        (ThemeChoice.SYSTEM, Qt.ColorScheme.Unknown, LIGHT),
    ],
)
def test_the_theme_is_the_users_or_the_systems(choice, scheme, expected):
    assert theme_for(Preferences(theme=choice), scheme).colours is expected


def test_the_style_sheet_takes_every_token(application):
    for colours in (LIGHT, DARK):
        assert "$" not in Theme(colours).style_sheet(Paths.find().assets)
    assert all(QColor(colour).isValid() for colour in DARK)


def test_the_font_comes_along(application):
    load_fonts(Paths.find().assets)
    font = application.font()
    font.setFamilies(["Pretendard"])
    assert QFontInfo(font).family() == "Pretendard"
