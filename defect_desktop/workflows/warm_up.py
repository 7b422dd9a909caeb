"""Loads the engine's libraries beside a window that must go on answering."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_start() -> Iterator[None]:
    """Around the first use of an engine, in the thread that uses it: no other thread is held up for long.

    The garbage collector would hold the interpreter for up to a quarter of a second at a time, while it walks the
    hundreds of thousands of objects that come with an engine; they stay for good, and are exempted from its walks.
    """
    first = gc.get_freeze_count() == 0
    if first:
        gc.disable()
    try:
        yield
    finally:
        if first:
            gc.freeze()
            gc.enable()
