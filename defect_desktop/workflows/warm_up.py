"""Loads the engine's libraries beside a window that must go on answering."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from typing import TypeVar

E = TypeVar("E")

_over = False
"""Whether an engine was used. To ask the collector what it holds frozen would have it count that, object by object."""


@contextmanager
def quiet_start() -> Iterator[None]:
    """Around the first use of an engine, in the thread that uses it: no other thread is held up for long.

    The garbage collector would hold the interpreter for up to a quarter of a second at a time, while it walks the
    hundreds of thousands of objects that come with an engine; they stay for good, and are exempted from its walks.
    """
    global _over
    first = not _over
    if first:
        gc.disable()
    try:
        yield
    finally:
        if first:
            _over = True
            gc.freeze()
            gc.enable()


def quietly(events: Generator[E, None, None]) -> Generator[E, None, None]:
    """The same events, the first of which, the loading of the engine, holds nobody up."""
    with closing(events):
        with quiet_start():
            first = next(events)
        yield first
        yield from events
