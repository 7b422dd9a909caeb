from __future__ import annotations

import hashlib
import json
import shutil
import socket
from pathlib import Path

import numpy as np
import pytest
import safetensors.torch
import timm
import torch

from defect_desktop.errors import DeviceError, PackError
from defect_desktop.vision import cuda_engine
from defect_desktop.vision.engine import load_engine
from defect_desktop.vision.pack import Pack, open_pack
from tests.packs import ARCHITECTURE, CLASSES


@pytest.fixture
def pack(tiny_shelf: Path) -> Pack:
    return open_pack(tiny_shelf / "tiny")


def batch(count: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 255, (count, 64, 64, 3), dtype=np.uint8)


def test_every_member_gives_its_own_softmax(pack: Pack) -> None:
    probabilities = load_engine(pack, "torch", "cpu").predict(batch(5))
    assert probabilities.shape == (3, 5, len(CLASSES))
    assert probabilities.sum(axis=2) == pytest.approx(1.0, abs=1e-5)
    assert not np.allclose(probabilities[0], probabilities[1])


def test_it_computes_what_the_networks_library_computes(pack: Pack) -> None:
    pixels = batch(2)
    inputs = torch.from_numpy(pixels).permute(0, 3, 1, 2).float().div(255).sub(0.5).div(0.5)
    ours = load_engine(pack, "torch", "cpu").predict(pixels)
    for index, member in enumerate(pack.card.members):
        network = timm.create_model(ARCHITECTURE, num_classes=len(CLASSES)).eval()
        weights = safetensors.torch.load_file(pack.folder / member.file)
        network.load_state_dict(
            {key: value.float() if value.is_floating_point() else value for key, value in weights.items()}
        )
        with torch.inference_mode():
            assert ours[index] == pytest.approx(network(inputs).softmax(dim=1).numpy(), abs=1e-4)


def test_a_photo_gets_the_same_answer_in_any_batch(pack: Pack) -> None:
    engine = load_engine(pack, "torch", "cpu")
    pixels = batch(6)
    together = engine.predict(pixels)
    alone = np.concatenate([engine.predict(pixels[index : index + 1]) for index in range(6)], axis=1)
    assert together == pytest.approx(alone, abs=1e-5)


def test_auto_takes_the_cpu_where_there_is_no_cuda(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    engine = load_engine(pack)
    assert (engine.name, engine.device, engine.note) == ("torch", "cpu", "")


def test_auto_falls_back_and_says_so_where_cuda_is_there_but_does_not_work(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_old(card: object, members: object, goal: object) -> object:
        raise RuntimeError("CUDA error: no kernel image is available for execution on the device\nmore")

    monkeypatch.setattr("defect_desktop.vision.engine.has_cuda_card", lambda: True)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(cuda_engine, "load", too_old)
    engine = load_engine(pack)
    assert engine.device == "cpu"
    assert engine.note == "CUDA: CUDA error: no kernel image is available for execution on the device"
    with pytest.raises(DeviceError, match=r"no kernel image .*--device cpu"):
        load_engine(pack, device="cuda")


def test_what_does_not_exist_is_refused(pack: Pack) -> None:
    with pytest.raises(DeviceError, match="no engine 'magic'; choose one of auto, openvino, openvino-int8, torch"):
        load_engine(pack, engine="magic")
    with pytest.raises(DeviceError, match="no device 'abacus'; choose one of auto, cpu, cuda, intel-gpu, intel-npu"):
        load_engine(pack, device="abacus")


@pytest.mark.skipif(torch.cuda.is_available(), reason="needs a machine without CUDA")
def test_cuda_is_refused_in_words_where_there_is_none(pack: Pack) -> None:
    with pytest.raises(DeviceError, match="CUDA cannot be used here"):
        load_engine(pack, device="cuda")


def replace_member(folder: Path, content: bytes) -> None:
    (folder / "member-1.safetensors").write_bytes(content)
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    card["members"][0]["sha256"] = hashlib.sha256(content).hexdigest()
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")


@pytest.mark.parametrize(
    "content", [b"", b"\x80\x04not a pickle either", safetensors.torch.save({"other": torch.zeros(3)})]
)
def test_weights_of_another_network_are_refused(tiny_shelf: Path, tmp_path: Path, content: bytes) -> None:
    folder = Path(shutil.copytree(tiny_shelf / "tiny", tmp_path / "tiny"))
    replace_member(folder, content)
    with pytest.raises(PackError, match="do not fit the network 'test_efficientnet'"):
        load_engine(open_pack(folder), "torch", "cpu")


@pytest.mark.parametrize("architecture", ["skynet", "hf-hub:skynet/skynet", "local-dir:/"])
def test_an_unknown_architecture_is_refused_and_looked_for_nowhere(
    tiny_shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, architecture: str
) -> None:
    folder = Path(shutil.copytree(tiny_shelf / "tiny", tmp_path / "tiny"))
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    (folder / "card.json").write_text(json.dumps(card | {"architecture": architecture}), encoding="utf-8")
    asked: list[object] = []

    def no_network(host: object, *_: object, **__: object) -> object:
        asked.append(host)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    with pytest.raises(PackError, match=f"do not fit the network '{architecture}'"):
        load_engine(open_pack(folder), "torch", "cpu")
    assert asked == []


def test_a_photo_that_overflows_half_precision_is_computed_in_single_and_the_others_stay() -> None:
    pixels = batch(3)
    answers = np.full((2, 3, 4), 0.25, np.float32)
    answers[1, 2, 0] = np.nan  # of one member
    asked: list[np.ndarray] = []

    def in_single(photos: np.ndarray) -> np.ndarray:
        asked.append(photos)
        return np.full((2, len(photos), 4), 0.5, np.float32)

    mended = cuda_engine.mended(answers, pixels, in_single)
    assert mended[0, :, 0].tolist() == mended[1, :, 0].tolist() == [0.25, 0.25, 0.5]
    (overflowed,) = asked
    assert (overflowed == pixels[2:]).all()
    cuda_engine.mended(mended, pixels, in_single)
    assert len(asked) == 1
