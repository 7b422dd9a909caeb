"""What this machine trains on, and in which precision."""

from __future__ import annotations

import logging

import torch
from torch import nn

from defect_desktop.errors import DeviceError
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
        _try_one_step(torch.device("cuda"))
    except (RuntimeError, AssertionError) as error:  # torch raises AssertionError where it was built without CUDA
        _log.warning("CUDA failed a training step: %s", error)
        if choice == "cuda":
            raise DeviceError(
                ko="이 컴퓨터에서는 CUDA로 학습할 수 없습니다. 드라이버를 확인하거나 CPU로 학습하세요.",
                en="CUDA cannot train on this computer; check the driver, or train on the CPU.",
            ) from error
        return torch.device("cpu")
    return torch.device("cuda")


def autocast(device: torch.device) -> torch.autocast:
    """Mixed precision where the hardware computes bfloat16 itself; elsewhere it would be slower, so it is off."""
    if device.type == "cuda":
        fast = torch.cuda.is_bf16_supported(including_emulation=False)
    else:
        # Older releases of torch cannot tell, and get single precision.
        capabilities: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
        fast = bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=fast)


def _try_one_step(device: torch.device) -> None:
    layer = nn.Conv2d(3, 8, 3).to(device)
    layer(torch.ones(2, 3, 8, 8, device=device)).sum().backward()
    torch.cuda.synchronize(device)
