"""Writes a model pack so that it is there completely or not at all."""

from __future__ import annotations

import errno
import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import safetensors.torch
import torch
from torch import Tensor, nn

from defect_desktop.core.printable import printable
from defect_desktop.errors import PackError
from defect_desktop.vision.card import Card, Member
from defect_desktop.vision.pack import CARD_FILE


def check_target(folder: Path) -> None:
    """Raises PackError where a pack cannot be written to `folder`: better before a long training than after it."""
    with pack_draft(folder):
        pass
    if folder.exists():
        raise PackError(
            ko=f"'{printable(folder)}'이(가) 이미 있습니다. 새 모델 팩의 폴더 이름을 다르게 정하세요.",
            en=f"'{printable(folder)}' exists already; choose another folder for the new model pack.",
        )


@contextmanager
def pack_draft(folder: Path) -> Iterator[Path]:
    """A temporary folder beside `folder` to write the pack in; it is gone afterwards unless it was published.

    Raises PackError where it cannot be made.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _unwritable(folder) from error
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def write_members(draft: Path, networks: Sequence[nn.Module]) -> tuple[Member, ...]:
    """Writes a `.safetensors` file for every network and returns the card's entries for them.

    Matrices are stored in half precision. Vectors stay in single: they are 1 % of the bytes, and the variances of
    batch norms among them can lie below what half precision resolves. Raises PackError where they cannot be written.
    """
    return tuple(
        _write_member(draft, f"member-{number}.safetensors", network) for number, network in enumerate(networks, 1)
    )


def write_file(file: Path, content: bytes) -> None:
    """Writes one of the pack's files; raises PackError where it cannot be written."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise _unwritable(file) from error


def write_card(draft: Path, card: Card) -> None:
    """Writes the card; raises PackError where it cannot be written."""
    write_file(draft / CARD_FILE, card.as_json().encode())


def publish(draft: Path, folder: Path) -> None:
    """Gives the finished draft its place; raises PackError where something has taken it meanwhile."""
    try:
        draft.chmod(0o755)  # temporary folders are private, packs are not
        _move(draft, folder)
    except OSError as error:
        if folder.exists():
            raise PackError(
                ko=f"그동안 '{printable(folder)}'이(가) 생겨 모델 팩을 둘 수 없습니다. 그것을 옮기고 다시 실행하세요.",
                en=f"'{printable(folder)}' has come to be there meanwhile, in the place of the new model pack; move it "
                "away and run again.",
            ) from error
        raise _unwritable(folder) from error


def _move(draft: Path, folder: Path) -> None:
    """Renames the draft; from another drive, as a linked work folder may be on, it is copied beside `folder` first."""
    try:
        draft.rename(folder)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with pack_draft(folder) as near:
            shutil.copytree(draft, near, dirs_exist_ok=True)
            near.rename(folder)


def _write_member(draft: Path, file: str, network: nn.Module) -> Member:
    content = safetensors.torch.save({name: _stored(tensor) for name, tensor in network.state_dict().items()})
    write_file(draft / file, content)
    return Member(file=file, sha256=hashlib.sha256(content).hexdigest())


def _stored(tensor: Tensor) -> Tensor:
    if tensor.is_floating_point() and tensor.ndim > 1:
        tensor = tensor.to(torch.float16)
    return tensor.contiguous()


def _unwritable(path: Path) -> PackError:
    return PackError(
        ko=f"'{printable(path)}'에 모델 팩을 쓸 수 없습니다. 쓰기 권한과 남은 디스크 공간을 확인하세요.",
        en=f"The model pack cannot be written to '{printable(path)}'; check the permissions and the free space there.",
    )
