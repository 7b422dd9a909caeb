"""The OpenVINO engine: a pack's compiled form on the processor, or on an Intel graphics or neural unit."""

from __future__ import annotations

import logging
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from defect_desktop.errors import DeviceError
from defect_desktop.vision.card import Card
from defect_desktop.vision.compiled_form import CompiledForm, Precision, read_form, write_form
from defect_desktop.vision.conversion_process import convert_apart
from defect_desktop.vision.goal import Goal
from defect_desktop.vision.openvino_runtime import openvino
from defect_desktop.vision.pack import Pack

NAMES = {Precision.FP32: "openvino", Precision.INT8: "openvino-int8"}

_DEVICES = {"cpu": "CPU", "intel-gpu": "GPU", "intel-npu": "NPU"}
"""What OpenVINO calls the devices of this program; several units of a kind are numbered, as in GPU.1."""
_HINTS = {Goal.THROUGHPUT: "THROUGHPUT", Goal.LATENCY: "LATENCY"}
_BATCH_SECONDS = 0.5
"""What a batch may take: the user waits at most about this long for a result, and for a cancelled run to stop."""
_LARGEST_BATCH = 8
"""How often a batch fills all that can be under way at once; at its end, part of the device idles."""

_log = logging.getLogger(__name__)


class OpenVinoEngine:
    """All members of one pack as one graph on one device; the photos of a batch go through it side by side."""

    def __init__(self, card: Card, model: openvino.CompiledModel, name: str, device: str) -> None:
        self.name = name
        self.device = device
        self.note = ""
        self.batch_size = 1
        self._shape = (len(card.members), len(card.classes))
        self._queue = openvino.AsyncInferQueue(model)

    @property
    def parallel(self) -> int:
        """How many photos are under way at once."""
        return len(self._queue)

    def predict(self, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The members' softmax for a batch (N, height, width, 3) of 8-bit RGB: shape (members, N, classes)."""
        members, classes = self._shape
        probabilities = np.empty((members, len(batch), classes), dtype=np.float32)

        def keep(request: openvino.InferRequest, index: int) -> None:
            probabilities[:, index] = request.get_output_tensor(0).data[:, 0]

        self._queue.set_callback(keep)
        for index in range(len(batch)):
            self._queue.start_async({0: batch[index : index + 1]}, index)
        self._queue.wait_all()
        return probabilities


def load(pack: Pack, device: str, precision: Precision | None, forms: Path | None, goal: Goal) -> OpenVinoEngine:
    """The pack on `device` ('auto', 'cpu', 'intel-gpu' or 'intel-npu'), proven by forward passes.

    Its compiled form is taken from the folder `forms`, or made, which needs torch, and kept there. Without a
    `precision` it is the one in 8 bits if that was made and found good, else single precision. `auto` takes the fastest
    of the devices that are there. Raises DeviceError where the device, the form or its precision is not to be had here,
    PackError where the pack's weights cannot be used.
    """
    core = openvino.Core()
    form, model = _model(core, pack, precision, forms)
    engines, failures = [], []
    for name in _candidates(core, device):
        try:
            engines.append(_proven(core, pack.card, model, NAMES[form.precision], name, goal))
        except RuntimeError as error:  # all that OpenVINO raises
            _log.warning("%s failed on %s: %s", NAMES[form.precision], name, error)
            failures.append(f"{name}: {_short(error)}")
    if not engines:
        raise _unusable(device, "; ".join(failures))
    fastest, _ = min(engines, key=lambda entry: entry[1])
    return fastest


def engine_of(form: CompiledForm, card: Card) -> OpenVinoEngine:
    """A form of the pack with this card, on the processor; raises RuntimeError where it does not run there."""
    core = openvino.Core()
    model = core.read_model(form.graph, form.weights)
    return _proven(core, card, model, NAMES[form.precision], "CPU", Goal.THROUGHPUT)[0]


def _candidates(core: openvino.Core, device: str) -> list[str]:
    """OpenVINO's names of the devices to try."""
    present = list(core.available_devices)
    if device == "auto":
        return [name for name in present if name.split(".")[0] in _DEVICES.values()]
    if device not in _DEVICES:
        raise _unusable(device, "OpenVINO")
    return [name for name in present if name.split(".")[0] == _DEVICES[device]]


def _proven(
    core: openvino.Core, card: Card, model: openvino.Model, name: str, device: str, goal: Goal
) -> tuple[OpenVinoEngine, float]:
    """The engine and its seconds a photo, after forward passes that show it works; raises RuntimeError."""
    engine = OpenVinoEngine(card, core.compile_model(model, device, _settings(device, goal)), name, _in_words(device))
    preprocessing = card.preprocessing
    blank = np.zeros((engine.parallel, preprocessing.height, preprocessing.width, 3), dtype=np.uint8)
    engine.predict(blank)  # the first pass also sets up memory, which is not what is timed
    start = time.perf_counter()
    engine.predict(blank)
    seconds = (time.perf_counter() - start) / engine.parallel
    if goal is Goal.THROUGHPUT:
        rounds = int(_BATCH_SECONDS / seconds) // engine.parallel
        engine.batch_size = engine.parallel * max(1, min(rounds, _LARGEST_BATCH))
    return engine, seconds


def _settings(device: str, goal: Goal) -> dict[str, Any]:
    settings = {"PERFORMANCE_HINT": _HINTS[goal]}
    if device == "CPU":
        # Left to itself it computes in bfloat16 on processors that can.
        return settings | {"INFERENCE_PRECISION_HINT": "f32"}
    return settings | {"EXECUTION_MODE_HINT": "ACCURACY"}


def _model(
    core: openvino.Core, pack: Pack, precision: Precision | None, forms: Path | None
) -> tuple[CompiledForm, openvino.Model]:
    for wanted in (precision,) if precision else (Precision.INT8, Precision.FP32):
        form = read_form(forms, pack.card, wanted) if forms else None
        if form and not _is_outdated(form):
            try:
                return form, core.read_model(form.graph, form.weights)
            except RuntimeError as error:
                _log.warning("the %s form of pack %s cannot be read: %s", wanted, pack.card.name, error)
    if precision is Precision.INT8:
        raise DeviceError(
            ko=f"모델 팩 '{pack.card.name}'에는 쓸 수 있는 8비트 형태가 없습니다. "
            "'models compile'에 사진을 주어 만들거나 다른 엔진을 고르세요.",
            en=f"Model pack '{pack.card.name}' has no usable 8-bit form here; "
            "make one with 'models compile' and photos, or choose another engine.",
        )
    form = _made(pack, forms)
    return form, core.read_model(form.graph, form.weights)


def _is_outdated(form: CompiledForm) -> bool:
    """Whether another OpenVINO made it, and it can be made again; what cannot is used, as OpenVINO reads older ones."""
    return form.precision is Precision.FP32 and form.made_with != openvino.get_version() and _can_convert()


def _made(pack: Pack, forms: Path | None) -> CompiledForm:
    if not _can_convert():
        raise DeviceError(
            ko=f"모델 팩 '{pack.card.name}'의 컴파일된 형태가 없고, 이 에디션에서는 만들 수 없습니다. "
            "컴파일된 형태가 들어 있는 팩을 설치하세요.",
            en=f"Model pack '{pack.card.name}' has no compiled form, and this edition of the program cannot make one; "
            "install a pack that comes with one.",
        )
    form = convert_apart(pack)
    if forms:
        try:
            write_form(forms, pack.card, form)
        except OSError as error:
            _log.warning("the compiled form of pack %s cannot be kept in %s: %s", pack.card.name, forms, error)
    return form


def _can_convert() -> bool:
    return find_spec("torch") is not None and find_spec("timm") is not None


def _in_words(device: str) -> str:
    return next((ours for ours, theirs in _DEVICES.items() if theirs == device.split(".")[0]), device)


def _short(error: RuntimeError) -> str:
    """The last line of OpenVINO's account: the first ones tell where in its sources it happened."""
    return (str(error).strip().splitlines() or ["?"])[-1]


def _unusable(device: str, reason: str) -> DeviceError:
    reason = reason or f"no {device}"
    return DeviceError(
        ko=f"OpenVINO를 '{device}' 장치에서 사용할 수 없습니다({reason}). "
        "드라이버를 확인하거나 --device cpu 또는 --engine torch를 사용하세요.",
        en=f"OpenVINO cannot be used on '{device}' here ({reason}); "
        "check the driver, or use --device cpu or --engine torch.",
    )
