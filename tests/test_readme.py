"""The README keeps what it promises: every command that it names exists."""

from __future__ import annotations

import re
from pathlib import Path

import typer.main

from defect_desktop.cli.app import app, command_named

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_every_command_of_the_readme_exists_and_the_other_way_round() -> None:
    commands = typer.main.get_command(app).commands
    named = set(re.findall(r"`(?:defect-desktop )([a-z][a-z-]*)", README)) - {"window"}
    assert named == set(commands) - {"window"}


def test_every_option_that_classify_has_is_named() -> None:
    options = {
        name for parameter in command_named("classify").params for name in parameter.opts if name.startswith("--")
    }
    assert {option for option in options if option not in README} <= {"--help"}


def test_every_picture_of_the_readme_is_there() -> None:
    root = Path(__file__).parent.parent
    assert [name for name in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README) if not (root / name).is_file()] == []
