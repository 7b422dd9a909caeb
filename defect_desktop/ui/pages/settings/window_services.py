"""What the settings page asks of the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class WindowServices(NamedTuple):
    """A diagnostic file, whether work goes on anywhere, and to read all anew."""

    save_diagnostics: Callable[[], None]
    busy: Callable[[], bool]
    read_anew: Callable[[], None]
