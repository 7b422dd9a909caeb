"""The help: the steps, the keys, a defect."""

from __future__ import annotations

from defect_desktop.ui.pages.help.page import HelpPage
from defect_desktop.ui.program import Program
from tests.ui.fakes import FakeWork, visit, wait_until
from tests.ui.scenes import Scene


def opened(program: Program) -> HelpPage:
    page = visit(program.window, "help")
    assert isinstance(page, HelpPage)
    wait_until(lambda: len(page.model.classes) > 0)
    return page


def steps(program: Program, work: FakeWork) -> None:
    opened(program)


def keys(program: Program, work: FakeWork) -> None:
    opened(program).topics.select(1)


def defect(program: Program, work: FakeWork) -> None:
    page = opened(program)
    page.show_defect("터짐")
    wait_until(lambda: page.defect.picture.image is not None)


SCENES = tuple(Scene(f"help_{show.__name__}", show) for show in (steps, keys, defect))
