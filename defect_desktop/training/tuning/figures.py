"""The charts of a tuning."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from markupsafe import Markup
from matplotlib.axes import Axes
from optuna.trial import FrozenTrial, TrialState

from defect_desktop.language import Bilingual
from defect_desktop.training.report.charts import Colour, chart, make_logarithmic
from defect_desktop.training.tuning.space import DIALS, Dial
from defect_desktop.training.tuning.tuning import Tuning

_VALIDATION = Bilingual(ko="검증 매크로 F1", en="Validation macro F1")
_A_ROW = 4
"""Slices side by side."""


def history_chart(assets: Path, tuning: Tuning) -> Markup:
    """What every complete trial came to, and the best so far."""
    complete = [(number, trial) for number, trial in enumerate(tuning.trials, start=1) if _is_complete(trial)]
    numbers = [number for number, _ in complete]
    values = [trial.value or 0.0 for _, trial in complete]

    def plot(axes: Axes) -> None:
        axes.step(numbers, list(accumulate(values, max)), where="post", color=Colour.SECOND, linewidth=1.4)
        axes.plot(numbers, values, "o", color=Colour.ACCENT, markersize=5)
        axes.set_xlim(0, len(tuning.trials) + 1)
        axes.set_xlabel(str(Bilingual(ko="시도", en="Trial")))
        axes.set_ylabel(str(_VALIDATION))

    described = Bilingual(
        ko=f"끝까지 학습한 시도 {len(values)}개의 검증 매크로 F1과 그때까지의 최고.",
        en=f"Validation macro F1 of {len(values)} complete trials, and the best so far.",
    )
    return chart(assets, str(described), plot)


def importance_chart(assets: Path, tuning: Tuning) -> Markup:
    """How much each dial decides."""
    names = {dial.key: str(dial.name) for dial in DIALS}
    ordered = sorted(tuning.importances.items(), key=lambda item: item[1])

    def plot(axes: Axes) -> None:
        axes.barh([names[key] for key, _ in ordered], [share for _, share in ordered], color=Colour.ACCENT)
        axes.set_xlabel(str(Bilingual(ko="검증 매크로 F1에 미치는 비중", en="Share in the validation macro F1")))

    described = Bilingual(ko="설정마다의 중요도.", en="The importance of every setting.")
    return chart(assets, str(described), plot, height=3.2)


def slice_charts(assets: Path, tuning: Tuning) -> list[Markup]:
    """Where every dial stood in the search, against what the complete trials came to."""
    complete = [trial for trial in tuning.trials if _is_complete(trial)]
    rows = [DIALS[start : start + _A_ROW] for start in range(0, len(DIALS), _A_ROW)]
    return [_slices(assets, row, complete) for row in rows]


def _slices(assets: Path, dials: Sequence[Dial], trials: Sequence[FrozenTrial]) -> Markup:
    values = [trial.value or 0.0 for trial in trials]

    def plot(*panels: Axes) -> None:
        for dial, axes in zip(dials, panels, strict=True):
            axes.plot([trial.params[dial.key] for trial in trials], values, "o", color=Colour.ACCENT, markersize=4)
            if dial.log:
                make_logarithmic(axes)
            axes.set_xlabel(str(dial.name))
        panels[0].set_ylabel(str(_VALIDATION))

    names = ", ".join(str(dial.name) for dial in dials)
    return chart(assets, names, plot, width=2.4 * len(dials), height=2.4, panels=len(dials))


def _is_complete(trial: FrozenTrial) -> bool:
    return trial.state is TrialState.COMPLETE
