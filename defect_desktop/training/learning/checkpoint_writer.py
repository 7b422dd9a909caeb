"""Writes checkpoints beside the training, so that no step waits for the disk."""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

import torch
from torch import Tensor

from defect_desktop.errors import UnsavedError
from defect_desktop.training.learning.checkpoint import Facts, write_checkpoint

_log = logging.getLogger(__name__)


class CheckpointWriter:
    """Writes one file again and again, for the while of a `with`, at whose end everything is written.

    One checkpoint at a time is under way. Where it could not be written, the next call raises the UnsavedError.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="checkpoint")
        self._under_way: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What ended the training is told first: that its last checkpoint failed as well is then only noted."""
        try:
            self._finish()
        except UnsavedError as failure:
            if error is None:
                raise
            _log.warning("the last checkpoint: %s", failure)
        finally:
            self._thread.shutdown()

    def write(self, tensors: dict[str, Tensor], facts: Facts) -> None:
        """Begins to write copies of `tensors`, as soon as the checkpoint before is done."""
        self._finish()
        copies = {name: _copied(tensor) for name, tensor in tensors.items()}
        self._under_way = self._thread.submit(write_checkpoint, self._file, copies, facts)

    def check(self) -> None:
        """Raises what is known to have gone wrong, and waits for nothing."""
        if self._under_way and self._under_way.done():
            self._finish()

    def _finish(self) -> None:
        under_way, self._under_way = self._under_way, None
        if under_way:
            under_way.result()


def _copied(tensor: Tensor) -> Tensor:
    """As it is now, on the CPU and in the order that files have."""
    return tensor.detach().to("cpu", copy=True, memory_format=torch.contiguous_format)
