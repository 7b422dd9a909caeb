from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import matplotlib as mpl
import pytest
from matplotlib.axes import Axes

from defect_desktop.paths import Paths
from defect_desktop.training.report.charts import Colour, chart, make_logarithmic

ASSETS = Paths.find().assets
LABEL = "창틀,문틀수정 $x_1$ <b> −1"


def steps(axes: Axes) -> None:
    axes.plot([0, 1, 2], [0, -1, 3], color=Colour.SECOND, label=LABEL)
    axes.set_title("신뢰도", color=Colour.INK)
    axes.legend()


def test_a_chart_is_svg_whose_text_stays_text() -> None:
    svg = chart(ASSETS, 'what "it" shows', steps)
    root = ElementTree.fromstring(svg)
    assert root.attrib["aria-label"] == 'what "it" shows'
    texts = [element.text for element in root.iter() if element.tag.endswith("text")]
    assert LABEL in texts and "신뢰도" in texts
    assert "Pretendard" in svg and "<style" not in svg


def test_a_chart_is_painted_in_the_colours_of_the_page_only() -> None:
    svg = chart(ASSETS, "steps", steps)
    assert "var(--second)" in svg and "var(--ink)" in svg
    assert re.findall(r"(?:fill|stroke): (#\w+)", svg) == []
    style = (ASSETS / "templates" / "base.html").read_text(encoding="utf-8")
    assert all(f"--{colour.name.lower()}: {colour.value}" in style for colour in Colour)


def test_panels_lie_side_by_side_and_the_same_chart_is_the_same_text() -> None:
    def two(left: Axes, right: Axes) -> None:
        left.set_title("left")
        right.bar([0], [1])
        assert left.get_position().x1 <= right.get_position().x0

    assert chart(ASSETS, "two", two, panels=2) == chart(ASSETS, "two", two, panels=2)


@pytest.mark.parametrize("label", ["漢字 🙂", "a$b", "back\\1slash"])
def test_any_label_can_be_drawn_without_a_warning(label: str) -> None:
    def plot(axes: Axes) -> None:
        axes.barh([label], [1.0])

    assert label in chart(ASSETS, label, plot)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [((1e-4, 5e-3), {"0.0003", "0.001", "0.003"}), ((1e-3, 0.3), {"0.01", "0.1"}), ((0.02, 0.03), {"0.02", "0.03"})],
)
def test_a_logarithmic_axis_has_plain_numbers(values: tuple[float, float], ticks: set[str]) -> None:
    def plot(axes: Axes) -> None:
        axes.plot(values, [0, 1], "o")
        make_logarithmic(axes)

    root = ElementTree.fromstring(chart(ASSETS, "rates", plot))
    texts = {element.text for element in root.iter() if element.tag.endswith("text")}
    assert ticks <= texts and not any("$" in text for text in texts)


def test_matplotlib_is_left_as_it_was() -> None:
    before = dict(mpl.rcParams)
    chart(ASSETS, "steps", steps)
    assert dict(mpl.rcParams) == before
