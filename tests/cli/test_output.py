"""What the commands print, where it cannot be printed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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
