"""What runs a pack's networks, and how one is chosen. The engines themselves are imported only when they are used."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from defect_desktop.errors import DeviceError
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


ENGINES: dict[str, str] = {"torch": "defect_desktop.vision.torch_engine"}
"""The engines by name, and the module of each, which has a function `load(pack, device)`."""

DEVICES = ("auto", "cpu", "cuda")


def load_engine(pack: Pack, engine: str = "auto", device: str = "auto") -> Engine:
    """The pack, loaded and proven by one forward pass.

    Raises DeviceError where the engine or device is unknown or unusable, PackError where the weights are.
    """
    if device not in DEVICES:
        raise DeviceError(
            ko=f"'{device}' 장치는 없습니다. {', '.join(DEVICES)} 중에서 고르세요.",
            en=f"There is no device '{device}'; choose one of {', '.join(DEVICES)}.",
        )
    name = next(iter(ENGINES)) if engine == "auto" else engine
    if name not in ENGINES:
        choices = ", ".join(("auto", *ENGINES))
        raise DeviceError(
            ko=f"'{engine}' 엔진은 없습니다. {choices} 중에서 고르세요.",
            en=f"There is no engine '{engine}'; choose one of {choices}.",
        )
    try:
        module = import_module(ENGINES[name])
    except ImportError as error:
        raise DeviceError(
            ko=f"'{name}' 엔진을 불러올 수 없습니다({error}). 프로그램을 다시 설치하거나 다른 엔진을 고르세요.",
            en=f"The engine '{name}' cannot be loaded here ({error}); reinstall the program or choose another engine.",
        ) from error
    load = cast(Callable[[Pack, str], Engine], module.load)
    return load(pack, device)
