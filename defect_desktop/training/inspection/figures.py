"""The charts of the inspection report."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes

from defect_desktop.language import Bilingual
from defect_desktop.training.data.survey import Survey
from defect_desktop.training.report.charts import Colour, chart

_BINS = 24
_SHARPNESS_TICKS = (1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000)


def size_chart(assets: Path, survey: Survey) -> Markup:
    """Width against height of every photo; the more photos of one size, the larger the dot."""
    sizes, counts = np.unique([(look.width, look.height) for look in survey.looks], axis=0, return_counts=True)

    def plot(axes: Axes) -> None:
        axes.scatter(sizes[:, 0], sizes[:, 1], s=10 + 240 * counts / counts.sum(), color=Colour.ACCENT, linewidth=0)
        axes.set_xlabel(str(Bilingual(ko="너비(화소)", en="Width in pixels")))
        axes.set_ylabel(str(Bilingual(ko="높이(화소)", en="Height in pixels")))
        axes.set_xlim(0, 1.08 * sizes[:, 0].max())
        axes.set_ylim(0, 1.08 * sizes[:, 1].max())

    described = Bilingual(
        ko=f"사진 크기 {len(sizes)}가지의 너비와 높이.", en=f"Width and height of the photos, {len(sizes)} sizes."
    )
    return chart(assets, str(described), plot, width=4.6, height=3.4)


def look_chart(assets: Path, survey: Survey) -> Markup:
    """How many photos are how bright and how sharp."""
    brightness = np.array([look.brightness for look in survey.looks])
    sharpness = np.log10([max(look.sharpness, 0.1) for look in survey.looks])

    def plot(bright: Axes, sharp: Axes) -> None:
        bright.hist(brightness, bins=np.linspace(0, 255, _BINS + 1).tolist(), color=Colour.ACCENT)
        bright.set_xlim(0, 255)
        bright.set_xlabel(str(Bilingual(ko="밝기(0 검정, 255 흰색)", en="Brightness (0 black, 255 white)")))
        bright.set_ylabel(str(Bilingual(ko="사진 수", en="Photos")))
        sharp.hist(sharpness, bins=_BINS, color=Colour.ACCENT)
        sharp.set_xticks(np.log10(_SHARPNESS_TICKS).tolist(), [f"{tick:,}" for tick in _SHARPNESS_TICKS])
        sharp.set_xlim(sharpness.min() - 0.1, sharpness.max() + 0.1)
        sharp.set_xlabel(str(Bilingual(ko="선명도(왼쪽일수록 흐림)", en="Sharpness (blurred photos on the left)")))

    described = Bilingual(ko="밝기와 선명도의 분포.", en="Distributions of brightness and sharpness.")
    return chart(assets, str(described), plot, width=9.6, height=3.2, panels=2)
