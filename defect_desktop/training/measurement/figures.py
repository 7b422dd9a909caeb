"""The charts of the evaluation report."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from defect_desktop.language import Bilingual
from defect_desktop.training.measurement.intervals import share_interval
from defect_desktop.training.measurement.measure import Measurement
from defect_desktop.training.measurement.operation import Operation
from defect_desktop.training.measurement.reliability import Reliability
from defect_desktop.training.report.charts import Colour, chart


def reliability_chart(assets: Path, measurement: Measurement) -> Markup:
    """Confidence against the share that is right, before and after the calibration, over how often each occurs."""

    def plot(before: Axes, after: Axes) -> None:
        _plot_reliability(before, measurement.before, Bilingual(ko="보정 전", en="Before calibration"))
        _plot_reliability(after, measurement.after, Bilingual(ko="보정 후", en="After calibration"))

    described = Bilingual(
        ko=f"신뢰도 그림. 보정 오차(ECE)는 보정 전 {measurement.before.ece:.3f}, 보정 후 {measurement.after.ece:.3f}.",
        en=f"Reliability diagrams. The calibration error (ECE) is {measurement.before.ece:.3f} before and "
        f"{measurement.after.ece:.3f} after the calibration.",
    )
    return chart(assets, str(described), plot, width=9.6, height=4.0, panels=2)


def risk_chart(assets: Path, measurement: Measurement) -> Markup:
    """The share of mistakes among the surest photos, and where the two sets of thresholds stand."""
    risk = measurement.risk

    def plot(axes: Axes) -> None:
        axes.plot(risk.coverage, risk.risk, color=Colour.ACCENT, linewidth=1.8)
        if risk.random_area:
            _draw_level(axes, risk.random_area, Bilingual(ko="확신도를 무시할 때", en="ignoring the confidence"))
        _mark(axes, measurement.present, Colour.SECOND, "o", Bilingual(ko="지금 기준", en="thresholds now"))
        _mark(
            axes, measurement.choice.elsewhere, Colour.THIRD, "D", Bilingual(ko="제안 기준", en="thresholds proposed")
        )
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1.15 * max(risk.random_area, float(risk.risk[len(risk.risk) // 20 :].max()), 0.01))
        axes.xaxis.set_major_formatter(PercentFormatter(1))
        axes.yaxis.set_major_formatter(PercentFormatter(1))
        axes.set_xlabel(str(Bilingual(ko="확인하지 않고 쓰는 사진", en="Photos used without a check")))
        axes.set_ylabel(str(Bilingual(ko="그중 오답", en="Wrong among those")))

    described = Bilingual(
        ko=f"확신도가 높은 사진만 쓸 때의 오답률 곡선. 곡선 아래 넓이 {risk.area:.4f}.",
        en=f"The share of wrong labels among the surest photos. The area under the curve is {risk.area:.4f}.",
    )
    return chart(assets, str(described), plot, width=7.6, height=3.8)


def _plot_reliability(axes: Axes, found: Reliability, title: Bilingual) -> None:
    middles = [(each.low + each.high) / 2 for each in found.bins]
    photos = np.array([each.photos for each in found.bins])
    width = found.bins[0].high - found.bins[0].low
    axes.plot([0, 1], [0, 1], color=Colour.MUTED, linewidth=1, linestyle=(0, (4, 3)))
    axes.bar(middles, photos / photos.sum(), width, color=Colour.LINE)
    right = np.array([each.accuracy for each in found.bins])
    ends = [share_interval(round(each.accuracy * each.photos), each.photos) for each in found.bins]
    axes.errorbar(
        [each.confidence for each in found.bins],
        right,
        [right - [each.low for each in ends], [each.high for each in ends] - right],
        fmt="o", markersize=5, color=Colour.ACCENT, elinewidth=1.2, clip_on=False, zorder=3,
    )  # fmt: skip
    axes.set_title(f"{title} · ECE {found.ece:.3f}")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.set_xlabel(str(Bilingual(ko="확신도", en="Confidence")))
    axes.set_ylabel(str(Bilingual(ko="정답 비율", en="Share that is right")))


def _mark(axes: Axes, operation: Operation, colour: Colour, marker: str, name: Bilingual) -> None:
    """A point where thresholds stand; none where they leave no photo unchecked."""
    if operation.error_rate is None:
        return
    axes.plot(
        [operation.unchecked_share], [operation.error_rate], marker, color=colour, markersize=7, label=str(name),
        clip_on=False, zorder=3,
    )  # fmt: skip
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 1.14), ncols=2)


def _draw_level(axes: Axes, level: float, name: Bilingual) -> None:
    axes.axhline(level, color=Colour.MUTED, linewidth=1, linestyle=(0, (4, 3)))
    axes.annotate(str(name), (0.01, level), xytext=(0, -12), textcoords="offset points", color=Colour.MUTED)
