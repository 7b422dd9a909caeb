from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from defect_desktop.errors import DeviceError
from defect_desktop.paths import Paths
from defect_desktop.workflows.self_test import self_test

STEPS = ["models", "classify", "torch", "export", "window"]


@pytest.fixture
def tiny(paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """The program's folders with the pack `tiny` under the name of the one that comes along."""
    shutil.copytree(paths.models / "tiny", tmp_path / "models" / "starter")
    return paths._replace(models=tmp_path / "models")


def show(paths: Paths) -> str:
    assert paths.data.is_dir()
    return "shown"


def test_a_whole_installation_passes_and_leaves_nothing_behind(tiny: Paths) -> None:
    seen: list[Path] = []
    result = self_test(tiny, lambda paths: (seen.append(paths.data), show(paths))[1])
    assert [(step.name, step.passed) for step in result.steps] == [(name, True) for name in STEPS], result
    assert "19 sample photos" in result.steps[1].found
    assert result.steps[2].found == "19 sample photos with torch on cpu"
    assert result.steps[3].found == "19 rows"
    assert json.loads(json.dumps(result.as_json()))["passed"] is True
    assert not seen[0].exists()
    assert not tiny.data.exists()


def test_a_broken_pack_and_a_missing_screen_are_told(tiny: Paths) -> None:
    weights = next((tiny.models / "starter").glob("*.safetensors"))
    weights.write_bytes(b"damaged")

    def no_screen(_paths: Paths) -> str:
        raise DeviceError(ko="화면 없음", en="There is no screen.")

    result = self_test(tiny, no_screen)
    assert not result.passed
    assert [step.passed for step in result.steps] == [False] * 5
    assert weights.name in result.steps[0].found
    assert result.steps[4].found == "There is no screen."


def test_an_edition_without_torch_does_not_miss_it(tiny: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("defect_desktop.workflows.self_test.find_spec", lambda _name: None)
    assert "torch" not in [step.name for step in self_test(tiny, show).steps]


def test_a_bug_is_a_failure_with_its_name(tiny: Paths) -> None:
    assert self_test(tiny, lambda _: str(1 / 0)).steps[4].found.startswith("ZeroDivisionError")
