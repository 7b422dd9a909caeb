"""Keeps spreadsheets from running the text of a cell (CSV injection, CWE-1236)."""

from __future__ import annotations

import re

# What is not seen may be dropped before the cell is understood: white space, control characters, byte order marks.
# The full-width signs begin a formula as well where East Asian input is set up.
_RUNS = re.compile(r"[\t\r\n]|[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2060-\u2064\ufeff]*[=+\-@＝＋－＠]")


def formula_safe(text: str) -> str:
    """`text`, behind an apostrophe if a spreadsheet could take it for a formula."""
    return f"'{text}" if _RUNS.match(text) else text
