"""Ctrl-C, and a polite kill (SIGTERM), as a request to stop: what is done is kept, and no helper is left behind."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED = 130
"""The exit code of a run that was stopped: what shells give for Ctrl-C."""


class Interrupts:
    """Whether the user has `asked` to stop. The first time raises KeyboardInterrupt unless `patient`; the next always.

    Libraries swallow whatever is raised while they are called back, so that one who was not patient must look, too.
    """

    def __init__(self, patient: bool) -> None:
        self.asked = False
        self.patient = patient

    def take(self, _signal: int, _frame: FrameType | None) -> None:
        """Handles a signal."""
        waits = self.patient and not self.asked
        self.asked = True
        if not waits:
            raise KeyboardInterrupt

    def check(self) -> None:
        """Raises KeyboardInterrupt where the user has asked to stop."""
        if self.asked:
            raise KeyboardInterrupt


@contextmanager
def interrupts(*, patient: bool = False) -> Iterator[Interrupts]:
    """Takes Ctrl-C and SIGTERM for the while of a `with`."""
    found = Interrupts(patient)
    previous = {number: signal.signal(number, found.take) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield found
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
