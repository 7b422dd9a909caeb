"""Tables of figures for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.measure import Measurement
from rich.table import Table

from defect_desktop.cli.console import out

_WIDE = 240
"""Columns that a table may take: on a narrow terminal its lines wrap, but no figure is cut off."""


def table_of(texts: Sequence[str], figures: Sequence[str]) -> Table:
    """A table without lines: columns of texts, then those of figures, which stand at the right."""
    table = Table(*texts, box=None, pad_edge=False, show_edge=False)
    for figure in figures:
        table.add_column(figure, justify="right")
    return table


def print_table(table: Table) -> None:
    """Prints it as wide as it is."""
    # Else rich would fit it to the terminal, and shorten names and figures.
    table.width = Measurement.get(out, out.options.update(width=_WIDE), table).maximum
    out.print(table)
