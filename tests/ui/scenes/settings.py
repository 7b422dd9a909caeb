"""The settings, from the first card to the last."""

from __future__ import annotations

from defect_desktop.ui.pages.settings.about import LicenceSheet
from defect_desktop.ui.pages.settings.page import SettingsPage
from defect_desktop.ui.program import Program
from tests.ui.fakes import FakeWork, visit, wait_until
from tests.ui.scenes import Scene


def opened(program: Program) -> SettingsPage:
    page = visit(program.window, "settings")
    assert isinstance(page, SettingsPage)
    wait_until(lambda: page.thresholds.isEnabled() and page.backups.list.count() > 0 and page.complete)
    wait_until(lambda: bool(page.about.made_of.text()))
    return page


def top(program: Program, work: FakeWork) -> None:
    opened(program)


def middle(program: Program, work: FakeWork) -> None:
    page = opened(program)
    page.computing.measure.click()
    wait_until(lambda: page.computing.result is not None)
    program.window.grab()  # lays out the table that was just added
    page.scroll_to(page.thresholds)


def foot(program: Program, work: FakeWork) -> None:
    page = opened(program)
    program.window.grab()  # lays out the cards that were just added
    page.scroll_to(page.about)


def licences(program: Program, work: FakeWork) -> None:
    page = opened(program)
    page.about.licences.click()
    wait_until(lambda: program.window.findChild(LicenceSheet) is not None)


SCENES = tuple(Scene(f"settings_{show.__name__}", show) for show in (top, middle, foot, licences))
