"""`window`, and no command at all: what the window is opened with."""

import pytest

from defect_desktop.cli.run import run
from defect_desktop.language import Language
from defect_desktop.settings import ThemeChoice


@pytest.fixture
def opened():
    return []


@pytest.fixture
def call(opened, tmp_path):
    def open_window(paths, overrides, sources=(), *, briefly=False):
        opened.append((paths.data, overrides))
        return 7

    return lambda *arguments: run([*arguments], open_window)


def test_without_options_the_settings_stand(call, opened, tmp_path, monkeypatch):
    monkeypatch.setattr("defect_desktop.paths.platformdirs.user_data_path", lambda *_, **__: tmp_path / "home")
    assert call() == 7
    assert opened[0][1] == {}


def test_options_stand_in_for_settings(call, opened, tmp_path):
    folder = str(tmp_path / "data")
    assert call("window", "--language", "ko", "--theme", "dark", "--engine", "torch", "--data-dir", folder) == 7
    overrides = {"language": Language.KOREAN, "theme": ThemeChoice.DARK, "engine": "torch"}
    assert opened == [(tmp_path / "data", overrides)]
