"""The charts of a comparison."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from markupsafe import Markup
from matplotlib.axes import Axes

from defect_desktop.language import Bilingual
from defect_desktop.training.comparison.comparison import Comparison
from defect_desktop.training.report.charts import Colour, chart, make_logarithmic

_FAR_APART = 8
"""From here on, slowest to quickest, the axis of time is logarithmic."""


def speed_chart(assets: Path, comparison: Comparison) -> Markup | None:
    """Macro F1 against the time for a photo. Every row has its number beside it, and its range over the seeds.

    Variants of a recipe are left out: most are as quick. None where there are no two rows to compare.
    """
    rows = [
        (number, row, row.milliseconds)
        for number, row in enumerate(comparison.rows, start=1)
        if row.milliseconds is not None and row.candidate.variant is None
    ]
    if len(rows) < 2:
        return None
    times = [time for _, _, time in rows]

    def plot(axes: Axes) -> None:
        numbers: dict[tuple[float, float], list[str]] = defaultdict(list)
        for number, row, time in rows:
            spread = row.spread(lambda run: run.macro_f1)
            colour = Colour.SECOND if row.scratch else Colour.ACCENT
            axes.plot([time, time], [spread.low, spread.high], color=colour, linewidth=1.2)
            axes.plot([time], [spread.mean], "o", color=colour, markersize=6)
            numbers[time, spread.mean].append(str(number))
        for place, shared in numbers.items():
            axes.annotate(", ".join(shared), place, (6, 4), textcoords="offset points", color=Colour.INK)
        if max(times) > _FAR_APART * min(times):
            axes.set_xlim(0.7 * min(times), 1.5 * max(times))
            make_logarithmic(axes)
        else:
            axes.set_xlim(0, 1.15 * max(times))
        axes.set_xlabel(str(Bilingual(ko="사진 한 장에 걸리는 시간(ms)", en="Time for one photo (ms)")))
        axes.set_ylabel(str(Bilingual(ko="매크로 F1", en="Macro F1")))

    described = Bilingual(
        ko=f"후보 {len(rows)}개의 매크로 F1과 사진 한 장에 걸리는 시간. 숫자는 표의 번호입니다.",
        en=f"Macro F1 of {len(rows)} candidates against their time for one photo; the numbers are those of the table.",
    )
    return chart(assets, str(described), plot, width=7.2, height=4.0)


def change_chart(assets: Path, comparison: Comparison) -> Markup | None:
    """By how much every variant changes its recipe's macro F1; None where there are no variants to show."""
    changes = [
        (number, row.candidate, change)
        for number, row in enumerate(comparison.rows, start=1)
        if (change := comparison.change_of(row))
    ]
    if not changes:
        return None

    def plot(axes: Axes) -> None:
        axes.axvline(0, color=Colour.MUTED, linewidth=1)
        for place, (_, _, change) in enumerate(changes):
            axes.plot([change.low, change.high], [place, place], color=Colour.ACCENT, linewidth=1.2)
            axes.plot([change.mean], [place], "o", color=Colour.ACCENT, markersize=5)
        names = [f"{number}  {candidate.variant.name}" for number, candidate, _ in changes if candidate.variant]
        axes.set_yticks(range(len(changes)), names)
        axes.invert_yaxis()
        axes.grid(visible=False, axis="y")
        axes.set_xlabel(str(Bilingual(ko="매크로 F1의 차이", en="Change of macro F1")))

    described = Bilingual(
        ko=f"레시피를 한 부분씩 바꾼 {len(changes)}가지의 매크로 F1 차이.",
        en=f"Change of macro F1 by {len(changes)} variants, each with one part of its recipe changed.",
    )
    return chart(assets, str(described), plot, width=8.4, height=1.0 + 0.26 * len(changes))
