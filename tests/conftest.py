"""What all tests share."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from defect_desktop.paths import Paths
from tests.packs import write_pack


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEFECT_DESKTOP_LANGUAGE", "en")


@pytest.fixture(scope="session")
def tiny_shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the pack `tiny`. Read-only by convention: copy it to change it."""
    shelf = tmp_path_factory.mktemp("shelf")
    write_pack(shelf / "tiny")
    return shelf


@pytest.fixture
def paths(tmp_path: Path, tiny_shelf: Path) -> Paths:
    """The program's folders, with the pack `tiny` and a fresh place for data."""
    return Paths(assets=Paths.find().assets, models=tiny_shelf, data=tmp_path / "data")


@pytest.fixture
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Puts the computer into a time zone, named as POSIX does it: no table of zones is needed."""
    if not hasattr(time, "tzset"):
        pytest.skip("the time zone cannot be changed here")

    def enter(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield enter
    monkeypatch.undo()
    time.tzset()
