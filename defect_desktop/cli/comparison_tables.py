"""What a comparison came to, as tables for a terminal: the candidates, and the F1 of every class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from defect_desktop.cli.console import out, say
from defect_desktop.cli.options import meaning
from defect_desktop.cli.tables import print_table, table_of
from defect_desktop.core.comparison import ENOUGH_PHOTOS

if TYPE_CHECKING:
    from defect_desktop.training.comparison.comparison import Comparison, Row, Spread

_UNKNOWN = "–"


def print_comparison(found: Comparison) -> None:
    """Prints a line a candidate, and a line a class; of an ablation, which is wide, only the former."""
    if not found.finished:
        return
    ablated = any(row.candidate.variant for row in found.rows)
    print_table(_candidates(found, ablated))
    if any(row.scratch for row in found.finished):
        say("* 사전 학습 가중치 없이 처음부터 학습함", "* trained from scratch, without pretrained weights")
    if ablated:
        say("하자 유형별 F1은 보고서에 있습니다.", "The F1 of every class is in the report.")
        return
    out.print()
    print_table(_classes(found))
    say(
        f"열의 숫자는 위 표의 번호입니다. 괄호: 사진이 {ENOUGH_PHOTOS}장보다 적어 근거 부족",
        f"The columns are the numbers above. In brackets: fewer than {ENOUGH_PHOTOS} photos, insufficient evidence",
    )


def _candidates(found: Comparison, ablated: bool) -> Table:
    figures = (
        meaning("가중 F1", "Weighted F1"),
        meaning("매크로 F1", "Macro F1"),
        *((meaning("차이", "Change"),) if ablated else ()),
        meaning("묶음의 이득", "Gain of bag"),
        meaning("매개변수(백만)", "Params (M)"),
        meaning("ms/사진", "ms/photo"),
        meaning("학습(초)", "Training (s)"),
    )
    table = table_of(("", meaning("레시피", "Recipe"), meaning("신경망", "Network")), figures)
    for number, row in _numbered(found):
        table.add_row(number, str(row.candidate.name), _network(row), *_cells(row, found, ablated))
    return table


def _classes(found: Comparison) -> Table:
    figures = (meaning("사진", "Photos"), *(number for number, _ in _numbered(found)))
    table = table_of((meaning("하자 유형별 F1", "F1 of every class"),), figures)
    for each in found.finished[0].runs[0].classes:
        scores = (_class_f1(row.class_f1(each.label), each.support) for row in found.finished)
        table.add_row(each.label, str(each.support), *scores)
    return table


def _numbered(found: Comparison) -> list[tuple[str, Row]]:
    """The finished rows, with their numbers in the report."""
    return [(str(number), row) for number, row in enumerate(found.rows, start=1) if row.runs]


def _network(row: Row) -> str:
    return f"{row.architecture}{' *' if row.scratch else ''}"


def _cells(row: Row, found: Comparison, ablated: bool) -> list[str]:
    several, change = len(found.seeds) > 1, found.change_of(row)
    return [
        _shown(row.spread(lambda run: run.weighted_f1), several),
        _shown(row.spread(lambda run: run.macro_f1), several),
        *((_shown(change, several, "+.3f") if change else "",) if ablated else ()),
        f"{row.spread(lambda run: run.gain_macro_f1).mean:+.3f}",
        f"{row.runs[0].networks} × {row.runs[0].parameters / 1e6:.2f}",
        _UNKNOWN if row.milliseconds is None else f"{row.milliseconds:.1f}",
        f"{row.spread(lambda run: run.seconds).mean:.0f}",
    ]


def _class_f1(f1: float | None, photos: int) -> str:
    if f1 is None:
        return _UNKNOWN
    return f"{f1:.3f}" if photos >= ENOUGH_PHOTOS else f"({f1:.3f})"


def _shown(spread: Spread, several: bool, form: str = ".3f") -> str:
    """The mean, and the range where there are several seeds."""
    return f"{spread.mean:{form}}" + (f" ({spread.low:{form}} … {spread.high:{form}})" if several else "")
