"""Run on a machine with a CUDA card; elsewhere there is nothing to test."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import safetensors.torch
import torch

from defect_desktop.paths import Paths
from defect_desktop.vision import cuda_engine
from defect_desktop.vision.cuda_engine import CudaEngine
from defect_desktop.vision.engine import load_engine
from defect_desktop.vision.goal import Goal
from defect_desktop.vision.pack import Pack, open_pack
from defect_desktop.vision.torch_engine import load_member
from defect_desktop.workflows import benchmark
from tests.packs import write_pack
from tests.photos import save_photos

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA card")


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return open_pack(write_pack(tmp_path_factory.mktemp("packs") / "tiny"))


def batch(count: int) -> np.ndarray:
    return np.random.default_rng(7).integers(0, 256, (count, 64, 64, 3)).astype(np.uint8)


def loaded(pack: Pack, goal: Goal = Goal.THROUGHPUT) -> CudaEngine:
    engine = load_engine(pack, "torch", "cuda", goal=goal)
    assert isinstance(engine, CudaEngine)
    return engine


@pytest.mark.parametrize("goal", Goal)
def test_the_answers_are_those_of_the_processor(pack: Pack, goal: Goal) -> None:
    engine = loaded(pack, goal)
    assert (engine.name, engine.note) == ("torch", "")
    assert engine.device.startswith("cuda (")
    pixels = batch(3)
    expected = load_engine(pack, "torch", "cpu").predict(pixels)
    assert engine.predict(pixels) == pytest.approx(expected, abs=0.02)
    assert (engine.predict(pixels).argmax(axis=2) == expected.argmax(axis=2)).all()


def test_a_photo_gets_the_same_answer_to_the_last_digit_in_any_batch(pack: Pack) -> None:
    engine = loaded(pack)
    count = 2 * engine.batch_size + 5  # more than all lanes hold, and not a whole number of graphs
    pixels = batch(count)
    together = engine.predict(pixels)
    assert together.shape == (3, count, 4)
    for chosen in (slice(0, 1), slice(3, 40), slice(count - 7, count)):
        assert (engine.predict(pixels[chosen]) == together[:, chosen]).all()


def test_a_camera_gets_each_photo_at_once(pack: Pack) -> None:
    assert loaded(pack, Goal.LATENCY).batch_size == 1


def test_a_card_with_too_little_memory_gets_smaller_graphs(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    record = cuda_engine._record

    def small(members: object, pixels: torch.Tensor, stream: object) -> object:
        if len(pixels) > 16:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory")
        return record(members, pixels, stream)

    monkeypatch.setattr(cuda_engine, "_record", small)
    engine = loaded(pack)
    assert engine.batch_size == 2 * 16
    assert engine.predict(batch(40)).shape == (3, 40, 4)


def test_what_half_precision_cannot_hold_is_computed_in_single(pack: Pack) -> None:
    members = [load_member(pack, member) for member in pack.card.members]
    with torch.no_grad():
        members[1].get_classifier().weight.mul_(1e9)
    engine = cuda_engine.load(pack.card, members, Goal.LATENCY)
    assert np.isfinite(engine.predict(batch(1))).all()


def test_it_explains_in_one_pass(pack: Pack) -> None:
    engine = loaded(pack)
    pixels = batch(2)
    maps = engine.class_maps(pixels)
    expected = load_engine(pack, "torch", "cpu").class_maps(pixels)
    assert maps is not None
    assert maps.shape == expected.shape
    assert maps == pytest.approx(expected, rel=0.05, abs=0.05 * float(np.abs(expected).max()))


def test_the_weights_of_the_members_are_left_as_they_are(pack: Pack) -> None:
    members = [load_member(pack, member) for member in pack.card.members]
    before = safetensors.torch.save(members[0].state_dict())
    cuda_engine.load(pack.card, members, Goal.LATENCY)
    assert safetensors.torch.save(members[0].state_dict()) == before


def test_the_benchmark_measures_the_card_beside_the_plain_way(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(benchmark, "ROUNDS", 2)
    monkeypatch.setattr("defect_desktop.vision.stopwatch._TURN_SECONDS", 0.01)
    save_photos(tmp_path / "photos", 4)
    work = benchmark.benchmark(benchmark.BenchmarkRequest((tmp_path / "photos",), "tiny"), paths)
    while True:
        try:
            next(work)
        except StopIteration as finished:
            result = finished.value
            break
    assert result.engines[0].device.startswith("cuda (")
    assert result.engines[0].equal_labels == 1.0
    assert result.card.frame_ms > 0
    assert result.card.batch_times_as_fast == pytest.approx(result.card.plain_batch_ms / result.card.batch_ms, rel=0.9)
