"""The OpenVINO engine: a pack's compiled form on the processor, or on an Intel graphics or neural unit."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from defect_desktop.errors import DeviceError
from defect_desktop.vision.card import Card, Precision
from defect_desktop.vision.compiled_form import (
    CompiledForm,
    OtherAnswersError,
    as_fitted_before,
    is_refused,
    note_refusal,
    other_answers,
    read_form,
    shipped_form,
    write_form,
)
from defect_desktop.vision.conversion_process import convert_apart
from defect_desktop.vision.early_exit import EarlyExit
from defect_desktop.vision.engine import AT_ONCE, Answer, Engine
from defect_desktop.vision.goal import Goal
from defect_desktop.vision.openvino_runtime import CORE, openvino
from defect_desktop.vision.pack import Pack

NAMES = {Precision.FP32: "openvino", Precision.INT8: "openvino-int8"}

_DEVICES = {"cpu": "CPU", "intel-gpu": "GPU", "intel-npu": "NPU"}
"""What OpenVINO calls the devices of this program; several units of a kind are numbered, as in GPU.1."""
_HINTS = {Goal.THROUGHPUT: "THROUGHPUT", Goal.LATENCY: "LATENCY"}
_BATCH_SECONDS = 0.25
"""What a batch may take. Two are under way: for a cancelled run to stop, the user waits at most about twice as long."""
_LARGEST_BATCH = 8
"""How often a batch fills the device."""

_log = logging.getLogger(__name__)


class OpenVinoEngine(Engine):
    """All members of one pack as one graph on one device; every photo goes through it alone, several side by side."""

    def __init__(self, model: openvino.CompiledModel, name: str, device: str, batch_size: int) -> None:
        self.name = name
        self.device = device
        self.note = ""
        self.batch_size = batch_size
        self._shapes = [tuple(output.shape[1:]) for output in model.outputs]
        self._members = sum(len(shape) == 1 for shape in self._shapes)  # maps have more dimensions
        self._idle = [model.create_infer_request() for _ in range(AT_ONCE * batch_size)]
        self._under_way: deque[_Photo] = deque()
        self._finished = 0

    def predict(self, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The members' softmax for a batch (N, height, width, 3) of 8-bit RGB: shape (members, N, classes)."""
        return self.start(batch)()

    def start(self, batch: NDArray[np.uint8]) -> Answer:
        """Sends a batch on its way; the device goes on to it without a pause from what is under way."""
        return self._start(batch, 0)

    def class_maps(self, batch: NDArray[np.uint8]) -> NDArray[np.float32] | None:
        """The members' logits place by place, shape (members, N, classes, rows, columns), in one forward pass.

        Their mean over rows and columns are the logits. None where the pack's networks have no such maps.
        """
        return self._start(batch, self._members)() if len(self._shapes) > self._members else None

    def _start(self, batch: NDArray[np.uint8], first: int) -> Answer:
        """Asks what an output a member, from the graph's output `first` on, says of every photo: (members, N, ...)."""
        answers = np.empty((self._members, len(batch), *self._shapes[first]), dtype=np.float32)
        for index in range(len(batch)):
            if not self._idle:
                self._finish_one()
            request = self._idle.pop()
            request.start_async({0: batch[index : index + 1]})
            self._under_way.append(_Photo(request, first, answers[:, index]))
        last = self._finished + len(self._under_way)

        def answer() -> NDArray[np.float32]:
            while self._finished < last:
                self._finish_one()
            return answers

        return answer

    def _finish_one(self) -> None:
        """Waits for the photo that was started first, and keeps its answer."""
        photo = self._under_way.popleft()
        self._finished += 1
        self._idle.append(photo.request)
        photo.request.wait()
        for member, answer in enumerate(photo.answers):
            answer[:] = photo.request.get_output_tensor(photo.first + member).data[0]


@dataclass(frozen=True, slots=True)
class _Photo:
    """A photo under way: the request that has it, the first output asked for, and where the members' answers go."""

    request: openvino.InferRequest
    first: int
    answers: NDArray[np.float32]


def load(
    pack: Pack, device: str, precision: Precision | None, forms: Path | None, goal: Goal, early_exit: bool = False
) -> OpenVinoEngine | EarlyExit:
    """The pack on `device` ('auto', 'cpu', 'intel-gpu' or 'intel-npu'), proven by forward passes.

    Its compiled form comes with it, or is taken from the folder `forms`, or made, which needs torch, and kept there.
    Without a `precision` it is the one in 8 bits if that was made and found good, else single precision. `auto` takes
    the fastest of the devices that are there. `early_exit` takes a form that was fitted for it. Raises
    DeviceError where the device, the form or its precision is not to be had here, PackError where the pack's files
    cannot be used.
    """
    form, model = _model(pack, precision, forms)
    name = NAMES[form.precision]
    if not early_exit or form.sure is None:
        return _fastest(pack.card, model, name, device, goal)
    outputs, photos = model.outputs, model.get_parameters()
    first, rest = (
        _fastest(pack.card, openvino.Model(part, photos), name, device, goal)
        for part in (outputs[:1], outputs[1 : len(pack.card.members)])
    )
    return EarlyExit(first, rest, form.sure)


def engine_of(form: CompiledForm, card: Card) -> OpenVinoEngine:
    """A form of the pack with this card, on the processor; raises RuntimeError where it does not run there."""
    model = CORE.read_model(form.graph, form.weights)
    return _proven(card, model, NAMES[form.precision], "CPU", Goal.THROUGHPUT)[0]


