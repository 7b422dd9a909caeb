"""What the commands print, where not all of it can be printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.photos import save_photos

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="needs a disk that is always full")
@pytest.mark.parametrize("arguments", [["--version"], ["recipes"]])
def test_a_full_disk_is_told_in_a_sentence(arguments: list[str]) -> None:
    with FULL.open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "defect_desktop", *arguments], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [
        "The disk is full, and not everything could be written; free some space and run again."
    ]


@pytest.mark.parametrize("encoding", ["cp949", "utf-8"])
def test_json_is_the_same_in_every_encoding_of_the_console(encoding: str, tiny_shelf: Path, tmp_path: Path) -> None:
    photo = save_photos(tmp_path, 1)[0].rename(tmp_path / "거실 🙂.jpg")
    command = [sys.executable, "-m", "defect_desktop", "classify", str(photo), "--json", "--engine", "torch"]
    options = ["--pack", str(tiny_shelf / "tiny"), "--data-dir", str(tmp_path / "data")]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    printed = subprocess.run([*command, *options], env=environment, stdout=subprocess.PIPE, check=True).stdout
    assert json.loads(printed.decode("utf-8"))["photos"][0]["path"] == str(photo)
