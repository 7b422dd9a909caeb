"""What runs a pack's networks, and how one is chosen. The engines themselves are imported only when they are used."""

from __future__ import annotations

import logging
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from defect_desktop.errors import DeviceError
from defect_desktop.vision.compiled_form import Precision
from defect_desktop.vision.cuda_driver import has_cuda_card
from defect_desktop.vision.goal import Goal
from defect_desktop.vision.pack import Pack


class Engine(Protocol):
    """All members of one pack, loaded on one device."""

    name: str
    """Which engine this is, as results record it."""
    device: str
    """The device in words, as results record it: 'cpu', or 'cuda' with the name of the card."""
    note: str
    """Why `auto` did not take a faster device that seemed to be there; empty where there is nothing to say."""
    batch_size: int
    """How many photos at a time suit this device."""

    def predict(self, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The members' softmax for a batch (N, height, width, 3) of 8-bit RGB: shape (members, N, classes)."""


ENGINES = ("openvino", "openvino-int8", "torch")
"""The engines by name, which is also what results record."""

DEVICES = ("auto", "cpu", "cuda")
"""Where torch runs, and what a pack is trained on."""

INTEL_DEVICES = ("intel-gpu", "intel-npu")
"""Where only OpenVINO runs."""

_PRECISIONS = {"openvino": Precision.FP32, "openvino-int8": Precision.INT8}

_log = logging.getLogger(__name__)


def load_engine(
    pack: Pack,
    engine: str = "auto",
    device: str = "auto",
    forms: Path | None = None,
    goal: Goal = Goal.THROUGHPUT,
) -> Engine:
    """The pack, loaded and proven by forward passes.

    `forms` is the folder of the compiled forms that OpenVINO runs; a form that is missing there is made, once, which
    takes some seconds and torch. `auto` takes CUDA where it proves to work, then OpenVINO where it is installed and
    there is such a folder, then torch. Raises DeviceError where the engine or device is unknown or unusable, PackError
    where the weights are.
    """
    _require_known("장치", "device", device, (*DEVICES, *INTEL_DEVICES))
    _require_known("엔진", "engine", engine, ("auto", *ENGINES))
    if engine == "torch" or (engine == "auto" and device == "cuda"):
        return _torch(pack, device)
    if engine in _PRECISIONS:
        return _openvino(pack, device, _PRECISIONS[engine], forms, goal)
    return _fastest(pack, device, forms, goal)


def _fastest(pack: Pack, device: str, forms: Path | None, goal: Goal) -> Engine:
    """CUDA, else OpenVINO, else torch on the processor; the engine's note says what seemed faster and failed."""
    note = ""
    if device == "auto" and has_cuda_card() and find_spec("torch"):
        engine = _torch(pack, device)
        if engine.device != "cpu":
            return engine
        note = engine.note
    try:
        worthwhile = device in INTEL_DEVICES or (forms is not None and find_spec("openvino"))
        engine = _openvino(pack, device, None, forms, goal) if worthwhile else _torch(pack, "cpu")
    except DeviceError as error:
        if device in INTEL_DEVICES or not find_spec("torch"):
            raise
        _log.warning("OpenVINO cannot be used: %s", error)
        engine, note = _torch(pack, "cpu"), str(error.sentence)
    engine.note = note
    return engine


def _torch(pack: Pack, device: str) -> Engine:
    if device in INTEL_DEVICES:
        raise DeviceError(
            ko=f"torch 엔진은 '{device}' 장치를 쓸 수 없습니다. --engine openvino를 사용하세요.",
            en=f"The engine torch cannot use '{device}'; use --engine openvino.",
        )
    try:
        from defect_desktop.vision import torch_engine
    except ImportError as error:
        raise _missing("torch", error) from error
    return torch_engine.load(pack, device)


def _openvino(pack: Pack, device: str, precision: Precision | None, forms: Path | None, goal: Goal) -> Engine:
    try:
        from defect_desktop.vision import openvino_engine
    except ImportError as error:
        raise _missing("openvino", error) from error
    return openvino_engine.load(pack, device, precision, forms, goal)


def _require_known(ko: str, en: str, name: str, choices: tuple[str, ...]) -> None:
    if name not in choices:
        listed = ", ".join(choices)
        raise DeviceError(
            ko=f"그런 {ko} 이름은 없습니다: '{name}'. {listed} 중에서 고르세요.",
            en=f"There is no {en} '{name}'; choose one of {listed}.",
        )


def _missing(name: str, error: ImportError) -> DeviceError:
    return DeviceError(
        ko=f"'{name}' 엔진을 불러올 수 없습니다({error}). 프로그램을 다시 설치하거나 다른 엔진을 고르세요.",
        en=f"The engine '{name}' cannot be loaded here ({error}); reinstall the program or choose another engine.",
    )
