from __future__ import annotations

import subprocess
import sys

import pytest

WITHOUT = """
import sys
sys.modules[sys.argv[1]] = None
from defect_desktop.cli.run import run
sys.exit(run(sys.argv[2:], None))
"""


@pytest.mark.parametrize(
    ("library", "command"), [("sklearn", ("evaluate", "starter", ".")), ("optuna", ("tune", ".", "--out", "x"))]
)
def test_a_command_that_the_edition_cannot_run_says_so(library, command, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, library, *command], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert f"({library})" in done.stderr
    assert "unexpected" not in done.stderr
