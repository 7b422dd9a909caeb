from __future__ import annotations

from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from defect_desktop.vision import installed
from defect_desktop.vision.installed import installed_devices, installed_engines


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An edition with OpenVINO and without torch: the folder of OpenVINO's plugins, with the one for processors."""
    spec = ModuleSpec("openvino", None, is_package=True)
    spec.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setattr(installed, "find_spec", {"openvino": spec, "torch": None}.__getitem__)
    (tmp_path / "libs").mkdir()
    (tmp_path / "libs" / "libopenvino_intel_cpu_plugin.so").touch()
    return tmp_path / "libs"


def test_what_an_edition_lacks_is_not_offered(edition: Path) -> None:
    assert installed_engines() == ("auto", "openvino", "openvino-int8")
    assert installed_devices() == ("auto", "cpu")


@pytest.mark.parametrize("file", ["libopenvino_intel_gpu_plugin.so", "openvino_intel_gpu_plugin.dll"])
def test_a_plugin_makes_its_device_possible(edition: Path, file: str) -> None:
    (edition / file).touch()
    assert installed_devices() == ("auto", "cpu", "intel-gpu")


def test_without_openvino_there_is_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "find_spec", {"openvino": None, "torch": ModuleSpec("torch", None)}.__getitem__)
    assert installed_engines() == ("auto", "torch")
    assert installed_devices() == ("auto", "cpu", "cuda")


def test_here_everything_is_installed() -> None:
    assert installed_engines() == ("auto", "openvino", "openvino-int8", "torch")
    assert {"auto", "cpu", "cuda"} <= set(installed_devices())
