from __future__ import annotations

import errno
import json
import struct
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from defect_desktop.cli.run import run as run_program
from defect_desktop.core.progress import Progress
from defect_desktop.core.record import PhotoFile
from defect_desktop.errors import SourceError, TrainingError
from defect_desktop.paths import Paths
from defect_desktop.vision import stopwatch
from defect_desktop.vision.card import Card
from defect_desktop.vision.compiled_form import write_form
from defect_desktop.vision.conversion import convert
from defect_desktop.vision.engine import Engine, load_engine
from defect_desktop.vision.engine_choice import EngineChoice, read_choice
from defect_desktop.vision.pack import find_pack
from defect_desktop.vision.stopwatch import Racer
from defect_desktop.workflows import benchmark
from defect_desktop.workflows.benchmark import BenchmarkRequest, BenchmarkResult, RandomPack
from tests.photos import ORIENTATION, save_photos, scene

CPU_ENGINES = {"openvino", "torch"}


@pytest.fixture(autouse=True)
def _short_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopwatch, "_TURN_SECONDS", 0.01)
    monkeypatch.setattr(benchmark, "ROUNDS", 2)
    monkeypatch.setattr(benchmark, "has_cuda_card", lambda: False)
    monkeypatch.setattr(benchmark, "_DRAWN_MEGAPIXELS", 0.05)


def measured(request: BenchmarkRequest, paths: Paths) -> tuple[list[Progress], BenchmarkResult]:
    work, moments = benchmark.benchmark(request, paths), []
    while True:
        try:
            moments.append(next(work))
        except StopIteration as finished:
            return moments, finished.value


def test_all_ways_are_measured_and_compared(tmp_path: Path, paths: Paths) -> None:
    save_photos(tmp_path / "photos", 10)
    (tmp_path / "photos" / "broken.jpg").write_bytes(b"no photo")
    moments, result = measured(BenchmarkRequest((tmp_path / "photos",), "tiny"), paths)
    assert [moment.done for moment in moments] == list(range(1, 13))  # two rounds of the plain way and five others
    assert moments[-1].done == moments[-1].total
    assert (result.pack, result.photos) == ("tiny", 10)
    assert {each.engine for each in result.engines} >= CPU_ENGINES
    assert result.plain_ms is not None
    for each in result.engines:
        assert each.equal_labels == 1.0 and 0 < each.compared <= 10
        assert each.inference_ms > 0
        assert each.share_of_limit > 0
        assert each.times_as_fast == pytest.approx(result.plain_ms / each.pipeline_ms, rel=0.9)
    assert result.recommended.engine in CPU_ENGINES


@pytest.mark.parametrize(("plain_ones", "equal"), [(1, 1.0), (0, None)])
def test_a_photo_that_only_this_program_can_take_ends_no_measurement(
    tmp_path: Path, paths: Paths, plain_ones: int, equal: float | None
) -> None:
    save_photos(tmp_path / "photos", plain_ones)
    upright_by_exif = struct.pack(">HHIHH", ORIENTATION, 3, 1, 6, 0)
    of_the_wrong_type = struct.pack(">HHI4s", 0x0103, 2, 4, b"abc\0")
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x02" + of_the_wrong_type + upright_by_exif + b"\0" * 4
    scene().save(tmp_path / "photos" / "odd.jpg", exif=exif)
    _, result = measured(BenchmarkRequest((tmp_path / "photos",), "tiny"), paths)
    assert result.photos == plain_ones + 1
    assert {(each.equal_labels, each.compared) for each in result.engines} == {(equal, plain_ones)}


@pytest.mark.parametrize(("margin", "expected"), [(0.0, "fastest"), (1e9, "first")])
def test_another_engine_is_recommended_where_it_is_clearly_faster(
    tmp_path: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch, margin: float, expected: str
) -> None:
    monkeypatch.setattr(benchmark, "_CLEARLY_FASTER", margin)
    save_photos(tmp_path / "photos", 2)
    _, result = measured(BenchmarkRequest((tmp_path / "photos",), "tiny"), paths)
    chosen = {"first": result.engines[0], "fastest": min(result.engines, key=lambda each: each.pipeline_ms)}[expected]
    assert result.recommended == EngineChoice(engine=chosen.engine, device=chosen.device)


