"""The help of the commands as a Korean reads it, in a terminal of 80 columns."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from defect_desktop import settings


def help_of(*command: str) -> str:
    """Without white space, since that is where lines are broken."""
    environment = {**os.environ, "DEFECT_DESKTOP_LANGUAGE": "ko", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    arguments = [sys.executable, "-m", "defect_desktop", *command, "--help"]
    shown = subprocess.run(arguments, env=environment, capture_output=True, check=True, encoding="utf-8").stdout
    return "".join(shown.split())


@pytest.mark.parametrize(
    ("command", "sentences"),
    [
        ("classify", [settings.EARLY_EXIT.meaning.ko, "|".join(settings.ENGINE.choices)]),
        ("compare", ["[기본값: recommended]", settings.TRAINING_DEVICE.meaning.ko]),
        ("models", ["OpenVINO용으로 미리 컴파일합니다"]),
    ],
)
def test_no_letter_is_left_out(command: str, sentences: list[str]) -> None:
    shown = help_of(command)
    for sentence in sentences:
        assert sentence.replace(" ", "") in shown
