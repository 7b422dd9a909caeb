"""Long work as generators: turning what an inner one yields into what the outer one tells."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from typing import TypeVar

Inner = TypeVar("Inner")
Outer = TypeVar("Outer")
Result = TypeVar("Result")


def retold(work: Generator[Inner, None, Result], telling: Callable[[Inner], Outer]) -> Generator[Outer, None, Result]:
    """Does `work`, yields `telling` of whatever it yields, and returns its result; closing this closes `work`."""
    with closing(work):
        while True:
            try:
                moment = next(work)
            except StopIteration as finished:
                result: Result = finished.value
                return result
            yield telling(moment)
