"""`compare`: several recipes and networks under one budget, measured on the same photos."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from defect_desktop import settings
from defect_desktop.cli.comparison_tables import print_comparison
from defect_desktop.cli.console import out, say
from defect_desktop.cli.folders import folders
from defect_desktop.cli.interrupt import INTERRUPTED
from defect_desktop.cli.options import DataDir, meaning
from defect_desktop.cli.training import (
    Batch,
    Epochs,
    Members,
    Patience,
    Pretrained,
    Side,
    Sources,
    TrainingDevice,
    Weights,
)
from defect_desktop.cli.unreadable import tell_unreadable
from defect_desktop.cli.watching import watch_telling
from defect_desktop.language import Bilingual

if TYPE_CHECKING:
    from defect_desktop.training.comparison.comparison import Comparison

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
    device: TrainingDevice = settings.TRAINING_DEVICE.default,
    weights: Weights = None,
    pretrained: Pretrained = False,
    data_dir: DataDir = None,
) -> None:
    """Trains every recipe on every network under one budget, and prints how they compare."""
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
    print_comparison(found)
    _tell_remarks(found)
    say(f"보고서: {target / PAGE_FILE}", f"Report: {target / PAGE_FILE}")
    raise typer.Exit(1 if any(row.problem for row in found.rows) else 0)


def _tell_remarks(found: Comparison) -> None:
    for row in found.rows:
        for remark in row.remarks:
            out.print(f"{row.title}: {remark}")
