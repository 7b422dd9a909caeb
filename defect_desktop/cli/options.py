"""The options that several commands share, as typer takes them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from defect_desktop import settings
from defect_desktop.language import Bilingual


def meaning(ko: str, en: str) -> str:
    """A help text in the language of the system."""
    return str(Bilingual(ko=ko, en=en))


PLAIN = None
"""How typer writes the help of a command: its frames take longer to load than all the rest, cut Korean letters off, and
swallow what stands in brackets."""

GREATEST_SEED = 2**31 - 1
"""scikit-learn and Optuna take seeds below 2**32; the search adds the number of its trials to its own."""

Seed = Annotated[int, typer.Option(min=0, max=GREATEST_SEED, help=meaning("난수 시드", "Seed of all that is random"))]
DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        file_okay=False,
        help=meaning(
            "결과 데이터베이스와 모델 팩을 두는 폴더(기본값: 시스템의 사용자 데이터 폴더)",
            "Folder for the results database and model packs (default: the system's place for user data)",
        ),
    ),
]

PackName = Annotated[str, typer.Option("--pack", help=str(settings.PACK.meaning))]
EngineName = Annotated[
    str, typer.Option("--engine", metavar="|".join(settings.ENGINE.choices), help=str(settings.ENGINE.meaning))
]
EarlyExit = Annotated[bool, typer.Option(f"--{settings.EARLY_EXIT.name}", help=str(settings.EARLY_EXIT.meaning))]
DeviceName = Annotated[
    str, typer.Option("--device", metavar="|".join(settings.DEVICE.choices), help=str(settings.DEVICE.meaning))
]
