"""What this edition of the program has the libraries for. Whether it works on this machine is found by trying."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from defect_desktop.vision.engine import DEVICES, ENGINES, INTEL_DEVICES


def installed_engines() -> tuple[str, ...]:
    """`auto` and the engines that may work."""
    lacking = {library for library in ("openvino", "torch") if not find_spec(library)}
    return tuple(engine for engine in ("auto", *ENGINES) if engine.partition("-")[0] not in lacking)


def installed_devices() -> tuple[str, ...]:
    """`auto` and the devices that may work."""
    lacking = {device for device in INTEL_DEVICES if not _has_plugin(device)}
    if not find_spec("torch"):
        lacking.add("cuda")
    return tuple(device for device in (*DEVICES, *INTEL_DEVICES) if device not in lacking)


def _has_plugin(device: str) -> bool:
    spec = find_spec("openvino")
    folders = spec.submodule_search_locations if spec else None
    file = f"*{device.replace('-', '_')}_plugin*"
    return any(any(Path(folder, "libs").glob(file)) for folder in folders or ())
