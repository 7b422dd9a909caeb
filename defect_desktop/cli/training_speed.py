"""`benchmark-training`: how many photos a second train on this machine, beside a plain loop."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Annotated

import typer

from defect_desktop import settings
from defect_desktop.cli.options import meaning
from defect_desktop.cli.training import Architecture, Batch, Epochs, RecipeName, Side, Sources, TrainingDevice
from defect_desktop.cli.watching import itself, print_lines, watch
from defect_desktop.language import Bilingual

if TYPE_CHECKING:
    from defect_desktop.training.throughput.race import Throughput


def benchmark_training(
    data: Sources,
    recipe: RecipeName = "recommended",
    architecture: Architecture = None,
    side: Side = None,
    epochs: Epochs = 3,
    batch: Batch = None,
    device: TrainingDevice = settings.TRAINING_DEVICE.default,
    as_json: Annotated[
        bool, typer.Option("--json", help=meaning("결과를 JSON으로 출력합니다", "Print the results as JSON"))
    ] = False,
) -> None:
    """Trains one network this program's way and the plain way in turns, and prints how fast each was."""
    from defect_desktop.workflows.benchmark_training import Budget, TrainingBenchmarkRequest
    from defect_desktop.workflows.benchmark_training import benchmark_training as measure

    budget = Budget(architecture, side, epochs, None, batch)
    request = TrainingBenchmarkRequest(tuple(data), recipe, budget, device)
    result = watch(measure(request), Bilingual(ko="학습 속도 측정", en="Measuring the training"), itself)
    if as_json:
        typer.echo(json.dumps(_figures(result)))
        return
    _print(result)


def _figures(result: Throughput) -> dict[str, object]:
    """Photos a second, each way: over the whole training, and after its first epoch."""
    return {
        "architecture": result.recipe.architecture,
        "side": result.recipe.preprocessing.height,
        "batch": result.recipe.schedule.batch,
        "photos": result.photos,
        "device": result.device,
        "ours": dataclasses.asdict(result.ours) | {"in_all": result.ours.in_all, "warm": result.ours.warm},
        "plain": dataclasses.asdict(result.plain) | {"in_all": result.plain.in_all, "warm": result.plain.warm},
    }


def _print(result: Throughput) -> None:
    schedule, ours, plain = result.recipe.schedule, result.ours, result.plain
    print_lines(
        [
            (Bilingual(ko="신경망", en="Network"), result.recipe.architecture),
            (Bilingual(ko="사진의 한 변(화소)", en="Side of a photo, px"), f"{result.recipe.preprocessing.height}"),
            (Bilingual(ko="배치 크기", en="Batch"), f"{schedule.batch}"),
            (Bilingual(ko="에폭 수", en="Epochs"), f"{schedule.epochs}"),
            (Bilingual(ko="사진 수", en="Photos"), f"{result.photos}"),
            (Bilingual(ko="장치", en="Device"), result.device),
            (
                Bilingual(ko="전체(파일 읽기 포함)", en="In all, reading the files included"),
                _told(ours.in_all, plain.in_all),
            ),
            (Bilingual(ko="첫 에폭 이후", en="After the first epoch"), _told(ours.warm, plain.warm)),
        ]
    )


def _told(ours: float, plain: float) -> str:
    return str(
        Bilingual(
            ko=f"초당 {ours:.1f}장, 단순한 반복문은 {plain:.1f}장({ours / plain:.2f}배)",
            en=f"{ours:.1f} photos a second, the plain loop {plain:.1f} ({ours / plain:.2f} times as fast)",
        )
    )
