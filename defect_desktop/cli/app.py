"""All commands together."""

from __future__ import annotations

import json
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.main import get_command

from defect_desktop import settings
from defect_desktop.cli.folders import folders_for
from defect_desktop.cli.options import PLAIN, DataDir, meaning
from defect_desktop.cli.run import COULD_NOT_RUN, OpenWindow
from defect_desktop.cli.wording import Command, Commands
from defect_desktop.language import Language
from defect_desktop.paths import Paths
from defect_desktop.settings import ThemeChoice

_COMMANDS = {
    "classify": ("classify.classify", "사진을 분류합니다(다시 실행하면 이어서)", "Classify photos; run again to go on"),
    "watch": ("folder_watch.watch", "폴더에 들어오는 사진을 분류합니다", "Classify photos as they arrive in a folder"),
    "export": ("classify.export", "저장된 결과를 CSV로 내보냅니다", "Write stored results to a CSV file"),
    "demo-data": ("practice.demo_data", "연습용 사진을 그립니다", "Draw practice photos"),
    "inspect-data": ("inspection.inspect_data", "학습용 사진을 점검합니다", "Look at labelled photos before training"),
    "train": ("training.train", "하자 유형별 사진으로 모델 팩을 학습합니다", "Train a model pack on labelled photos"),
    "recipes": ("training.recipes", "학습 레시피를 보여 줍니다", "Show the training recipes"),
    "compare": ("comparing.compare", "여러 학습을 같은 조건으로 비교합니다", "Compare trainings under one budget"),
    "tune": ("tuning.tune", "더 나은 학습 레시피를 찾습니다", "Search for a better training recipe"),
    "evaluate": (
        "evaluation.evaluate",
        "하자 유형별 사진 폴더로 모델 팩을 평가합니다",
        "Measure a pack on a folder per class",
    ),
    "submit": ("submission.submit", "대회 제출 파일을 만듭니다", "Write the contest's submission file"),
    "benchmark": ("benchmarking.benchmark", "이 컴퓨터의 처리 속도를 잽니다", "Measure the speed on this machine"),
    "benchmark-training": (
        "training_speed.benchmark_training",
        "이 컴퓨터의 학습 속도를 잽니다",
        "Measure the speed of training on this machine",
    ),
    "models": ("models.app", "모델 팩 관리", "Model packs"),
}
"""Where each command is, in this package, and the line that says what it does."""


class _Commands(Commands):
    """Lists the commands by their lines; one is imported when it is called, so that no other one costs it time."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - typer's own types
        name, command, rest = super().resolve_command(ctx, args)
        return name, command_named(name) if name in _COMMANDS else command, rest

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own types
        """Says that Ctrl-C was understood where no command does: typer makes an exit code of it, without a word."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            from defect_desktop.cli.console import say  # rich takes longer to load than most of what goes well

            say("중단했습니다.", "Stopped.")
            raise


@cache
def command_named(name: str) -> Any:  # noqa: ANN401 - what a command is to typer is its own affair
    """A command with all its options, by the name that it is called by."""
    place, ko, en = _COMMANDS[name]
    module, attribute = place.split(".")
    found = getattr(import_module(f"defect_desktop.cli.{module}"), attribute)
    if isinstance(found, typer.Typer):
        return get_command(found)
    alone = typer.Typer(add_completion=False, rich_markup_mode=PLAIN)
    alone.command(name, cls=Command, help=meaning(ko, en))(found)
    return get_command(alone)


def _named(option: settings.Option) -> Any:  # noqa: ANN401 - what an option is to typer is its own affair
    return typer.Option(f"--{option.name}", metavar="|".join(option.choices) or None, help=str(option.meaning))


app = typer.Typer(
    name="defect-desktop",
    help=meaning(
        "실내 마감 하자 사진을 오프라인으로 분류합니다. 명령 없이 실행하면 창이 열립니다.",
        "Classifies photos of interior finishing defects, offline. Without a command, the window opens.",
    ),
    cls=_Commands,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=PLAIN,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _listed() -> None:
    """Stands for a command in the list of all."""


for _name, (_, _ko, _en) in _COMMANDS.items():
    app.command(_name, help=meaning(_ko, _en))(_listed)


@app.command(cls=Command, help=meaning("창을 엽니다", "Open the window"))
def window(
    context: typer.Context,
    language: Annotated[Language | None, typer.Option("--language", help=meaning("언어", "Language"))] = None,
    theme: Annotated[ThemeChoice | None, typer.Option("--theme", help=meaning("색상", "Colours"))] = None,
    pack: Annotated[str | None, _named(settings.PACK)] = None,
    engine: Annotated[str | None, _named(settings.ENGINE)] = None,
    device: Annotated[str | None, _named(settings.DEVICE)] = None,
    data_dir: DataDir = None,
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH", help=meaning("바로 분류할 사진과 폴더", "Photos and folders to classify at once")
        ),
    ] = None,
) -> None:
    """Opens the window, and ends with its exit code. The options stand in for its settings, this time only."""
    options = {"language": language, "theme": theme, "pack": pack, "engine": engine, "device": device}
    open_window: OpenWindow = context.obj
    overrides = {name: value for name, value in options.items() if value is not None}
    paths = folders_for(pack, data_dir)
    raise typer.Exit(open_window(paths, overrides, tuple(path.absolute() for path in sources or ())))


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help=meaning("버전, 계산 장치, 라이선스를 표시합니다", "Show the versions, what computes, and the licence"),
        ),
    ] = False,
    self_test: Annotated[
        bool,
        typer.Option(
            "--self-test",
            help=meaning("이 설치가 제대로 작동하는지 확인합니다(JSON)", "Prove that this installation works (JSON)"),
        ),
    ] = False,
) -> None:
    """Shows the version, proves the installation, or opens the window where no command is given."""
    if version:
        _describe_installation()
        raise typer.Exit
    if self_test:
        raise typer.Exit(_prove_installation(context.obj))
    if context.invoked_subcommand is None:
        window(context)


def _describe_installation() -> None:
    from defect_desktop.workflows.describe_installation import describe_installation

    for line in describe_installation().lines():
        typer.echo(str(line))
    typer.echo(
        meaning(
            "라이선스: Apache-2.0. 포함된 라이브러리의 라이선스는 창의 설정 → 정보에 있습니다.",
            "Licence: Apache-2.0; those of the libraries it contains are in the window, under Settings → About.",
        )
    )


def _prove_installation(open_window: OpenWindow) -> int:
    """Prints what a self-test found; 0 where all is well."""
    from defect_desktop.workflows.self_test import self_test

    def show_window(paths: Paths) -> str:
        if status := open_window(paths, {}, briefly=True):
            raise RuntimeError(f"the window ended with {status}")
        return "shown and closed"

    result = self_test(Paths.find(), show_window)
    typer.echo(json.dumps(result.as_json(), indent=2))
    return 0 if result.passed else COULD_NOT_RUN
