"""Measures this machine: the pipeline against the plain way, on the same photos and pack, in one interleaved run."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from defect_desktop import settings
from defect_desktop.capture.folder import list_photos
from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.core.record import PhotoFile
from defect_desktop.errors import SourceError
from defect_desktop.paths import Paths
from defect_desktop.vision.engine import Engine, load_engine
from defect_desktop.vision.pack import Pack, find_pack
from defect_desktop.vision.pipeline import classify

if TYPE_CHECKING:
    from defect_desktop.vision.plain_baseline import PlainBaseline

ROUND = 25
"""Photos a round; each round runs both ways, so that a machine that slows down slows both."""


@dataclass(frozen=True, slots=True)
class BenchmarkRequest:
    """What to measure: the photos, the pack, and the engine and device of the pipeline (the plain way uses the CPU)."""

    sources: tuple[Path, ...]
    pack: str = settings.PACK.default
    engine: str = settings.ENGINE.default
    device: str = settings.DEVICE.default


@dataclass(frozen=True, slots=True)
class BenchmarkResult:
    """Medians over the rounds; `ratio` is how many times faster the pipeline was, round by round."""

    photos: int
    engine: str
    device: str
    plain_ms: float
    pipeline_ms: float
    ratio: float
    label_agreement: float


def benchmark(request: BenchmarkRequest, paths: Paths) -> Generator[Progress, None, BenchmarkResult]:
    """Yields progress after every round; returns the result. Raises SourceError, PackError, DeviceError."""
    from defect_desktop.vision.plain_baseline import PlainBaseline

    photos = list_photos(request.sources)
    if not photos:
        raise SourceError(
            ko="사진을 찾지 못했습니다. 먼저 'demo-data' 명령으로 연습용 사진을 그려도 됩니다.",
            en="There are no photos there; the command 'demo-data' can draw some to measure with.",
        )
    pack = find_pack(request.pack, paths.pack_shelves)
    plain = PlainBaseline(pack)
    engine = load_engine(pack, request.engine, request.device, paths.compiled_forms)
    # Both ways once, uncounted: the first photos pay for caches and kernels that later ones share.
    _plain_round(plain, photos[:2])
    _pipeline_round(pack, engine, photos[:2])

    meter = ProgressMeter(len(photos))
    plain_times, pipeline_times, equal = [], [], 0
    for chunk in _rounds(photos):
        plain_seconds, expected = _plain_round(plain, chunk)
        pipeline_seconds, labels = _pipeline_round(pack, engine, chunk)
        plain_times.append(plain_seconds / len(chunk))
        pipeline_times.append(pipeline_seconds / len(chunk))
        equal += sum(one == other for one, other in zip(expected, labels, strict=True))
        yield meter.advance(len(chunk))
    return BenchmarkResult(
        photos=len(photos),
        engine=engine.name,
        device=engine.device,
        plain_ms=median(plain_times) * 1000,
        pipeline_ms=median(pipeline_times) * 1000,
        ratio=median(slow / fast for slow, fast in zip(plain_times, pipeline_times, strict=True)),
        label_agreement=equal / len(photos),
    )


def _rounds(photos: Sequence[PhotoFile]) -> Generator[list[PhotoFile], None, None]:
    remaining = iter(photos)
    while chunk := list(islice(remaining, ROUND)):
        yield chunk


def _plain_round(plain: PlainBaseline, photos: Sequence[PhotoFile]) -> tuple[float, list[str]]:
    start = time.perf_counter()
    labels = [plain.label(photo.path) for photo in photos]
    return time.perf_counter() - start, labels


def _pipeline_round(pack: Pack, engine: Engine, photos: Sequence[PhotoFile]) -> tuple[float, list[str]]:
    start = time.perf_counter()
    outcomes = [outcome for batch in classify(photos, pack.card, engine) for outcome in batch]
    seconds = time.perf_counter() - start
    return seconds, [outcome.verdict.label if outcome.verdict else "" for outcome in outcomes]