def _fastest(card: Card, model: openvino.Model, name: str, device: str, goal: Goal) -> OpenVinoEngine:
    """The model on the fastest of the devices that `device` stands for."""
    engines, failures = [], []
    for candidate in _candidates(device):
        try:
            engines.append(_proven(card, model, name, candidate, goal))
        except RuntimeError as error:  # all that OpenVINO raises
            _log.warning("%s failed on %s: %s", name, candidate, error)
            failures.append(f"{candidate}: {_short(error)}")
    if not engines:
        raise _unusable(device, "; ".join(failures))
    fastest, _ = min(engines, key=lambda entry: entry[1])
    return fastest


def _candidates(device: str) -> list[str]:
    """OpenVINO's names of the devices to try."""
    present = list(CORE.available_devices)
    if device == "auto":
        return [name for name in present if name.split(".")[0] in _DEVICES.values()]
    if device not in _DEVICES:
        raise _unusable(device, "OpenVINO")
    return [name for name in present if name.split(".")[0] == _DEVICES[device]]


def _proven(card: Card, model: openvino.Model, name: str, device: str, goal: Goal) -> tuple[OpenVinoEngine, float]:
    """The engine and its seconds a photo, after forward passes that show it works; raises RuntimeError."""
    compiled = CORE.compile_model(model, device, _settings(device, goal))
    side_by_side = int(compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS"))
    tried = OpenVinoEngine(compiled, name, _in_words(device), side_by_side)
    blank = np.zeros((side_by_side, card.preprocessing.height, card.preprocessing.width, 3), dtype=np.uint8)
    tried.predict(blank)  # the first pass also sets up memory, which is not what is timed
    start = time.perf_counter()
    tried.predict(blank)
    seconds = (time.perf_counter() - start) / side_by_side
    batch_size = 1
    if goal is Goal.THROUGHPUT:
        rounds = int(_BATCH_SECONDS / seconds) // side_by_side
        batch_size = side_by_side * max(1, min(rounds, _LARGEST_BATCH))
    return OpenVinoEngine(compiled, name, tried.device, batch_size), seconds


def _settings(device: str, goal: Goal) -> dict[str, Any]:
    settings = {"PERFORMANCE_HINT": _HINTS[goal]}
    if device == "CPU":
        # Left to itself it computes in bfloat16 on processors that can.
        return settings | {"INFERENCE_PRECISION_HINT": "f32"}
    return settings | {"EXECUTION_MODE_HINT": "ACCURACY"}


def _model(pack: Pack, precision: Precision | None, forms: Path | None) -> tuple[CompiledForm, openvino.Model]:
    for wanted in (precision,) if precision else (Precision.INT8, Precision.FP32):
        for form in _forms(pack, wanted, forms):
            try:
                return form, CORE.read_model(form.graph, form.weights)
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
    return form, CORE.read_model(form.graph, form.weights)


def _forms(pack: Pack, precision: Precision, folder: Path | None) -> Iterator[CompiledForm]:
    """The forms to try: the pack's own first, since its fingerprint stands for what that answers."""
    if own := shipped_form(pack, precision):
        yield own
    kept = read_form(folder, pack.card, precision) if folder else None
    if kept and not _is_outdated(kept):
        yield kept


def _is_outdated(form: CompiledForm) -> bool:
    """Whether another OpenVINO made it, and it can be made again; what cannot is used, as OpenVINO reads older ones."""
    return form.precision is Precision.FP32 and form.made_with != openvino.get_version() and _can_convert()


def _made(pack: Pack, forms: Path | None) -> CompiledForm:
    if not _can_convert():
        raise DeviceError(
            ko=f"모델 팩 '{pack.card.name}'의 컴파일된 형태가 없고, 이 에디션에서는 만들 수 없습니다. "
            "학습한 컴퓨터에서 'models compile 팩 --out 사본'으로 만든 사본을 설치하세요.",
            en=f"Model pack '{pack.card.name}' has no compiled form, and this edition of the program cannot make one; "
            "install a copy of it that 'models compile PACK --out COPY' made where it was trained.",
        )
    if forms is None:
        return convert_apart(pack)
    if is_refused(forms, pack.card, _makers()):
        raise other_answers(pack.card.name)
    try:
        form = as_fitted_before(convert_apart(pack), forms, pack.card)
    except OtherAnswersError:
        with _keeping(pack, forms):
            note_refusal(forms, pack.card, _makers())
        raise
    with _keeping(pack, forms):
        write_form(forms, pack.card, form)
    return form


@contextmanager
def _keeping(pack: Pack, forms: Path) -> Iterator[None]:
    """Where nothing can be kept, all will be done again the next time: that costs time only."""
    try:
        yield
    except OSError as error:
        _log.warning("the compiled form of pack %s cannot be kept in %s: %s", pack.card.name, forms, error)


def _makers() -> str:
    """Who makes a form and whom it is held against: another version of either may agree."""
    return f"OpenVINO {openvino.get_version()}, torch {version('torch')}"


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
        "드라이버를 확인하거나 다른 장치나 엔진을 고르세요(설정, 또는 --device cpu나 --engine torch).",
        en=f"OpenVINO cannot be used on '{device}' here ({reason}); "
        "check the driver, or choose another device or engine (Settings, or --device cpu or --engine torch).",
    )
