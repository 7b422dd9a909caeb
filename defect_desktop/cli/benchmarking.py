"""`benchmark`: the speed on this machine, its limits, and the engine that suits it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from defect_desktop import settings
from defect_desktop.cli.console import out, say
from defect_desktop.cli.folders import folders_for
from defect_desktop.cli.options import DataDir, PackName, meaning
from defect_desktop.cli.tables import print_table, table_of
from defect_desktop.cli.watching import itself, print_lines, watch
from defect_desktop.language import Bilingual

if TYPE_CHECKING:
    from defect_desktop.workflows.benchmark import BenchmarkResult, EngineFigures


def benchmark(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH",
            help=meaning(
                "사진 또는 사진 폴더(없으면 1,200만 화소 사진을 그려서 잽니다)",
                "Photos or folders of photos (without any, photos of 12 megapixels are drawn)",
            ),
        ),
    ] = None,
    pack: PackName = settings.PACK.default,
    architecture: Annotated[
        str | None,
        typer.Option(
            "--arch",
            help=meaning(
                "팩 대신 무작위 가중치로 잴 timm 신경망의 이름",
                "Name of a timm network to measure with random weights, instead of a pack",
            ),
        ),
    ] = None,
    members: Annotated[
        int, typer.Option("--members", min=1, help=meaning("--arch의 신경망 수", "How many networks of --arch"))
    ] = 3,
    data_dir: DataDir = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=meaning("결과를 JSON으로 출력합니다", "Print the results as JSON"))
    ] = False,
) -> None:
    """Measures everything in turns, and keeps the engine that it recommends as what `auto` is for this pack."""
    from defect_desktop.workflows.benchmark import BenchmarkRequest, RandomPack
    from defect_desktop.workflows.benchmark import benchmark as measure

    measured = RandomPack(architecture, members) if architecture else pack
    request = BenchmarkRequest(tuple(sources or ()), measured)
    paths = folders_for(None if architecture else pack, data_dir)
    result = watch(measure(request, paths), Bilingual(ko="측정", en="Measuring"), itself)
    if as_json:
        typer.echo(json.dumps(dataclasses.asdict(result) | {"recommended": result.recommended.model_dump()}))
        return
    _print(result)
    if not architecture and not result.kept:
        say(
            "이 선택을 저장할 수 없어 auto는 그대로입니다. "
            "데이터 폴더의 디스크 공간과 쓰기 권한을 확인하고 다시 재세요.",
            "This choice could not be saved, and auto is what it was: "
            "check the disk space and the permissions of the data folder, and measure again.",
        )
    elif not architecture:
        say(
            f"이제부터 auto는 이 팩에 {result.recommended.engine}({result.recommended.device})을(를) 씁니다.",
            f"From now on, auto is {result.recommended.engine} on {result.recommended.device} for this pack.",
        )


def _print(result: BenchmarkResult) -> None:
    lines = [
        (Bilingual(ko="모델 팩", en="Model pack"), result.pack),
        (Bilingual(ko="사진 수", en="Photos"), f"{result.photos}"),
        (Bilingual(ko="디코딩만, 장당 ms", en="Decoding alone, ms a photo"), f"{result.decoding_ms:.1f}"),
    ]
    if result.plain_ms is not None:
        lines.append((Bilingual(ko="단순한 방법, 장당 ms", en="Plain way, ms a photo"), f"{result.plain_ms:.1f}"))
    print_lines(lines)
    _print_engines(result.engines)
    if card := result.card:
        print_lines(
            [
                (
                    Bilingual(ko="GPU, 한 장씩", en="GPU, photo by photo"),
                    _beside(card.frame_ms, card.plain_frame_ms, card.frame_times_as_fast),
                ),
                (
                    Bilingual(ko="GPU, 묶음", en="GPU, in batches"),
                    _beside(card.batch_ms, card.plain_batch_ms, card.batch_times_as_fast),
                ),
            ]
        )


def _print_engines(engines: Sequence[EngineFigures]) -> None:
    """Prints a line an engine, within the 80 columns of a usual terminal."""
    figures = (
        meaning("신경망만\nms", "Networks\nalone, ms"),
        meaning("전체\nms", "Whole\nms"),
        meaning("배율", "Times\nas fast"),
        meaning("한계\n대비", "Share\nof limit"),
        meaning("같은 판정\n/ 비교한 사진", "Equal labels\n/ compared"),
    )
    table = table_of((meaning("엔진", "Engine"), meaning("장치", "Device")), figures)
    for each in engines:
        table.add_row(
            f"{each.engine}{' *' if each.exits_early else ''}",
            each.device,
            f"{each.inference_ms:.1f}",
            f"{each.pipeline_ms:.1f}",
            "-" if each.times_as_fast is None else f"{each.times_as_fast:.2f}",
            f"{each.share_of_limit:.0%}",
            "-" if each.equal_labels is None else f"{each.equal_labels:.1%} / {each.compared}",
        )
    print_table(table)
    if any(each.exits_early for each in engines):
        out.print(meaning("* 조기 종료", "* early exit"))


def _beside(ours: float, plain: float, times_as_fast: float) -> str:
    return f"{ours:.2f} ms, timm {plain:.2f} ms, {times_as_fast:.2f}×"
