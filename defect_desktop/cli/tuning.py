"""`tune`: searches for a better recipe on the user's photos."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from defect_desktop import settings
from defect_desktop.cli.comparing import SplitFile, TestFolder
from defect_desktop.cli.console import say
from defect_desktop.cli.folders import folders
from defect_desktop.cli.interrupt import INTERRUPTED
from defect_desktop.cli.options import DataDir, Seed, meaning
from defect_desktop.cli.training import (
    Architecture,
    Batch,
    Epochs,
    Members,
    Patience,
    Pretrained,
    RecipeName,
    Side,
    Sources,
    TrainingDevice,
    Weights,
)
from defect_desktop.cli.unreadable import tell_unreadable
from defect_desktop.cli.watching import print_lines, watch_telling
from defect_desktop.language import Bilingual

if TYPE_CHECKING:
    from defect_desktop.training.tuning.tuning import Tuning


def tune(
    data: Sources,
    target: Annotated[
        Path,
        typer.Option(
            "--out",
            file_okay=False,
            help=meaning(
                "탐색 기록, 보고서(tuning.html), 가장 좋은 레시피(best-recipe.json)를 둘 폴더. "
                "다시 실행하면 이어집니다",
                "Folder for the search, its report (tuning.html) and the best recipe (best-recipe.json); "
                "run again to go on",
            ),
        ),
    ],
    trials: Annotated[
        int, typer.Option(min=1, help=meaning("모두 몇 번 시도할지", "How many trials to make in all"))
    ] = 30,
    recipe: RecipeName = "recommended",
    seed: Seed = 0,
    test: TestFolder = None,
    split: SplitFile = None,
    architecture: Architecture = None,
    side: Side = None,
    epochs: Epochs = None,
    members: Members = None,
    batch: Batch = None,
    patience: Patience = None,
    device: TrainingDevice = settings.TRAINING_DEVICE.default,
    weights: Weights = None,
    pretrained: Pretrained = False,
    data_dir: DataDir = None,
) -> None:
    """Searches for a better recipe, trial after trial, and keeps every one."""
    from defect_desktop.workflows.train_model import Budget
    from defect_desktop.workflows.tune import TuningRequest, tune_recipe

    request = TuningRequest(
        sources=tuple(data),
        folder=target,
        trials=trials,
        recipe=recipe,
        budget=Budget(architecture, side, epochs, members, batch, patience),
        seed=seed,
        test=test,
        split=split,
        device=device,
        weights=weights,
        pretrained=pretrained,
    )
    work = tune_recipe(request, folders(data_dir))
    try:
        found = watch_telling(work, Bilingual(ko="탐색", en="Tuning"), patient=True)
    except KeyboardInterrupt:
        say(
            "중단했습니다. 끝난 시도는 보관되었고, 같은 명령을 다시 실행하면 이어집니다.",
            "Stopped. Finished trials are kept; run the same command again to go on.",
        )
        raise typer.Exit(INTERRUPTED) from None
    tell_unreadable(found.parts.failures)
    _print(found, target)


def _print(found: Tuning, target: Path) -> None:
    from defect_desktop.training.tuning.space import DIALS, values_of
    from defect_desktop.training.tuning.tuning import TEST_MACRO_F1
    from defect_desktop.workflows.tune import PAGE_FILE, RECIPE_FILE

    if found.best is None:
        say("끝까지 학습한 시도가 없습니다.", "No trial was trained to its end.")
        raise typer.Exit(1)
    best = found.best
    print_lines(
        (
            (Bilingual(ko="시도", en="Trials"), f"{len(found.trials)}"),
            (Bilingual(ko="최고의 검증 매크로 F1", en="Best validation macro F1"), f"{best.value:.3f}"),
            (
                Bilingual(ko="그 시도의 시험 매크로 F1", en="Its macro F1 on the test photos"),
                f"{best.user_attrs[TEST_MACRO_F1]:.3f}",
            ),
            *((dial.name, f"{value:.4g}") for dial, value in zip(DIALS, values_of(found.recipe), strict=True)),
        )
    )
    say(f"보고서: {target / PAGE_FILE}", f"Report: {target / PAGE_FILE}")
    say(f"가장 좋은 레시피: {target / RECIPE_FILE}", f"Best recipe: {target / RECIPE_FILE}")
