from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from defect_desktop.cli.run import run
from tests.photos import save_photos


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to the whole console")
def test_it_prints_what_arrives_and_what_is_wrong_until_ctrl_c(tiny_shelf: Path, tmp_path: Path) -> None:
    folder = tmp_path / "현장"
    folder.mkdir()
    command = [sys.executable, "-m", "defect_desktop", "watch", str(folder), "--interval", "0.2"]
    options = ["--pack", str(tiny_shelf / "tiny"), "--engine", "torch", "--data-dir", str(tmp_path / "data")]
    with (
        (tmp_path / "told").open("w+") as told,
        subprocess.Popen([*command, *options], stdout=told, stderr=told) as program,
    ):
        try:
            wait_for(told.name, "Watching")
            save_photos(folder, 1)
            wait_for(told.name, "photo 0000.jpg: ")
            folder.rename(tmp_path / "gone")
            wait_for(told.name, "cannot be read")
            (tmp_path / "gone").rename(folder)
            wait_for(told.name, "watched again")
        finally:
            program.send_signal(signal.SIGINT)
        assert program.wait(20) == 0
    assert Path(told.name).read_text().endswith("The watch has ended; every result is saved.\n")


@pytest.mark.parametrize(
    ("folder", "options", "complaint"), [(".", ["--interval", "inf"], "--interval"), (__file__, [], "FOLDER")]
)
def test_what_could_never_be_watched_is_refused(
    folder: str, options: list[str], complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    assert run(["watch", folder, *options, "--data-dir", str(data)], lambda *_, **__: 99) == 2
    assert complaint in capsys.readouterr().err and not data.exists()


def wait_for(told: str, words: str) -> None:
    deadline = time.monotonic() + 40
    while words not in Path(told).read_text():
        assert time.monotonic() < deadline, Path(told).read_text()
        time.sleep(0.05)
