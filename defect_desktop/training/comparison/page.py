"""A comparison as one HTML page."""

from __future__ import annotations

from pathlib import Path

from defect_desktop.core.comparison import ENOUGH_PHOTOS
from defect_desktop.core.printable import printable
from defect_desktop.language import Bilingual
from defect_desktop.training.comparison.comparison import Comparison
from defect_desktop.training.comparison.figures import change_chart, speed_chart
from defect_desktop.training.comparison.request import ComparisonRequest
from defect_desktop.training.report.page import render_page


def comparison_page(assets: Path, comparison: Comparison, request: ComparisonRequest) -> str:
    """The page in the language of the system."""
    finished = comparison.finished
    return render_page(
        assets,
        "comparison.html",
        Bilingual(ko="학습 비교", en="Comparison of trainings"),
        found=comparison,
        rows=list(enumerate(comparison.rows, start=1)),
        best=max(finished, key=lambda row: row.spread(lambda run: run.macro_f1).mean) if finished else None,
        weighted=lambda row: row.spread(lambda run: run.weighted_f1),
        macro=lambda row: row.spread(lambda run: run.macro_f1),
        gain=lambda row: row.spread(lambda run: run.gain_macro_f1),
        seconds=lambda row: row.spread(lambda run: run.seconds),
        classes=finished[0].runs[0].classes if finished else (),
        scratch=any(row.scratch for row in finished),
        ablated=any(row.candidate.variant for row in comparison.rows),
        changes=change_chart(assets, comparison),
        speeds=speed_chart(assets, comparison),
        sources=[printable(source) for source in (*request.sources, *([request.test] if request.test else []))],
        enough=ENOUGH_PHOTOS,
    )
