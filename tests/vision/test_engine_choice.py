from __future__ import annotations

import platform
from pathlib import Path

import pytest

from defect_desktop.vision.engine import load_engine
from defect_desktop.vision.engine_choice import EngineChoice, forget_choice, read_choice, write_choice
from defect_desktop.vision.pack import Pack, open_pack
from tests.packs import write_pack

TORCH = EngineChoice(engine="torch", device="cpu")


@pytest.fixture
def pack(tiny_shelf: Path) -> Pack:
    return open_pack(tiny_shelf / "tiny")


def test_auto_takes_what_was_chosen(pack: Pack, tmp_path: Path) -> None:
    write_choice(tmp_path, pack, TORCH)
    assert load_engine(pack, forms=tmp_path).name == "torch"
    assert load_engine(pack, device="cpu", forms=tmp_path).name == "openvino"
    assert load_engine(pack, "openvino", forms=tmp_path).name == "openvino"
    forget_choice(tmp_path, pack)
    assert load_engine(pack, forms=tmp_path).name == "openvino"


def test_a_choice_that_no_longer_runs_is_passed_over(pack: Pack, tmp_path: Path) -> None:
    write_choice(tmp_path, pack, EngineChoice(engine="openvino", device="intel-npu"))
    assert load_engine(pack, forms=tmp_path).device == "cpu"
    write_choice(tmp_path, pack, EngineChoice(engine="abacus", device="cpu"))
    assert load_engine(pack, forms=tmp_path).device == "cpu"


def test_a_choice_is_for_one_pack_on_one_machine(pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_choice(tmp_path, pack, TORCH)
    assert read_choice(tmp_path, pack) == TORCH
    assert read_choice(tmp_path, open_pack(write_pack(tmp_path / "other", members=1))) is None
    monkeypatch.setattr(platform, "node", lambda: "another")
    assert read_choice(tmp_path, pack) is None


def test_a_damaged_choice_counts_as_none(pack: Pack, tmp_path: Path) -> None:
    write_choice(tmp_path, pack, TORCH)
    (file,) = tmp_path.glob("engine-*.json")
    file.write_bytes(file.read_bytes()[:20])
    assert read_choice(tmp_path, pack) is None
