"""`compare`: several recipes and networks under one budget, measured on the same photos."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.measure import Measurement
from rich.table import Table

from defect_desktop import settings
from defect_desktop.cli.console import out, say
from defect_desktop.cli.folders import folders
from defect_desktop.cli.interrupt import INTERRUPTED
from defect_desktop.cli.options import DataDir, DeviceName, meaning
from defect_desktop.cli.training import Batch, Epochs, Members, Patience, Pretrained, Side, Sources, Weights
from defect_desktop.cli.unreadable import tell_unreadable
from defect_desktop.cli.watching import watch_telling
from defect_desktop.language import Bilingual

if TYPE_CHECKING:
    from defect_desktop.training.comparison.comparison import Comparison, Row, Spread

TestFolder = Annotated[
    Path | None,
    typer.Option(
        "--test",
        metavar="DATA",
        help=meaning(
            "평가할 사진. 없으면 DATA의 일부를 학습에서 빼 두고 평가합니다",
            "Labelled photos to measure on; without them a part of DATA is kept from training",
        ),
    ),
]
SplitFile = Annotated[
    Path | None,
    typer.Option(
        "--split",
        metavar="FILE",
        help=meaning(
            "평가에 남길 사진이 적힌 파일(inspect-data가 만든 것). --test가 있으면 검증에 씁니다",
            "Which photos to keep for measuring, as `inspect-data` wrote it; beside --test, for validating",
        ),
    ),
]

_WIDE = 240
"""Columns that the table may take: on a narrow terminal its lines wrap, but no figure is cut off."""


def compare(
    data: Sources,
    target: Annotated[
        Path,
        typer.Option(
            "--out",
            file_okay=False,
            help=meaning(
                "보고서(comparison.html)와 끝난 학습을 둘 폴더. 다시 실행하면 이어집니다",
                "Folder for the report (comparison.html) and all finished trainings; run again to go on",
            ),
        ),
    ],
    architecture: Annotated[
        list[str] | None,
        typer.Option(
            "--arch",
            metavar="NAME",
            help=meaning(
                "신경망(timm의 이름), 여러 번 쓸 수 있음. 없으면 레시피의 것",
                "Network, by timm's name; repeat it for several. Without any, the recipes' own",
            ),
        ),
    ] = None,
    recipe: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help=meaning(
                "학습 레시피(이름 또는 .json 파일), 여러 번 쓸 수 있음 [기본값: recommended]",
                "Training recipe, by name or .json file; repeat it for several  [default: recommended]",
            ),
        ),
    ] = None,
    ablate: Annotated[
        bool,
        typer.Option(
            "--ablate",
            help=meaning(
                "레시피에서 한 부분씩 바꾼 것도 비교합니다", "Also compare the recipes with one part changed at a time"
            ),
        ),
    ] = False,
    test: TestFolder = None,
    split: SplitFile = None,
    seeds: Annotated[
        int,
        typer.Option(
            min=1,
            max=100,
            help=meaning("후보마다 시드를 바꾸어 학습할 횟수", "How often each candidate is trained, from other seeds"),
        ),
    ] = 1,
    epochs: Epochs = None,
    members: Members = None,
    side: Side = None,
    batch: Batch = None,
    patience: Patience = None,
    device: DeviceName = settings.DEVICE.default,
    weights: Weights = None,
    pretrained: Pretrained = False,
    data_dir: DataDir = None,
) -> None:
    """Trains every recipe on every network under one budget, and prints one table."""
    from defect_desktop.workflows.compare import PAGE_FILE, ComparisonRequest, compare_trainings
    from defect_desktop.workflows.train_model import DEFAULT_RECIPE, Budget

    request = ComparisonRequest(
        sources=tuple(data),
        folder=target,
        recipes=tuple(recipe or (DEFAULT_RECIPE,)),
        architectures=tuple(architecture or ()),
        ablate=ablate,
        budget=Budget(None, side, epochs, members, batch, patience),
        seeds=seeds,
        test=test,
        split=split,
        device=device,
        weights=weights,
        pretrained=pretrained,
    )
    work = compare_trainings(request, folders(data_dir))
    try:
        found = watch_telling(work, Bilingual(ko="비교", en="Comparing"))
    except KeyboardInterrupt:
        say(
            "중단했습니다. 학습한 에폭은 보관되었고, 같은 명령을 다시 실행하면 이어집니다.",
            "Stopped. Full epochs are kept; run the same command again to go on.",
        )
        raise typer.Exit(INTERRUPTED) from None
    tell_unreadable(found.parts.failures)
    if found.finished:
        _print_table(found)
    _tell_problems(found)
    say(f"보고서: {target / PAGE_FILE}", f"Report: {target / PAGE_FILE}")
    raise typer.Exit(1 if any(row.problem for row in found.rows) else 0)


def _print_table(found: Comparison) -> None:
    ablated = any(row.candidate.variant for row in found.rows)
    table = Table(box=None, pad_edge=False, show_edge=False)
    table.add_column(meaning("레시피", "Recipe"))
    table.add_column(meaning("신경망", "Network"))
    for name in (
        meaning("가중 F1", "Weighted F1"),
        meaning("매크로 F1", "Macro F1"),
        *((meaning("차이", "Change"),) if ablated else ()),
        meaning("묶음의 이득", "Gain of bag"),
        meaning("매개변수(백만)", "Params (M)"),
        meaning("ms/사진", "ms/photo"),
        meaning("학습(초)", "Training (s)"),
    ):
        table.add_column(name, justify="right")
    for row in found.finished:
        table.add_row(str(row.candidate.name), _network(row), *_cells(row, found, ablated))
    # Else rich would fit it to the terminal, and shorten names and figures.
    table.width = Measurement.get(out, out.options.update(width=_WIDE), table).maximum
    out.print(table)
    if any(row.scratch for row in found.finished):
        say("* 사전 학습 가중치 없이 처음부터 학습함", "* trained from scratch, without pretrained weights")


def _tell_problems(found: Comparison) -> None:
    for row in found.rows:
        if row.problem:
            out.print(f"{row.candidate.name}, {row.architecture}: {row.problem}")


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
        f"{row.milliseconds:.1f}",
        f"{row.spread(lambda run: run.seconds).mean:.0f}",
    ]


def _shown(spread: Spread, several: bool, form: str = ".3f") -> str:
    """The mean, and the range where there are several seeds."""
    return f"{spread.mean:{form}}" + (f" ({spread.low:{form}} … {spread.high:{form}})" if several else "")
