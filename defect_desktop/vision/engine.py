"""What runs a pack's networks, and how one is chosen. The engines themselves are imported only when they are used."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from defect_desktop.errors import DeviceError
from defect_desktop.vision.card import Precision
from defect_desktop.vision.cuda_driver import has_cuda_card
from defect_desktop.vision.engine_choice import read_choice
from defect_desktop.vision.goal import Goal
from defect_desktop.vision.pack import Pack
from defect_desktop.vision.torch_libraries import link_ahead

Answer = Callable[[], NDArray[np.float32]]
"""Waits for what an engine says of a batch that is under way: the members' softmax, as of `Engine.predict`."""

AT_ONCE = 2
"""How many batches are worth being under way: while a device ends one, the other fills what would idle."""


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
    exits_early: bool = False
    """Whether the first member's answer alone may do for a photo."""

    def predict(self, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The members' softmax for a batch (N, height, width, 3) of 8-bit RGB: shape (members, N, classes).

        What a member was not asked, since others were sure, is NaN.
        """

    def start(self, batch: NDArray[np.uint8]) -> Answer:
        """Sends a batch on its way; others may be started before its answer is asked for.

        An engine whose device has no idle moment between two batches computes when it is asked.
        """
        return partial(self.predict, batch)


ENGINES = ("openvino", "openvino-int8", "torch")
"""The engines by name, which is also what results record."""

DEVICES = ("auto", "cpu", "cuda")
"""Where torch runs, and what a pack is trained on."""

INTEL_DEVICES = ("intel-gpu", "intel-npu")
"""Where only OpenVINO runs."""

_PRECISIONS = {"openvino": Precision.FP32, "openvino-int8": Precision.INT8}

_log = logging.getLogger(__name__)


def answers(engine: Engine, batches: Iterable[NDArray[np.uint8]]) -> Iterator[NDArray[np.float32]]:
    """What the engine says of the batches in their order, each started before the one ahead of it is answered."""
    under_way: deque[Answer] = deque()
    for batch in batches:
        under_way.append(engine.start(batch))
        if len(under_way) == AT_ONCE:
            yield under_way.popleft()()
    for answer in under_way:
        yield answer()


def load_engine(
    pack: Pack,
    engine: str = "auto",
    device: str = "auto",
    forms: Path | None = None,
    goal: Goal = Goal.THROUGHPUT,
    early_exit: bool = False,
) -> Engine:
    """The pack, loaded and proven by forward passes.

    OpenVINO runs compiled forms: those that come with the pack, else those in the folder `forms`. One that is missing
    there is made, once, which takes some seconds and torch. `auto` takes what a benchmark chose, else CUDA where it
    proves to work, then OpenVINO where it is installed and the pack has forms or there is a folder for them, then
    torch. With `early_exit` the first member is asked alone where it is sure, if the engine is OpenVINO and the pack or
    its form was fitted for it; the engine's `exits_early` says whether it is so. Raises DeviceError where the engine or
    device is unknown or unusable, PackError where the pack's files are.
    """
    _require_known("장치", "device", device, (*DEVICES, *INTEL_DEVICES))
    _require_known("엔진", "engine", engine, ("auto", *ENGINES))
    if engine == device == "auto" and (chosen := _chosen(pack, forms, goal, early_exit)):
        return chosen
    if engine == "torch" or (engine == "auto" and device == "cuda"):
        return _torch(pack, device, goal)
    if engine in _PRECISIONS:
        return _openvino(pack, device, _PRECISIONS[engine], forms, goal, early_exit)
    return _fastest(pack, device, forms, goal, early_exit)


def fewest_asked(engine: Engine, pack: Pack) -> int:
    """How many of the pack's members must have been asked for an earlier answer to be as good as this engine's."""
    return 1 if engine.exits_early else len(pack.card.members)


def torch_runs(pack: Pack) -> bool:
    """Whether torch could run the pack here, as far as can be told without loading it."""
    return find_spec("torch") is not None and not pack.card.compiled_only


def _chosen(pack: Pack, forms: Path | None, goal: Goal, early_exit: bool) -> Engine | None:
    """The engine that a benchmark found fastest here, if it was asked and that engine still runs."""
    choice = read_choice(forms, pack) if forms else None
    if choice is None:
        return None
    try:
        return load_engine(pack, choice.engine, choice.device, forms, goal, early_exit)
    except DeviceError as error:
        _log.warning("the engine that was found fastest cannot be used: %s", error)
        return None


def _fastest(pack: Pack, device: str, forms: Path | None, goal: Goal, early_exit: bool) -> Engine:
    """CUDA, else OpenVINO, else torch on the processor; the engine's note says what seemed faster and failed."""
    note = ""
    if device == "auto" and torch_runs(pack) and has_cuda_card():
        engine = _torch(pack, device, goal)
        if engine.device != "cpu":
            return engine
        note = engine.note
    try:
        has_form = pack.card.compiled or forms
        worthwhile = device in INTEL_DEVICES or (has_form and find_spec("openvino"))
        engine = _openvino(pack, device, None, forms, goal, early_exit) if worthwhile else _torch(pack, "cpu", goal)
    except DeviceError as error:
        if device in INTEL_DEVICES or not torch_runs(pack):
            raise
        _log.warning("OpenVINO cannot be used: %s", error)
        engine, note = _torch(pack, "cpu", goal), str(error.sentence)
    engine.note = note
    return engine


def _torch(pack: Pack, device: str, goal: Goal) -> Engine:
    if device in INTEL_DEVICES:
        raise DeviceError(
            ko=f"torch 엔진은 '{device}' 장치를 쓸 수 없습니다. OpenVINO 엔진을 고르세요(설정 또는 --engine openvino).",
            en=f"The engine torch cannot use '{device}'; choose OpenVINO (Settings, or --engine openvino).",
        )
    link_ahead()
    try:
        from defect_desktop.vision import torch_engine
    except ImportError as error:
        raise _missing("torch", error) from error
    return torch_engine.load(pack, device, goal)


def _openvino(
    pack: Pack, device: str, precision: Precision | None, forms: Path | None, goal: Goal, early_exit: bool
) -> Engine:
    try:
        from defect_desktop.vision import openvino_engine
    except ImportError as error:
        raise _missing("openvino", error) from error
    return openvino_engine.load(pack, device, precision, forms, goal, early_exit)


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
