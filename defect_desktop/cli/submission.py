"""`submit`: the contest's test photos in, its submission file out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from defect_desktop import settings
from defect_desktop.cli.console import err, out, say
from defect_desktop.cli.folders import folders_for
from defect_desktop.cli.options import DataDir, DeviceName, EngineName, meaning
from defect_desktop.cli.watching import itself, watch
from defect_desktop.core.printable import printable
from defect_desktop.language import Bilingual

if TYPE_CHECKING:
    from defect_desktop.workflows.submit import Submission


def submit(
    pack: Annotated[str, typer.Argument(metavar="PACK", help=str(settings.PACK.meaning))],
    test_list: Annotated[
        Path,
        typer.Argument(
            metavar="TEST_CSV", help=meaning("시험 사진의 목록(id, img_path)", "List of the test photos (id, img_path)")
        ),
    ],
    target: Annotated[Path, typer.Argument(metavar="OUT", help=meaning("쓸 제출 파일", "Submission file to write"))],
    sample: Annotated[
        Path | None,
        typer.Option(
            help=meaning(
                "형식을 맞춰 볼 제출 양식(기본값: 목록 옆의 sample_submission.csv)",
                "The contest's form to check against (default: sample_submission.csv beside the list)",
            )
        ),
    ] = None,
    engine: EngineName = settings.ENGINE.default,
    device: DeviceName = settings.DEVICE.default,
    data_dir: DataDir = None,
) -> None:
    """Labels the contest's test photos and writes the submission file."""
    from defect_desktop.workflows.submit import SubmitRequest
    from defect_desktop.workflows.submit import submit as run

    request = SubmitRequest(pack, test_list, target, sample, engine, device)
    written = watch(run(request, folders_for(pack, data_dir)), Bilingual(ko="분류", en="Classifying"), itself)
    for label, photos in written.labels.most_common():
        out.print(f"{photos:>7}  {label}")
    _tell_failures(written)
    say(
        f"제출 파일: {printable(target)} ({written.rows}행, {_checked(written).ko})",
        f"Submission: {printable(target)} ({written.rows} rows, {_checked(written).en})",
    )
    raise typer.Exit(1 if written.failures else 0)


def _tell_failures(written: Submission) -> None:
    if not written.failures:
        return
    for path, problem in written.failures:
        err.print(f"{printable(path)}: {problem.sentence}")
    say(
        f"읽지 못한 사진 {len(written.failures)}장의 행에는 가장 많이 나온 '{written.stopgap}'을(를) 적었습니다.",
        f"Photos that could not be read: {len(written.failures)}; their rows hold the commonest label, "
        f"'{written.stopgap}'.",
    )


def _checked(written: Submission) -> Bilingual:
    if written.sample is None:
        return Bilingual(ko="양식이 없어 맞춰 보지 않음", en="no sample to check against")
    name = printable(written.sample)
    return Bilingual(ko=f"{name} 양식과 일치", en=f"in the form of {name}")
