"""Measures how many photos a second train here, beside the plain loop that anybody would write with timm."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from defect_desktop.core.progress import Progress
from defect_desktop.training.recipes.budget import UNCHANGED, Budget

if TYPE_CHECKING:
    from defect_desktop.training.throughput.race import Throughput

__all__ = ["Budget", "TrainingBenchmarkRequest", "benchmark_training"]


@dataclass(frozen=True, slots=True)
class TrainingBenchmarkRequest:
    """What to train on and how; `device` is 'auto', 'cpu' or 'cuda'. Of the budget, members do not count."""

    sources: tuple[Path, ...]
    recipe: str
    budget: Budget = UNCHANGED
    device: str = "auto"


def benchmark_training(request: TrainingBenchmarkRequest) -> Generator[Progress, None, Throughput]:
    """Yields progress in photos; keeps nothing. Raises SourceError, DataSetError, DeviceError, TrainingError."""
    from defect_desktop.training.throughput.race import race

    return (yield from race(request.sources, request.recipe, request.budget, request.device))
