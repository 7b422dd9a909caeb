"""`inspect-data`: looks at labelled photos before anything is trained on them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from defect_desktop.cli.console import err, say
from defect_desktop.cli.folders import folders
from defect_desktop.cli.options import DataDir, Seed, meaning
from defect_desktop.cli.training import Sources
from defect_desktop.cli.watching import itself, print_lines, watch
from defect_desktop.core.printable import printable
from defect_desktop.language import Bilingual


def inspect_data(
    data: Sources,
    target: Annotated[
        Path,
        typer.Option(
            "--out",
            file_okay=False,
            help=meaning(
                "보고서(report.html), 나눔(split.csv), 수치(data.json)를 쓸 폴더",
                "Folder for the report (report.html), the split (split.csv) and the figures (data.json)",
            ),
        ),
    ],
    folds: Annotated[
        int, typer.Option(min=0, max=50, help=meaning("폴드 수, 0은 나누지 않음", "Folds of the split; 0 for none"))
    ] = 5,
    seed: Seed = 0,
    data_dir: DataDir = None,
) -> None:
    """Counts, compares and judges labelled photos, and divides them for training."""
    from defect_desktop.workflows.inspect_data import REPORT, InspectRequest
    from defect_desktop.workflows.inspect_data import inspect_data as inspecting

    request = InspectRequest(tuple(data), target, folds, seed)
    found = watch(inspecting(request, folders(data_dir)), Bilingual(ko="점검", en="Inspecting"), itself)
    for each in found.survey.unreadable:
        err.print(f"{printable(each.path)}: {each.problem.sentence}")
    for note in found.survey.data.notes:
        say(note.ko, note.en)
    copies = found.duplicates.copies()
    print_lines(
        (
            (Bilingual(ko="사진", en="Photos"), f"{len(found.survey.looks)}"),
            (Bilingual(ko="읽을 수 없는 파일", en="Files that cannot be read"), f"{len(found.survey.unreadable)}"),
            (Bilingual(ko="가장 큰 분류 : 가장 작은 분류", en="Largest to smallest class"), f"{found.imbalance():.1f}"),
            (Bilingual(ko="거의 같은 사진", en="Near-duplicates"), f"{sum(map(len, copies))} ({len(copies)})"),
            (Bilingual(ko="어긋난 라벨", en="Label conflicts"), f"{len(found.conflicts)}"),
            (Bilingual(ko="의심스러운 라벨", en="Doubted labels"), str(found.not_judged or len(found.suspicions))),
        )
    )
    say(f"보고서: {target / REPORT}", f"Report: {target / REPORT}")
