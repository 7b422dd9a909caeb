"""What the commands print with: messages to stderr, results to stdout, one look for every progress bar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console

from defect_desktop.core.progress import Progress as Moment
from defect_desktop.language import Bilingual

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn, TaskID

out = Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)


def say(ko: str, en: str) -> None:
    """A message for the person at the terminal, in their language."""
    err.print(str(Bilingual(ko=ko, en=en)))


@contextmanager
def quiet_unless(speaking: bool) -> Iterator[None]:
    """Prints nothing within a `with` unless `speaking`; an error that ends it is told afterwards, aloud."""
    err.quiet = out.quiet = not speaking
    try:
        yield
    finally:
        err.quiet = out.quiet = False


class Bar:
    """A progress bar that shows the moments of a workflow."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task

    def show(self, moment: Moment, figures: str = "") -> None:
        """Moves the bar to `moment`, and shows its pace, then `figures`: what a narrow terminal has no room for."""
        told = " · ".join(part for part in (pace(moment), figures) if part)
        self._progress.update(self._task, completed=moment.done, total=moment.total, pace=told)


@contextmanager
def progress_bar(title: Bilingual) -> Iterator[Bar]:
    """A bar on stderr with the count, the rate and the time left; silent where stderr is no terminal."""
    from rich.progress import MofNCompleteColumn, TextColumn

    with _bar_of(title, MofNCompleteColumn(), TextColumn("{task.fields[pace]}")) as bar:
        yield bar


@contextmanager
def byte_bar(title: Bilingual) -> Iterator[Bar]:
    """The same for work that is counted in bytes."""
    from rich.progress import DownloadColumn, TransferSpeedColumn

    with _bar_of(title, DownloadColumn(), TransferSpeedColumn()) as bar:
        yield bar


@contextmanager
def _bar_of(title: Bilingual, *figures: ProgressColumn) -> Iterator[Bar]:
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), *figures)
    with Progress(*columns, console=err, disable=not err.is_terminal) as progress:
        yield Bar(progress, progress.add_task(str(title), total=None, pace=""))


def pace(moment: Moment) -> str:
    """Rate and time left in words, empty while unknown."""
    if moment.seconds_left is None:
        return ""
    minutes, seconds = divmod(round(moment.seconds_left), 60)
    left = f"{minutes}:{seconds:02d}"
    return str(Bilingual(ko=f"초당 {moment.rate:.1f}장 · 남은 시간 {left}", en=f"{moment.rate:.1f}/s · {left} left"))
