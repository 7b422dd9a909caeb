"""Runs a workflow under a progress bar, and prints what it found a line a figure."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import AbstractContextManager, closing
from typing import TYPE_CHECKING, TypeVar

from defect_desktop.cli.console import Bar, err, out, progress_bar
from defect_desktop.cli.interrupt import interrupts
from defect_desktop.core.progress import Progress
from defect_desktop.language import Bilingual

if TYPE_CHECKING:
    from defect_desktop.training.comparison.request import ComparisonEvent
    from defect_desktop.training.early_exit import EarlyExitFit
    from defect_desktop.training.tuning.request import TuningEvent

Event = TypeVar("Event")
Result = TypeVar("Result")


def watch(
    workflow: Generator[Event, None, Result],
    title: Bilingual,
    progress_of: Callable[[Event], Progress],
    shown_by: Callable[[Bilingual], AbstractContextManager[Bar]] = progress_bar,
    figures_of: Callable[[Event], str] = lambda _: "",
    *,
    patient: bool = False,
) -> Result:
    """Runs a workflow to its end under a progress bar; Ctrl-C closes it, and so does a polite kill.

    Where it is `patient`, only between two events: for what must not be torn out of a query to a database.
    """
    with interrupts(patient=patient) as interrupt, closing(workflow), shown_by(title) as bar:
        while True:
            try:
                event = next(workflow)
            except StopIteration as finished:
                result: Result = finished.value
                return result
            bar.show(progress_of(event), figures_of(event))
            interrupt.check()


def itself(progress: Progress) -> Progress:
    """For workflows whose events are their progress."""
    return progress


def watch_telling(
    workflow: Generator[ComparisonEvent | TuningEvent, None, Result], title: Bilingual, *, patient: bool = False
) -> Result:
    """Like `watch`, for workflows whose events say what is being done; their notes are printed."""
    return watch(workflow, title, lambda event: event.progress, figures_of=_doing, patient=patient)


def _doing(event: ComparisonEvent | TuningEvent) -> str:
    if event.note:
        err.print(str(event.note))
    return str(event.doing)


def print_lines(lines: Iterable[tuple[Bilingual, str]]) -> None:
    """Prints figures, each after its name."""
    for name, value in lines:
        out.print(f"{name}: {value}")


def tell_early_exit(fit: EarlyExitFit | None) -> None:
    """Prints what a pack was fitted with; nothing where it was not."""
    if fit:
        name = Bilingual(ko="조기 종료: 첫 모델만으로 판정", en="Early exit: the first network decides alone")
        print_lines([(name, f"{fit.share:.0%}")])
