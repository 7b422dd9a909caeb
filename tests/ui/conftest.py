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
from defect_desktop.ui.app import build_window
from defect_desktop.ui.main_window import MainWindow
from tests.ui.fakes import FakeDialogs, FakeWork, wait_until

# The offscreen platform lacks what a real one has; that is no fault of the window.
HARMLESS = ("This plugin does not support propagateSizeHints", "This plugin does not support raise")


@pytest.fixture(scope="session")
def application() -> QApplication:
    return QApplication(["tests"])


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
def window(
    application: QApplication, paths: Paths, work: FakeWork, dialogs: FakeDialogs, language: Language
) -> Iterator[MainWindow]:
    complaints: list[str] = []

    def note(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not text.startswith(HARMLESS):
            complaints.append(text)

    qInstallMessageHandler(note)
    window = build_window(application, paths, work.services(), language, dialogs)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    yield window
    work.go_on.set()
    window.session.cancel()
    wait_until(lambda: not window.session.working)
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qInstallMessageHandler(None)
    assert complaints == []
