"""The chart of a comparison."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup
from matplotlib.axes import Axes

from defect_desktop.language import Bilingual
from defect_desktop.training.comparison.comparison import Comparison
from defect_desktop.training.report.charts import Colour, chart

_FAR_APART = 8
"""From here on, slowest to quickest, the axis of time is logarithmic."""


def speed_chart(assets: Path, comparison: Comparison) -> Markup:
    """Macro F1 against the time for a photo. Every row has its number beside it, and its range over the seeds."""
    rows = [(number, row) for number, row in enumerate(comparison.rows, start=1) if row.runs]
    times = [row.milliseconds or 0.0 for _, row in rows]

    def plot(axes: Axes) -> None:
        for (number, row), time in zip(rows, times, strict=True):
            spread = row.spread(lambda run: run.macro_f1)
            colour = Colour.SECOND if row.scratch else Colour.ACCENT
            axes.plot([time, time], [spread.low, spread.high], color=colour, linewidth=1.2)
            axes.plot([time], [spread.mean], "o", color=colour, markersize=6)
            axes.annotate(str(number), (time, spread.mean), (6, 4), textcoords="offset points", color=Colour.INK)
        if max(times) > _FAR_APART * min(times):
            axes.set_xscale("log")
            axes.set_xlim(0.7 * min(times), 1.5 * max(times))
        else:
            axes.set_xlim(0, 1.15 * max(times))
        axes.set_xlabel(str(Bilingual(ko="사진 한 장에 걸리는 시간(ms)", en="Time for one photo (ms)")))
        axes.set_ylabel(str(Bilingual(ko="매크로 F1", en="Macro F1")))

    described = Bilingual(
        ko=f"후보 {len(rows)}개의 매크로 F1과 사진 한 장에 걸리는 시간. 숫자는 표의 번호입니다.",
        en=f"Macro F1 of {len(rows)} candidates against their time for one photo; the numbers are those of the table.",
    )
    return chart(assets, str(described), plot, width=7.2, height=4.0)
