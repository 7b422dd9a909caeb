"""The file manager of the desktop."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from defect_desktop.ui.file_manager import open_folder
from defect_desktop.ui.widgets.message_bar import Level


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize("opens", [True, False])
def test_a_folder_that_nothing_opens_is_named(monkeypatch, opens):
    asked, told = [], []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url) or opens)
    open_folder(Path("/data/현장"), told.append)
    assert asked == [QUrl.fromLocalFile("/data/현장")]
    assert [(message.level, "/data/현장" in message.text) for message in told] == [(Level.WARNING, True)] * (not opens)
