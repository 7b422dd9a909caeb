from __future__ import annotations

from pathlib import Path

import pytest

from defect_desktop.errors import SourceError
from defect_desktop.paths import Paths
from defect_desktop.workflows import benchmark
from defect_desktop.workflows.benchmark import BenchmarkRequest
from tests.photos import save_photos


def test_both_ways_are_measured_and_compared(tmp_path: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmark, "ROUND", 4)
    save_photos(tmp_path / "photos", 10)
    workflow = benchmark.benchmark(BenchmarkRequest((tmp_path / "photos",), pack="tiny", device="cpu"), paths)
    done = []
    while True:
        try:
            done.append(next(workflow).done)
        except StopIteration as finished:
            result = finished.value
            break
    assert done == [4, 8, 10]
    assert result.photos == 10
    assert result.label_agreement == 1.0
    assert result.plain_ms > 0
    assert result.pipeline_ms > 0
    assert result.ratio > 0


def test_without_photos_it_says_so(tmp_path: Path, paths: Paths) -> None:
    with pytest.raises(SourceError, match="no photos"):
        next(benchmark.benchmark(BenchmarkRequest((tmp_path,), pack="tiny"), paths))
