"""The rules of the layout that a linter of imports cannot see: what is loaded, and when."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {"torch", "timm", "openvino", "sqlalchemy", "alembic", "pydantic", "cv2", "PIL", "numpy"}


def loaded_by(statement: str) -> set[str]:
    code = f"import json, sys\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    output = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    return set(json.loads(output.splitlines()[-1]))


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import defect_desktop.ui.app", HEAVY),
        (
            "from defect_desktop.cli.run import run\nassert run(['--help'], None) == 0",
            HEAVY | {"rich", "PySide6", "logging.handlers", "defect_desktop.cli.classify"},
        ),
        ("import defect_desktop.workflows.classify_photos", {"torch", "timm", "PySide6"}),
        (
            "import defect_desktop.cli.app",
            HEAVY | {"PySide6", "logging.handlers", "rich"},
        ),
    ],
)
def test_what_starts_quickly_stays_light(statement: str, absent: set[str]) -> None:
    assert absent & loaded_by(statement) == set()


def test_the_core_needs_numpy_only() -> None:
    modules = (
        "import defect_desktop.core.decision, defect_desktop.core.record, defect_desktop.core.progress, "
        "defect_desktop.core.taxonomy, defect_desktop.core.printable"
    )
    outsiders = {name.split(".")[0] for name in loaded_by(modules)} - set(sys.stdlib_module_names)
    assert {name for name in outsiders if not name.startswith("_")} <= {"defect_desktop", "numpy", "sitecustomize"}
