"""A tuning as one HTML page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from optuna.trial import TrialState

from defect_desktop.core.printable import printable
from defect_desktop.language import Bilingual
from defect_desktop.training.report.page import render_page
from defect_desktop.training.tuning.figures import history_chart, importance_chart, slice_charts
from defect_desktop.training.tuning.request import TuningRequest
from defect_desktop.training.tuning.space import DIALS, turned, values_of
from defect_desktop.training.tuning.study import REASON
from defect_desktop.training.tuning.tuning import TEST_MACRO_F1, Tuning


@dataclass(frozen=True, slots=True)
class _Line:
    """A trial in the table: `outcome` says why it has no value."""

    number: int
    value: float | None
    test: float | None
    outcome: Bilingual | None
    values: tuple[float, ...]
    is_best: bool


def tuning_page(assets: Path, tuning: Tuning, request: TuningRequest, recipe_file: str) -> str:
    """The page in the language of the system; `recipe_file` is the name of the best recipe's."""
    lines = list(_lines(tuning))
    return render_page(
        assets,
        "tuning.html",
        Bilingual(ko="레시피 탐색", en="Tuning of a recipe"),
        found=tuning,
        lines=lines,
        complete=[line for line in lines if line.value is not None],
        first=lines[0] if lines and lines[0].value is not None else None,
        best=next((line for line in lines if line.is_best), None),
        names=[dial.name for dial in DIALS],
        before=values_of(tuning.base),
        history=history_chart(assets, tuning) if tuning.best else "",
        importances=importance_chart(assets, tuning) if tuning.importances else "",
        slices=slice_charts(assets, tuning) if tuning.best else [],
        sources=[printable(source) for source in (*request.sources, *([request.test] if request.test else []))],
        seed=request.seed,
        recipe_file=recipe_file,
    )


def _lines(tuning: Tuning) -> Iterator[_Line]:
    for number, trial in enumerate(tuning.trials, start=1):
        outcome = None
        if trial.state is TrialState.PRUNED:
            outcome = Bilingual(ko="뒤처져 그만둠", en="given up, it lagged behind")
        elif trial.state is TrialState.FAIL:
            outcome = Bilingual(**trial.user_attrs[REASON])
        yield _Line(
            number=number,
            value=trial.value if outcome is None else None,
            test=trial.user_attrs.get(TEST_MACRO_F1),
            outcome=outcome,
            values=values_of(turned(tuning.base, trial.params)),
            is_best=tuning.best is not None and trial.number == tuning.best.number,
        )
