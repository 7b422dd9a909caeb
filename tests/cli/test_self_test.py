"""The program proves its own installation, as a real process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_this_installation_works(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "defect_desktop", "--self-test"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | home, capture_output=True, text=True)
    result = json.loads(done.stdout)
    assert result["passed"], result
    assert done.returncode == 0
    assert [step["name"] for step in result["steps"]] == ["models", "classify", "torch", "export", "window"]
    assert not (tmp_path / "data").exists() or not list((tmp_path / "data").rglob("*.sqlite3"))
