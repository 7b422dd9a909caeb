from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
import safetensors.torch
import torch
from torch import nn

from defect_desktop.errors import PackError
from defect_desktop.training.pack_writer import check_target, pack_draft, publish, write_members


def network() -> nn.Module:
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))


def test_matrices_are_halved_and_vectors_are_not(tmp_path: Path) -> None:
    (member,) = write_members(tmp_path, [network()])
    stored = safetensors.torch.load((tmp_path / member.file).read_bytes())
    assert stored["0.weight"].dtype == torch.float16
    assert stored["1.running_var"].dtype == stored["0.bias"].dtype == torch.float32
    assert stored["1.num_batches_tracked"].dtype == torch.int64


def test_a_draft_becomes_the_pack_or_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "new" / "pack"
    with pytest.raises(RuntimeError), pack_draft(target) as draft:
        (draft / "card.json").write_text("{}")
        raise RuntimeError
    assert list(target.parent.iterdir()) == []
    with pack_draft(target) as draft:
        (draft / "card.json").write_text("{}")
        publish(draft, target)
    assert [path.name for path in target.parent.iterdir()] == ["pack"] and (target / "card.json").is_file()


def test_a_draft_on_another_drive_becomes_the_pack_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for a work folder that is a link to another drive: no rename leaves it."""
    elsewhere, target = tmp_path / "elsewhere", tmp_path / "here" / "pack"
    draft = elsewhere / "draft"
    draft.mkdir(parents=True)
    target.parent.mkdir()
    (draft / "card.json").write_text("{}")
    rename = Path.rename

    def within_a_drive(path: Path, place: Path) -> Path:
        if path.is_relative_to(elsewhere):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        return rename(path, place)

    monkeypatch.setattr(Path, "rename", within_a_drive)
    publish(draft, target)
    assert [path.name for path in target.parent.iterdir()] == ["pack"]
    assert (target / "card.json").read_text() == "{}"


def test_an_existing_pack_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "card.json").write_text("{}")
    with pytest.raises(PackError, match="exists already"):
        check_target(tmp_path / "pack")
    with pack_draft(tmp_path / "pack") as draft, pytest.raises(PackError, match=r"meanwhile.* move it away"):
        publish(draft, tmp_path / "pack")
    assert (tmp_path / "pack" / "card.json").is_file()


def test_a_place_that_cannot_be_written_is_refused_early(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file" / "pack", tmp_path / ("pack" * 100)):
        with pytest.raises(PackError, match="cannot be written"):
            check_target(place)
