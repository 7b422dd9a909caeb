"""What the screenshots show. Every module here has a tuple `SCENES`; a page's screenshots join by adding a module."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from defect_desktop.paths import Paths
from defect_desktop.ui.program import Program
from tests.ui.fakes import FakeWork


def nothing(paths: Paths, work: FakeWork) -> None:
    """Leaves the data folder as empty as it is."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A state of the window. `prepare` fills the data folder before the program starts, `show` leads to the state."""

    name: str
    show: Callable[[Program, FakeWork], None]
    prepare: Callable[[Paths, FakeWork], None] = nothing
