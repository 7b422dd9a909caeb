"""Files of tensors that are written completely or not at all: a kill, or a full disk, leaves the one before whole.

They are safetensors with a JSON text in their header, so that reading one runs no code.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import safetensors.torch
import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from defect_desktop.core.printable import printable
from defect_desktop.errors import TrainingError, UnsavedError
from defect_desktop.training.job import UNFINISHED

Facts = dict[str, Any]
"""Plain values, as JSON holds them."""

LESSON = "lesson"
"""The fact that says what lesson a checkpoint belongs to, by its fingerprint."""

_FACTS = "facts"


def write_checkpoint(file: Path, tensors: dict[str, Tensor], facts: Facts) -> None:
    """Puts `tensors` and `facts`, plain values, into `file`; raises UnsavedError where it cannot be written."""
    part = file.with_suffix(UNFINISHED)
    content = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}
    try:
        safetensors.torch.save_file(content, part, metadata={_FACTS: json.dumps(facts)})
        _flush(part)
        part.replace(file)
        _flush(file.parent)
    except (OSError, SafetensorError) as error:
        raise _unwritable(file) from error
    finally:
        part.unlink(missing_ok=True)


def read_checkpoint(file: Path) -> tuple[dict[str, Tensor], Facts]:
    """The tensors, on the CPU, and the facts of `file`; raises TrainingError where it is damaged."""
    with _opened(file) as opened:
        # Copies: what it gives are views of the file, and Windows replaces none that somebody looks at.
        tensors = {name: opened.get_tensor(name).clone() for name in opened.keys()}  # noqa: SIM118 - no mapping
        return tensors, json.loads(opened.metadata()[_FACTS])


def read_facts(file: Path) -> Facts:
    """The facts of `file` without its tensors; raises TrainingError where it is damaged."""
    with _opened(file) as opened:
        facts: Facts = json.loads(opened.metadata()[_FACTS])
        return facts


@contextmanager
def taking_back(file: Path, facts: Facts, lesson: str) -> Iterator[None]:
    """For the while of a `with` that puts what `file` held into networks.

    Raises TrainingError where `facts` name another lesson than the fingerprint `lesson`, or a network does not fit.
    """
    if facts.get(LESSON) != lesson:
        raise _another_training(file)
    try:
        yield
    except torch.OutOfMemoryError:
        raise
    except (RuntimeError, KeyError) as error:  # what torch raises for names and shapes of another network
        raise _another_training(file) from error


@contextmanager
def _opened(file: Path) -> Iterator[Any]:
    """The file for the while of a `with`; what is wrong with it there becomes a TrainingError."""
    try:
        with safe_open(file, "pt") as opened:
            yield opened
    except (OSError, SafetensorError, ValueError, KeyError, TypeError) as error:
        raise TrainingError(
            ko=f"중간 저장 파일 '{printable(file)}'이(가) 손상되었습니다. 그 파일을 지우고 다시 실행하세요.",
            en=f"The checkpoint '{printable(file)}' is damaged; delete that file and run again.",
        ) from error


def _flush(path: Path) -> None:
    """Has the system write what it holds of a file, or of a folder's list of files, to the disk itself."""
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folders, and keeps the order of renames by itself
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _another_training(file: Path) -> TrainingError:
    return TrainingError(
        ko=f"중간 저장 파일 '{printable(file)}'은(는) 다른 학습의 것입니다. 그 파일을 지우고 다시 실행하세요.",
        en=f"The checkpoint '{printable(file)}' is of another training; delete that file and run again.",
    )


def _unwritable(file: Path) -> UnsavedError:
    return UnsavedError(
        ko=f"학습 중간 결과를 '{printable(file.parent)}'에 저장할 수 없습니다. 디스크 공간을 확보하고 같은 명령을 다시 "
        "실행하면 마지막 저장 지점부터 이어집니다.",
        en=f"The training cannot be saved to '{printable(file.parent)}'; make room on the disk and run the same "
        "command again: it goes on from the last checkpoint.",
    )
