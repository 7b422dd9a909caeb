"""Whether an NVIDIA card is there, asked of its driver: importing torch to learn it takes seconds."""

from __future__ import annotations

import ctypes
import sys

_DRIVER = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"


def has_cuda_card() -> bool:
    """Whether the driver is installed and counts at least one card; whether torch can use it is another question."""
    try:
        driver = ctypes.CDLL(_DRIVER)
    except OSError:
        return False
    count = ctypes.c_int()
    return driver.cuInit(0) == 0 and driver.cuDeviceGetCount(ctypes.byref(count)) == 0 and count.value > 0
