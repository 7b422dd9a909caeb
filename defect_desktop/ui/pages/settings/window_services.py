"""What the settings page asks of the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class WindowServices(NamedTuple):
    """A diagnostic file, what must end before another database takes this one's place, and to read all anew.

    `hindrance` says in a sentence what it is and what to do about it; it is empty where nothing stands in the way.
    """

    save_diagnostics: Callable[[], None]
    hindrance: Callable[[], str]
    read_anew: Callable[[], None]
