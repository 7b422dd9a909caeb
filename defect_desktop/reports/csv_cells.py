"""Values as the text of CSV cells, to the letter what Python's `csv` would write, but ready to be put together."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from defect_desktop.core.formula import formula_safe

_Value = TypeVar("_Value", bound=Hashable)

_DECIMALS = 6
_SPECIAL = re.compile('[",\r\n]')


def text_cell(text: str | None) -> str:
    """A text, which no spreadsheet will run; empty for None."""
    if not text or text.isalnum():
        return text or ""
    safe = formula_safe(text)
    return '"' + safe.replace('"', '""') + '"' if _SPECIAL.search(safe) else safe


def whole_cell(number: int | None) -> str:
    """A whole number; empty for None."""
    return "" if number is None else str(number)


def decimal_cell(number: float | None) -> str:
    """A number from 0 to 1 with six decimals at most, in the shortest form; empty for None."""
    if number is None:
        return ""
    if 0.001 < number < 0.999:  # neither an exponent nor a last zero that must stay: much faster, and the same
        return f"{number:.{_DECIMALS}f}".rstrip("0")
    return str(round(number, _DECIMALS))


def cells(values: Iterable[str | None]) -> str:
    """Several texts, side by side."""
    return ",".join(map(text_cell, values))


def each_once(make: Callable[[_Value], str], values: Iterable[_Value]) -> Iterator[str]:
    """`make` of every value, called once for those that are equal."""
    values = list(values)
    made = {value: make(value) for value in set(values)}
    return map(made.__getitem__, values)
