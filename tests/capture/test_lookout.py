from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest

from defect_desktop.capture.lookout import Lookout
from defect_desktop.capture.scan import Scan
from defect_desktop.errors import SourceError
from tests.photos import save_photos


def test_it_looks_at_once_and_again_after_each_interval(tmp_path: Path) -> None:
    with Lookout(tmp_path, 0.05) as lookout:
        for _ in range(3):
            assert lookout.newest(5) == Scan(())


def test_between_looks_there_is_nothing_new(tmp_path: Path) -> None:
    with Lookout(tmp_path, 100) as lookout:
        assert lookout.newest(5) is not None
        assert lookout.newest(0.05) is None
        assert lookout.silent_seconds() == 0


def test_a_folder_that_cannot_be_read_is_a_reason_not_an_end(tmp_path: Path) -> None:
    folder = tmp_path / "later"
    with Lookout(folder, 0.02) as lookout:
        assert isinstance(lookout.newest(5), SourceError)
        folder.mkdir()
        deadline = time.monotonic() + 5
        while lookout.newest(1) != Scan(()):
            assert time.monotonic() < deadline


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder that a program is in cannot be renamed")
def test_a_folder_that_was_named_from_within_is_the_one_of_that_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "stick"
    (photo,) = save_photos(folder, 1)
    monkeypatch.chdir(folder)
    with Lookout(Path(), 0.02) as lookout:
        look = lookout.newest(5)
        assert isinstance(look, Scan)
        assert [each.path for each in look.photos] == [photo]
        folder.rename(tmp_path / "renamed")
        deadline = time.monotonic() + 5
        while not isinstance(look := lookout.newest(1), SourceError):
            assert time.monotonic() < deadline, look
        (tmp_path / "renamed").rename(folder)
        while not isinstance(look := lookout.newest(1), Scan):
            assert time.monotonic() < deadline, look
        assert [each.path for each in look.photos] == [photo]


def test_leaving_does_not_wait_for_a_share_that_hangs(tmp_path: Path) -> None:
    gate = threading.Event()

    def hang(*_: object) -> Scan:
        gate.wait(30)
        return Scan(())

    start = time.monotonic()
    with Lookout(tmp_path, 0.01, hang) as lookout:
        assert lookout.newest(0.05) is None
        assert lookout.silent_seconds() > 0
    assert time.monotonic() - start < 2
    gate.set()
    _join_lookouts()


@pytest.fixture(autouse=True)
def _no_thread_stays() -> object:
    yield
    _join_lookouts()


def _join_lookouts() -> None:
    for thread in threading.enumerate():
        if thread.name == "lookout":
            thread.join(5)
            assert not thread.is_alive()
