"""Charts as inline SVG, in one style: the page's own font and colours, so that they follow its dark mode.

matplotlib's object-oriented interface only. Its settings hold within `chart` and are put back afterwards; its text
stays text, which the browser sets in the page's font and a reader can select.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from cycler import cycler
from markupsafe import Markup, escape
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.ticker import LogLocator, NullFormatter

from defect_desktop.training.report.fonts import FAMILY, WEIGHTS


class Colour(StrEnum):
    """What a chart is painted with: each stands for a variable of the page's style sheet, by its place here."""

    INK = "#1c2530"
    MUTED = "#5d6b7a"
    LINE = "#d5dbe2"
    ACCENT = "#1668a8"
    SECOND = "#b3541e"
    THIRD = "#3d7a46"
    PAPER = "#fefefe"


_VARIABLES = {colour.value: f"var(--{colour.name.lower()})" for colour in Colour}
_COLOURS = re.compile("|".join(_VARIABLES))
_IDS = re.compile(r' id="([^"]*)"')
_VIEW_BOX = re.compile(r'viewBox="[^"]*"')
_NOT_FOR_PAGES = re.compile(r"<metadata>.*?</metadata>|<style .*?</style>|^.*?<svg.*?>", re.DOTALL)
"""An SVG document's head, its opening tag, and a style that would reach beyond it."""

_STYLE: dict[Any, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": Colour.LINE.value,
    "axes.facecolor": "none",
    "axes.grid": True,
    "axes.labelcolor": Colour.MUTED.value,
    "axes.prop_cycle": cycler(color=[Colour.ACCENT.value, Colour.SECOND.value, Colour.THIRD.value]),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": Colour.INK.value,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.titleweight": 600,
    "figure.constrained_layout.use": True,
    "figure.facecolor": "none",
    "font.family": FAMILY,
    "font.size": 10,
    "grid.color": Colour.LINE.value,
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "savefig.facecolor": "none",
    "svg.fonttype": "none",
    "svg.hashsalt": "defect-desktop",
    "text.color": Colour.INK.value,
    "text.parse_math": False,
    "xtick.color": Colour.MUTED.value,
    "ytick.color": Colour.MUTED.value,
}


def chart(
    assets: Path,
    described: str,
    plot: Callable[..., None],
    *,
    width: float = 6.4,
    height: float = 3.6,
    panels: int = 1,
) -> Markup:
    """What `plot(axes, ...)` draws on as many axes as `panels`, side by side, as an SVG element for a page.

    `width` and `height` are in inches of 96 CSS pixels; the drawing shrinks with a narrow page. `described` says in a
    sentence what there is to see, for those who cannot see it. Paint with `Colour` values only.
    """
    _register_fonts(assets / "fonts")
    with mpl.rc_context(_STYLE), warnings.catch_warnings():
        # A class may be named in any script. The browser finds a glyph; matplotlib needs it only to reserve room.
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from font")
        figure = Figure(figsize=(width, height))
        axes: list[Axes] = [figure.add_subplot(1, panels, number + 1) for number in range(panels)]
        plot(*axes)
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    return _inline(buffer.getvalue(), described, round(width * 96))


def make_logarithmic(axes: Axes) -> None:
    """Gives what is plotted a logarithmic x axis, labelled with plain numbers: charts hold no mathematical notation."""
    axes.set_xscale("log")
    low, high = axes.get_xlim()
    axes.xaxis.set_major_locator(LogLocator(subs=(1.0,) if high >= 100 * low else (1.0, 3.0)))
    axes.xaxis.set_major_formatter("{x:g}")
    axes.xaxis.set_minor_formatter(NullFormatter())


def _inline(document: str, described: str, pixels: int) -> Markup:
    """The SVG element of an SVG document: its colours the page's, and no id that nothing refers to."""
    view_box = _VIEW_BOX.findall(document)[0]
    svg = _NOT_FOR_PAGES.sub("", document)
    svg = _IDS.sub(lambda found: found[0] if f"#{found[1]}" in svg else "", svg)
    svg = _COLOURS.sub(lambda found: _VARIABLES[found[0]], svg)
    label = escape(described)
    return Markup(  # noqa: S704 - matplotlib escapes its texts, and the label is escaped here
        f'<svg class="chart" {view_box} xmlns:xlink="http://www.w3.org/1999/xlink" role="img" aria-label="{label}" '
        f'style="max-width: {pixels}px">{svg}'
    )


@cache
def _register_fonts(folder: Path) -> None:
    """Makes the program's font known to matplotlib, once a process: its list of fonts would keep every copy."""
    for file in WEIGHTS.values():
        fontManager.addfont(folder / file)
