"""`classify` and `export`: photos in, results out."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from defect_desktop import settings
from defect_desktop.cli.console import err, out, progress_bar, say
from defect_desktop.cli.folders import folders, folders_for
from defect_desktop.cli.interrupt import INTERRUPTED, interrupts
from defect_desktop.cli.options import DataDir, DeviceName, EarlyExit, EngineName, PackName, meaning
from defect_desktop.core.printable import printable
from defect_desktop.language import Bilingual, system_language
from defect_desktop.paths import Paths

if TYPE_CHECKING:
    from rich.console import Console

    from defect_desktop.store.summary import RunSummary
    from defect_desktop.workflows.classify_photos import Advanced, ClassifyRequest, Started

CsvTarget = Annotated[
    Path | None,
    typer.Option(
        "--csv",
        dir_okay=False,
        help=meaning(
            "결과를 저장할 CSV 파일(-는 표준 출력)", "CSV file to write the results to; - is the standard output"
        ),
    ),
]


def classify(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH", help=meaning("사진 또는 사진 폴더(하위 폴더 포함)", "Photos or folders of photos")
        ),
    ],
    pack: PackName = settings.PACK.default,
    engine: EngineName = settings.ENGINE.default,
    device: DeviceName = settings.DEVICE.default,
    csv: CsvTarget = None,
    data_dir: DataDir = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=meaning("결과를 JSON으로 출력합니다", "Print the results as JSON"))
    ] = False,
    again: Annotated[
        bool,
        typer.Option(
            "--again", help=meaning("이미 분류한 사진도 다시 분류합니다", "Classify again what is done already")
        ),
    ] = False,
    early_exit: EarlyExit = False,
) -> None:
    """Classify photos of interior finishes; run again to go on where a run was stopped."""
    from defect_desktop.reports.csv_report import STANDARD_OUTPUT, check_csv_target
    from defect_desktop.workflows.classify_photos import ClassifyRequest
    from defect_desktop.workflows.export_results import export_results

    if csv == STANDARD_OUTPUT and as_json:
        raise typer.BadParameter(
            meaning("--csv -와 --json은 함께 쓸 수 없습니다", "--csv - and --json both take the standard output")
        )
    if csv:
        check_csv_target(csv)
    paths = folders_for(pack, data_dir)
    request = ClassifyRequest(tuple(sources), pack, engine, device, again, early_exit=early_exit)
    summary = _run(request, paths)
    if summary is None:
        raise typer.Exit(INTERRUPTED)
    if csv:
        rows = export_results(paths, csv, system_language(), summary.run_id)
        _tell_written(csv, rows)
    if as_json:
        _print_json(summary, paths)
    else:
        _print_summary(summary, err if csv == STANDARD_OUTPUT else out)
    raise typer.Exit(1 if summary.failed else 0)


def export(
    csv: Annotated[
        Path,
        typer.Option(
            "--csv",
            dir_okay=False,
            help=meaning("저장할 CSV 파일(-는 표준 출력)", "CSV file to write; - is the standard output"),
        ),
    ],
    run: Annotated[
        int | None,
        typer.Option(
            "--run",
            help=meaning(
                "이 번호의 실행만(기본값: 모든 사진의 최신 결과)",
                "Only the run of this number (default: the newest result of every photo)",
            ),
        ),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Write stored results to a CSV file."""
    from defect_desktop.workflows.export_results import export_results

    _tell_written(csv, export_results(folders(data_dir), csv, system_language(), run))


def _run(request: ClassifyRequest, paths: Paths) -> RunSummary | None:
    """Runs the workflow under a progress bar; None where the user stopped it."""
    from defect_desktop.workflows.classify_photos import Advanced, Started, classify_photos

    workflow = classify_photos(request, paths)
    with interrupts() as interrupt, closing(workflow), progress_bar(Bilingual(ko="분류", en="Classifying")) as bar:
        started = next(workflow)
        interrupt.patient = True  # until now there was nothing to save
        assert isinstance(started, Started)
        _announce(started)
        while not interrupt.asked:
            try:
                event = next(workflow)
            except StopIteration as finished:
                summary: RunSummary = finished.value
                return summary
            if isinstance(event, Advanced):
                bar.show(event.progress)
                _print_failures(event)
    say(
        "중단했습니다. 지금까지의 결과는 저장되었습니다. 같은 명령을 다시 실행하면 이어서 진행합니다.",
        "Stopped. What is done is saved; run the same command again to go on from here.",
    )
    return None


def _announce(started: Started) -> None:
    if started.card.notice:
        say(started.card.notice.ko, started.card.notice.en)
    say(
        f"모델 팩 {started.card.name} {started.card.version}, 엔진 {started.engine}, 장치 {started.device}",
        f"Model pack {started.card.name} {started.card.version}, engine {started.engine}, device {started.device}",
    )
    if started.note:
        say(f"더 빠른 장치를 쓸 수 없습니다 - {started.note}", f"A faster device cannot be used - {started.note}")
    if started.done_before:
        say(
            f"사진 {started.total}장 중 {started.done_before}장은 이미 분류되어 있습니다.",
            f"{started.done_before} of {started.total} photos are done already.",
        )


def _print_failures(advanced: Advanced) -> None:
    for record in advanced.records:
        if problem := record.outcome.problem:
            err.print(f"{printable(record.outcome.photo.path)}: {problem.sentence}")


def _print_json(summary: RunSummary, paths: Paths) -> None:
    """One JSON document on stdout, written row by row so that a large run needs no more memory than a small one.

    In ASCII: a pipe on Windows has the system's encoding, in Korea one that is not JSON's.
    """
    from defect_desktop.workflows.export_results import results_as_json

    counts = {
        "run": summary.run_id,
        "total": summary.total,
        "done_before": summary.done_before,
        "failed": summary.failed,
        "needs_check": summary.needs_check,
        "labels": dict(summary.labels),
    }
    typer.echo('{"summary": ' + json.dumps(counts) + ', "photos": [')
    separator = ""
    for row in results_as_json(paths, summary.run_id):
        typer.echo(separator + json.dumps(row), nl=False)
        separator = ",\n"
    typer.echo("\n]}")


def _tell_written(csv: Path, rows: int) -> None:
    say(f"CSV 저장: {printable(csv)} ({rows}행)", f"CSV written: {printable(csv)} ({rows} rows)")


def _print_summary(summary: RunSummary, console: Console) -> None:
    for label, count in summary.labels.items():
        console.print(f"{count:>7}  {summary.class_names[label]}")
    totals = Bilingual(
        ko=f"사진 {summary.total}장, 확인 필요 {summary.needs_check}장, 실패 {summary.failed}장(실행 {summary.run_id})",
        en=f"{summary.total} photos, {summary.needs_check} to check, {summary.failed} failed (run {summary.run_id})",
    )
    console.print(str(totals))
