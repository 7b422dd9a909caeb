"""Only icons that are used come along, every one with its origin, and all can be drawn in any colour."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from defect_desktop.paths import Paths
from defect_desktop.ui.icons import Icons

FOLDER = Paths.find().assets / "icons"
NAMES = sorted(file.stem for file in FOLDER.glob("*.svg"))
CODE = "\n".join(
    file.read_text(encoding="utf-8") for file in (Path(__file__).parents[2] / "defect_desktop" / "ui").rglob("*.py")
)


def test_every_icon_is_used_and_its_origin_told():
    used = {name for name in NAMES if f'"{name}"' in CODE} | {"app", "chevron_down"}  # the mark, and the style sheet's
    assert set(NAMES) == used
    told = re.findall(r"^\| `(\w+)\.svg` \|", (FOLDER / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted([*told, "app"]) == NAMES
    assert "ISC License" in (FOLDER / "Lucide-ISC.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("app", "chevron_down")])
def test_it_is_drawn_in_the_colour_that_is_asked_for(application, name):
    image = Icons(FOLDER).pixmap(name, QColor("#ff0000"), 48, 1.0).toImage()
    drawn = {
        image.pixelColor(x, y).name() for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255
    }
    assert drawn == {"#ff0000"}


def test_a_button_shows_its_state(application):
    colours = {"normal": "#ff0000", "disabled": "#00ff00", "checked": "#0000ff"}
    icon = QIcon(Icons(FOLDER).icon("check", *(QColor(colour) for colour in colours.values())))
    states = ((QIcon.Mode.Normal, QIcon.State.Off), (QIcon.Mode.Disabled, QIcon.State.Off))
    for colour, state in zip(colours.values(), (*states, (QIcon.Mode.Normal, QIcon.State.On)), strict=True):
        image = icon.pixmap(QSize(22, 22), 1.0, *state).toImage()
        drawn = [image.pixelColor(x, y) for x in range(22) for y in range(22)]
        assert {each.name() for each in drawn if each.alpha() == 255} == {colour}
