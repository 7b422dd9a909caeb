"""The memory of a training: what is freed stays at hand while there is enough, and running out of it is told.

Torch tells that in several ways: by an error of its own on a GPU, by words on a CPU.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import torch

from defect_desktop.errors import TrainingError

MEMORY_ERRORS = (MemoryError, RuntimeError)
"""What may be `out_of_memory`; torch's own error is a RuntimeError."""

_WORDS = ("DefaultCPUAllocator", "could not create a primitive", "ALLOC_FAILED", "CUDA error: out of memory")
"""How torch's allocator, oneDNN, cuDNN and cuBLAS, and CUDA put it: the last where it pins memory for a transfer."""

_M_TRIM_THRESHOLD, _M_MMAP_MAX = -1, -4
"""What glibc's malloc.h calls them."""
_NOTHING_MAPPED, _NOTHING_TRIMMED = 0, 2**31 - 1
_MAPPED_BY_DEFAULT, _TRIMMED_BY_DEFAULT = 65_536, 128 * 2**10


def keep_freed_memory() -> None:
    """Has glibc keep what this process frees for its next allocation; other systems stay as they are.

    Else it hands every block of more than 32 MB back at once, and a training step on a CPU takes and frees hundreds of
    them: a third of the processor's time went into mapping and zeroing the same memory over and over.
    """
    if glibc := _glibc():
        glibc.mallopt(_M_MMAP_MAX, _NOTHING_MAPPED)
        glibc.mallopt(_M_TRIM_THRESHOLD, _NOTHING_TRIMMED)


def give_freed_memory_back() -> None:
    """Hands back what is kept, and has glibc keep no more: where memory is short, others need what lies between.

    It keeps less than before `keep_freed_memory`, since told once it no longer learns what sizes are worth keeping:
    training steps take two to three times as long, until the next training begins.
    """
    torch.cuda.empty_cache()
    if glibc := _glibc():
        glibc.mallopt(_M_MMAP_MAX, _MAPPED_BY_DEFAULT)
        glibc.mallopt(_M_TRIM_THRESHOLD, _TRIMMED_BY_DEFAULT)
        glibc.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    """The C library, where it is one that can be told what to keep."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "mallopt") else None


def out_of_memory(error: Exception) -> bool:
    """Whether that is what the error says."""
    return isinstance(error, (MemoryError, torch.OutOfMemoryError)) or any(words in str(error) for words in _WORDS)


def too_little_memory() -> TrainingError:
    """Says that memory does not suffice, and what to do."""
    return TrainingError(
        ko="메모리가 부족합니다. --batch 또는 --side를 줄이거나 더 작은 신경망(--arch)을 고르세요.",
        en="The memory is too small for this; lower --batch or --side, or choose a smaller --arch.",
    )


@contextmanager
def telling_memory() -> Iterator[None]:
    """Makes what runs out of memory in a `with` a TrainingError."""
    try:
        yield
    except MEMORY_ERRORS as error:
        if not out_of_memory(error):
            raise
        raise too_little_memory() from error