def test_an_engine_that_answers_otherwise_is_recommended_to_nobody(
    tmp_path: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pipeline(engine: Engine, card: Card, photos: Sequence[PhotoFile]) -> Racer:
        racer = real(engine, card, photos)
        if engine.name == "openvino":
            racer.labels = dict.fromkeys((photo.path for photo in photos), "another label")
            monkeypatch.setattr(racer, "take_turn", lambda: racer.seconds.append(1e-9))
        return racer

    real = benchmark.pipeline
    monkeypatch.setattr(benchmark, "pipeline", pipeline)
    save_photos(tmp_path / "photos", 2)
    _, result = measured(BenchmarkRequest((tmp_path / "photos",), "tiny"), paths)
    assert [(each.engine, each.equal_labels) for each in result.engines] == [("openvino", 0.0), ("torch", 1.0)]
    assert result.recommended == EngineChoice(engine="torch", device="cpu")


def test_early_exit_is_measured_beside_and_recommended_to_nobody(
    tmp_path: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(benchmark, "_CLEARLY_FASTER", 0.0)
    monkeypatch.setattr(benchmark, "torch_runs", lambda pack: False)
    pack = find_pack("tiny", paths.pack_shelves)
    write_form(paths.compiled_forms, pack.card, replace(convert(pack), sure=0.0))
    save_photos(tmp_path / "photos", 2)
    _, result = measured(BenchmarkRequest((tmp_path / "photos",), "tiny"), paths)
    assert [(each.engine, each.exits_early) for each in result.engines] == [("openvino", False), ("openvino", True)]
    assert result.recommended == EngineChoice(engine="openvino", device="cpu")
    assert not load_engine(pack, forms=paths.compiled_forms).exits_early


def test_what_it_recommends_is_used_from_then_on(tmp_path: Path, paths: Paths) -> None:
    save_photos(tmp_path / "photos", 1)
    _, result = measured(BenchmarkRequest((tmp_path / "photos",), "tiny"), paths)
    assert read_choice(paths.compiled_forms, find_pack("tiny", paths.pack_shelves)) == result.recommended
    assert result.kept


def test_every_contender_sees_a_mixture_of_the_folder(
    tmp_path: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_photos(tmp_path / "photos", 40)
    seen: list[list[str]] = []

    def decoding(card: Card, photos: Sequence[PhotoFile]) -> Racer:
        seen.append([photo.path.name for photo in photos])
        return real(card, photos)

    real = benchmark.decoding
    monkeypatch.setattr(benchmark, "decoding", decoding)
    measured(BenchmarkRequest((tmp_path / "photos",), "tiny"), paths)
    (order,) = seen
    assert sorted(order) != order and len(set(order)) == 40
    assert {order.index(name) < 20 for name in sorted(order)[:20]} == {True, False}


def test_where_there_is_no_torch_there_is_no_plain_way(
    tmp_path: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_photos(tmp_path / "photos", 2)
    monkeypatch.setattr(benchmark, "torch_runs", lambda pack: False)
    _, result = measured(BenchmarkRequest((tmp_path / "photos",), "tiny"), paths)
    assert result.plain_ms is None
    assert [(each.engine, each.times_as_fast, each.equal_labels) for each in result.engines] == [
        ("openvino", None, None)
    ]


def test_without_photos_it_says_so(tmp_path: Path, paths: Paths) -> None:
    with pytest.raises(SourceError, match="no usable photos"):
        next(benchmark.benchmark(BenchmarkRequest((tmp_path,), "tiny"), paths))


def test_an_unknown_architecture_is_told(tmp_path: Path, paths: Paths) -> None:
    save_photos(tmp_path / "photos", 1)
    with pytest.raises(TrainingError, match="no network 'nonsense'"):
        measured(BenchmarkRequest((tmp_path / "photos",), RandomPack("nonsense")), paths)


@pytest.mark.slow
def test_an_architecture_is_measured_in_8_bits_too(paths: Paths) -> None:
    moments, result = measured(BenchmarkRequest((), RandomPack("test_efficientnet", members=2)), paths)
    assert moments[0].total == 19  # photos that are drawn
    assert {each.engine for each in result.engines} >= {*CPU_ENGINES, "openvino-int8"}
    assert {each.equal_labels for each in result.engines} == {None}
    assert not list(paths.data.rglob("engine-*.json"))
    assert not result.kept


def test_the_command_prints_a_table_or_json(
    tmp_path: Path, tiny_shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_photos(tmp_path / "photos", 2)
    arguments = ["benchmark", str(tmp_path / "photos"), "--pack", str(tiny_shelf / "tiny")]
    arguments += ["--data-dir", str(tmp_path / "data")]
    assert run_program(arguments, lambda paths: 99) == 0
    told = capsys.readouterr()
    assert "Decoding alone" in told.out
    assert "for this pack" in told.out + told.err
    assert run_program([*arguments, "--json"], lambda paths: 99) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["recommended"]["engine"] in {each["engine"] for each in figures["engines"]}


def test_a_choice_that_cannot_be_kept_is_told_and_not_promised(
    tmp_path: Path, tiny_shelf: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def disk_is_full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("defect_desktop.workflows.benchmark.write_choice", disk_is_full)
    save_photos(tmp_path / "photos", 1)
    arguments = ["benchmark", str(tmp_path / "photos"), "--pack", str(tiny_shelf / "tiny")]
    assert run_program([*arguments, "--data-dir", str(tmp_path / "data")], lambda paths: 99) == 0
    told = " ".join("".join(capsys.readouterr()).split())
    assert "could not be saved, and auto is what it was" in told
    assert "From now on" not in told
