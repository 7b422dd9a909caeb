"""The window's tests run without a screen, and anything that Qt complains of fails them."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from defect_desktop.language import Language
from defect_desktop.paths import Paths
from defect_desktop.preferences import Preferences
from defect_desktop.settings import ThemeChoice
from defect_desktop.ui.appearance import make_application
from defect_desktop.ui.inspection import Inspection
from defect_desktop.ui.main_window import MainWindow
from defect_desktop.ui.pages.inspect_page import InspectPage
from defect_desktop.ui.preference_store import PreferenceStore
from defect_desktop.ui.program import Program
from tests.ui.fakes import FakeDialogs, FakeWork, wait_until

# The offscreen platform lacks what a real one has; that is no fault of the window.
HARMLESS = ("This plugin does not support propagateSizeHints", "This plugin does not support raise")


@pytest.fixture(scope="session")
def application() -> QApplication:
    return make_application("tests")


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.find(tmp_path / "data")


@pytest.fixture
def work(tmp_path: Path) -> FakeWork:
    return FakeWork(tmp_path)


@pytest.fixture
def dialogs() -> FakeDialogs:
    return FakeDialogs()


@pytest.fixture
def language() -> Language:
    return Language.ENGLISH


@pytest.fixture
def preferences(paths: Paths, language: Language) -> PreferenceStore:
    return PreferenceStore(paths.preferences, Preferences(language=language, theme=ThemeChoice.LIGHT))


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What Qt complained of; the test fails if there is any."""
    heard: list[str] = []

    def note(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not text.startswith(HARMLESS):
            heard.append(text)

    qInstallMessageHandler(note)
    yield heard
    qInstallMessageHandler(None)
    assert heard == []


@pytest.fixture
def program(
    application: QApplication,
    paths: Paths,
    work: FakeWork,
    preferences: PreferenceStore,
    dialogs: FakeDialogs,
    complaints: list[str],
) -> Iterator[Program]:
    program = Program(application, paths, work.services(), work.settings_services, preferences, dialogs)
    window = program.window
    appeared: list[bool] = []
    window.appeared.connect(lambda: appeared.append(True))
    window.show()
    window.activateWindow()
    wait_until(lambda: bool(appeared))
    assert QTest.qWaitForWindowActive(window)
    yield program
    work.go_on.set()
    window.pages.stop_work()
    wait_until(lambda: not window.pages.working)
    window.close()
    program.shut_down()
    window.deleteLater()
    program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(program: Program) -> MainWindow:
    return program.window


@pytest.fixture
def inspection(program: Program) -> Inspection:
    return program.inspection


@pytest.fixture
def page(program: Program) -> InspectPage:
    """The page that classifies; it is made anew when the look changes."""
    page = program.window.pages.page("inspect")
    assert isinstance(page, InspectPage)
    return page
