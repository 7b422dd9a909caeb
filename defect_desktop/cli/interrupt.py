"""Ctrl-C as a request: the first one asks the work to stop at its next safe point, the second one insists."""

from __future__ import annotations

import signal
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from types import FrameType
from typing import TypeVar

Event = TypeVar("Event")
Result = TypeVar("Result")

INTERRUPTED = 130
"""The exit code of a run that was stopped: what shells give for Ctrl-C."""


@contextmanager
def stop_on_interrupt() -> Iterator[Callable[[], bool]]:
    """Yields a function that says whether the user has asked to stop (Ctrl-C, or a polite kill)."""
    asked = False

    def ask(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    previous = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: asked
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


@contextmanager
def interrupted_by_a_polite_kill() -> Iterator[None]:
    """Raises KeyboardInterrupt for it (SIGTERM) within a `with`.

    The process would else end where it stands, and leave the processes that help it and its temporary files behind.
    """
    previous = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


def stopping_between_events(work: Generator[Event, None, Result]) -> Generator[Event, None, Result]:
    """Does `work`, which Ctrl-C ends only where it yields: for what must not be torn out of a query to a database.

    Raises KeyboardInterrupt once `work` is closed.
    """
    with closing(work), stop_on_interrupt() as stopped:
        while True:
            try:
                event = next(work)
            except StopIteration as finished:
                result: Result = finished.value
                return result
            yield event
            if stopped():
                raise KeyboardInterrupt
