"""All commands together, and what becomes of errors that reach the top."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from typing import Annotated

import typer

from defect_desktop import __version__
from defect_desktop.cli import (
    benchmarking,
    classify,
    comparing,
    evaluation,
    folder_watch,
    inspection,
    models,
    practice,
    submission,
    training,
    tuning,
)
from defect_desktop.cli.console import say
from defect_desktop.cli.options import DataDir, folders, meaning
from defect_desktop.errors import UserError
from defect_desktop.logs import report_bug
from defect_desktop.paths import Paths

OpenWindow = Callable[[Paths], int]

COULD_NOT_RUN = 2
"""The exit code of a command that did not do its work."""

app = typer.Typer(
    name="defect-desktop",
    help=meaning(
        "실내 마감 하자 사진을 오프라인으로 분류합니다. 명령 없이 실행하면 창이 열립니다.",
        "Classifies photos of interior finishing defects, offline. Without a command, the window opens.",
    ),
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_COMMANDS: dict[str, tuple[Callable[..., None], str, str]] = {
    "classify": (classify.classify, "사진을 분류합니다(다시 실행하면 이어서)", "Classify photos; run again to go on"),
    "watch": (folder_watch.watch, "폴더에 들어오는 사진을 분류합니다", "Classify photos as they arrive in a folder"),
    "export": (classify.export, "저장된 결과를 CSV로 내보냅니다", "Write stored results to a CSV file"),
    "demo-data": (practice.demo_data, "연습용 사진을 그립니다", "Draw practice photos"),
    "inspect-data": (inspection.inspect_data, "학습용 사진을 점검합니다", "Look at labelled photos before training"),
    "train": (training.train, "클래스별 사진으로 모델 팩을 학습합니다", "Train a model pack on labelled photos"),
    "recipes": (training.recipes, "학습 레시피를 보여 줍니다", "Show the training recipes"),
    "compare": (comparing.compare, "여러 학습을 같은 조건으로 비교합니다", "Compare trainings under one budget"),
    "tune": (tuning.tune, "더 나은 학습 레시피를 찾습니다", "Search for a better training recipe"),
    "evaluate": (
        evaluation.evaluate,
        "클래스별 사진 폴더로 모델 팩을 평가합니다",
        "Measure a pack on a folder per class",
    ),
    "submit": (submission.submit, "대회 제출 파일을 만듭니다", "Write the contest's submission file"),
    "benchmark": (benchmarking.benchmark, "이 컴퓨터의 처리 속도를 잽니다", "Measure the speed on this machine"),
}
for _name, (_command, _ko, _en) in _COMMANDS.items():
    app.command(_name, help=meaning(_ko, _en))(_command)
app.add_typer(models.app, name="models")


@app.command(help=meaning("창을 엽니다", "Open the window"))
def window(context: typer.Context, data_dir: DataDir = None) -> None:
    """Opens the window, and ends with its exit code."""
    open_window: OpenWindow = context.obj
    raise typer.Exit(open_window(folders(data_dir)))


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help=meaning("버전을 표시합니다", "Show the version"))] = False,
) -> None:
    """Shows the version, or opens the window where no command is given."""
    if version:
        typer.echo(f"defect-desktop {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        window(context)


def run(arguments: Sequence[str], open_window: OpenWindow) -> int:
    """Runs one command; returns its exit code. What the user can mend is one sentence, what is our bug is logged.

    `open_window` is what the command `window` calls: the command line itself knows no Qt.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A console that lacks a character must not end a batch.
            stream.reconfigure(errors="backslashreplace")
    try:
        app(list(arguments), obj=open_window)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else COULD_NOT_RUN
    except UserError as error:
        say(error.sentence.ko, error.sentence.en)
    except KeyboardInterrupt:
        say("중단했습니다.", "Stopped.")
        return classify.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last stop for our own bugs: logged with their traceback
        sentence = report_bug(error)
        say(sentence.ko, sentence.en)
    return COULD_NOT_RUN
