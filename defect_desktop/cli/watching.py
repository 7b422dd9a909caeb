"""Runs a workflow under a progress bar, and prints what it found a line a figure."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import AbstractContextManager, closing
from typing import TypeVar

from defect_desktop.cli.console import Bar, out, progress_bar
from defect_desktop.core.progress import Progress
from defect_desktop.language import Bilingual

Event = TypeVar("Event")
Result = TypeVar("Result")


def watch(
    workflow: Generator[Event, None, Result],
    title: Bilingual,
    progress_of: Callable[[Event], Progress],
    shown_by: Callable[[Bilingual], AbstractContextManager[Bar]] = progress_bar,
    figures_of: Callable[[Event], str] = lambda _: "",
) -> Result:
    """Runs a workflow to its end under a progress bar; Ctrl-C closes it."""
    with closing(workflow), shown_by(title) as bar:
        while True:
            try:
                event = next(workflow)
            except StopIteration as finished:
                result: Result = finished.value
                return result
            bar.show(progress_of(event), figures_of(event))


def itself(progress: Progress) -> Progress:
    """For workflows whose events are their progress."""
    return progress


def print_lines(lines: Iterable[tuple[Bilingual, str]]) -> None:
    """Prints figures, each after its name."""
    for name, value in lines:
        out.print(f"{name}: {value}")
