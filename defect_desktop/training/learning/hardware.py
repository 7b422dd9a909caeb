"""What this machine trains on, in which precision, and in how many processes."""

from __future__ import annotations

import logging
import os

import torch
from accelerate import Accelerator
from accelerate.state import AcceleratorState
from torch import nn

from defect_desktop.errors import DeviceError
from defect_desktop.training.learning.memory import keep_freed_memory
from defect_desktop.vision.engine import DEVICES

_log = logging.getLogger(__name__)


def training_device(choice: str) -> torch.device:
    """The device for `choice`: 'cpu', 'cuda', or 'auto', which takes CUDA only if a real step succeeds there.

    Raises DeviceError where the choice is none of these, or CUDA was asked for and fails.
    """
    if choice not in DEVICES:
        raise DeviceError(
            ko=f"'{choice}' 장치는 없습니다. {', '.join(DEVICES)} 중에서 고르세요.",
            en=f"There is no device '{choice}'; choose one of {', '.join(DEVICES)}.",
        )
    if choice == "cpu" or (choice == "auto" and not torch.cuda.is_available()):
        return torch.device("cpu")
    try:
        _try_one_step(torch.device("cuda", _own_card()))
    except (RuntimeError, AssertionError) as error:  # torch raises AssertionError where it was built without CUDA
        _log.warning("CUDA failed a training step: %s", error)
        if choice == "cuda":
            raise DeviceError(
                ko="이 컴퓨터에서는 CUDA로 학습할 수 없습니다. 드라이버를 확인하거나 CPU로 학습하세요.",
                en="CUDA cannot train on this computer; check the driver, or train on the CPU.",
            ) from error
        return torch.device("cpu")
    return torch.device("cuda")


def accelerator_on(device: torch.device) -> Accelerator:
    """What spreads the training over the processes that `accelerate launch` or `torchrun` started, here one of them.

    Without such a launcher it is the only one. It carries the mixed precision that pays on `device`.
    """
    # The last training of this process may have run on another device.
    AcceleratorState._reset_state(reset_partial_state=True)
    if device.type == "cuda":
        torch.backends.cudnn.benchmark = True  # every epoch has one shape, so the search for the fastest kernel pays
    else:
        keep_freed_memory()
    return Accelerator(cpu=device.type == "cpu", mixed_precision=_precision(device))


def _precision(device: torch.device) -> str:
    """bfloat16 on a GPU that computes it itself, float16, whose gradients are scaled, on an older one; else single.

    On CPUs with bfloat16 units (one core, AMX) it makes ResNet-50 twice as quick, but EfficientNet-Lite, which is
    what trains on CPUs, 0.6 to 0.8 times as quick: its depthwise convolutions do not use them.
    """
    if device.type == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported(including_emulation=False) else "fp16"
    return "no"


def _own_card() -> int:
    """The number of the card that accelerate gives to this process; a step on another one would leave memory there."""
    return int(os.environ.get("LOCAL_RANK", "0")) % max(torch.cuda.device_count(), 1)


def _try_one_step(device: torch.device) -> None:
    layer = nn.Conv2d(3, 8, 3).to(device)
    layer(torch.ones(2, 3, 8, 8, device=device)).sum().backward()
    torch.cuda.synchronize(device)
