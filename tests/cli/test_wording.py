"""What the command line says of itself: help pages and mistakes, in the user's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from defect_desktop.cli.run import COULD_NOT_RUN
from defect_desktop.cli.run import run as run_program

MISTAKES = {
    "export": "'--csv'이(가) 빠졌습니다.",
    "export --csv": "'--csv' 옵션 뒤에 값이 있어야 합니다.",
    "classify photos --early-exit=3": "'--early-exit' 옵션에는 값을 붙일 수 없습니다.",
    "export --version": "'--version' 옵션은 없습니다.",
    "train --epoch 3": "'--epoch' 옵션은 없습니다. 비슷한 옵션: --arch, --epochs",
    "frob": "'frob' 명령은 없습니다.",
    "clasify photos": "'clasify' 명령은 없습니다. 비슷한 명령: 'classify'",
    "models install": "'FILE.zip'이(가) 빠졌습니다.",
    "export --csv file more": "필요 없는 인자가 있습니다: more",
    "export --csv file --run z": "'--run'에는 정수를 적으세요.",
    "evaluate pack data --error-rate z": "'--error-rate'에는 숫자를 적으세요.",
    "benchmark --members 0": "'--members'은(는) 1 이상이어야 합니다.",
    "evaluate pack data --error-rate 2": "'--error-rate'은(는) 1 이하여야 합니다.",
    "window --theme pink": "'--theme'은(는) 다음 중 하나여야 합니다: 'system', 'light', 'dark'",
    f"classify photos --data-dir {__file__}": f"'--data-dir'에는 폴더를 적으세요. '{__file__}'은(는) 파일입니다.",
    f"export --csv {Path(__file__).parent}": (
        f"'--csv'에는 파일을 적으세요. '{Path(__file__).parent}'은(는) 폴더입니다."
    ),
    "models compile pack --photos photos": "--photos와 --check는 함께 쓰세요",
}


@pytest.fixture
def korean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEFECT_DESKTOP_LANGUAGE", "ko")


@pytest.mark.usefixtures("korean")
@pytest.mark.parametrize("command", MISTAKES)
def test_a_mistake_is_told_in_korean(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command) == COULD_NOT_RUN
    *where, told = capsys.readouterr().err.splitlines()
    assert told == MISTAKES[command]
    assert not where or (where[0].startswith("사용법: ") and where[-1].startswith("도움말: "))


def test_a_mistake_is_told_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export") == COULD_NOT_RUN
    usage, help_page, told = capsys.readouterr().err.splitlines()
    assert usage.startswith("Usage: ") and help_page.endswith("export --help") and told == "Missing option '--csv'."


@pytest.mark.usefixtures("korean")
@pytest.mark.parametrize(
    "command", ["", "classify", "window", "demo-data", "export", "recipes", "models", "models compile"]
)
def test_a_help_page_is_in_korean(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(f"{command} --help") == 0
    page = capsys.readouterr().out
    assert "사용법: " in page and "옵션" in page and "이 도움말을 보여 줍니다" in page
    assert not any(word in page for word in ("Usage", "Options", "Arguments", "Commands", "[required]", "[default"))


def test_commands_alone_show_what_they_take(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("models") == COULD_NOT_RUN
    told = capsys.readouterr()
    assert "Commands" in told.out and not told.err


def run(command: str) -> int:
    return run_program(command.split(), open_window=lambda paths, overrides: 99)
