"""`benchmark`: the speed on this machine, against the plain way."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Annotated

import typer

from defect_desktop import settings
from defect_desktop.cli.options import DataDir, DeviceName, EngineName, PackName, folders, meaning
from defect_desktop.cli.watching import itself, print_lines, watch
from defect_desktop.language import Bilingual


def benchmark(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help=meaning("사진 또는 사진 폴더", "Photos or folders of photos")),
    ],
    pack: PackName = settings.PACK.default,
    engine: EngineName = settings.ENGINE.default,
    device: DeviceName = settings.DEVICE.default,
    data_dir: DataDir = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=meaning("결과를 JSON으로 출력합니다", "Print the results as JSON"))
    ] = False,
) -> None:
    """Measures the pipeline against the plain way, photo by photo with full decoding, in one interleaved run."""
    from defect_desktop.workflows.benchmark import BenchmarkRequest
    from defect_desktop.workflows.benchmark import benchmark as measure

    request = BenchmarkRequest(tuple(sources), pack, engine, device)
    result = watch(measure(request, folders(data_dir)), Bilingual(ko="측정", en="Measuring"), itself)
    if as_json:
        typer.echo(json.dumps(dataclasses.asdict(result)))
        return
    lines = (
        (Bilingual(ko="사진 수", en="Photos"), f"{result.photos}"),
        (Bilingual(ko="엔진과 장치", en="Engine and device"), f"{result.engine}, {result.device}"),
        (Bilingual(ko="단순한 방법, 장당 ms", en="Plain way, ms a photo"), f"{result.plain_ms:.1f}"),
        (Bilingual(ko="이 프로그램, 장당 ms", en="This program, ms a photo"), f"{result.pipeline_ms:.1f}"),
        (Bilingual(ko="배율", en="Times as fast"), f"{result.ratio:.2f}"),
        (Bilingual(ko="같은 판정", en="Equal labels"), f"{result.label_agreement:.2%}"),
    )
    print_lines(lines)
