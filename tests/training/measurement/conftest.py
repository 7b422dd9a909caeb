"""A pack's card, and predictions to measure, without a network having run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from defect_desktop.errors import PhotoProblem
from defect_desktop.training.measurement.measure import Measurement, Plan, measure
from defect_desktop.training.measurement.photos import MeasuredPhotos
from defect_desktop.training.measurement.subject import Subject
from defect_desktop.training.photo_cache import PhotoCache
from defect_desktop.vision.pack import Pack, open_pack
from tests.photos import save_photos

SUPPORT = {"훼손": 40, "창틀,문틀수정": 25, "오염": 3}
"""Photos a class: the pack's fourth class, `=cmd`, has none."""


@pytest.fixture
def pack(tiny_shelf: Path) -> Pack:
    return open_pack(tiny_shelf / "tiny")


@pytest.fixture
def subject(pack: Pack, tmp_path: Path) -> Subject:
    return Subject(pack, tmp_path, "torch", "cpu", datetime(2026, 11, 24, 9, 30, tzinfo=UTC))


@pytest.fixture
def cache(pack: Pack, tmp_path: Path) -> PhotoCache:
    targets = np.repeat([pack.card.labels.index(label) for label in SUPPORT], list(SUPPORT.values()))
    failures = ((tmp_path / "훼손" / "<broken>.jpg", PhotoProblem.TRUNCATED),)
    return PhotoCache(pack.card.labels, np.empty((len(targets), 0, 0, 3), np.uint8), targets, failures, "f" * 64)


@pytest.fixture
def predictions(cache: PhotoCache) -> np.ndarray:
    """The softmax of three members that are mostly right: (photos, 3, 4)."""
    generator = np.random.default_rng(3)
    logits = 2.2 * np.eye(4)[cache.targets][:, np.newaxis] + generator.normal(0, 1, (len(cache.targets), 3, 4))
    softmax = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
    return softmax.astype(np.float32)


@pytest.fixture
def measured(cache: PhotoCache, pack: Pack, tmp_path: Path) -> Callable[[np.ndarray], Measurement]:
    """Measures predictions of the photos in `cache`; one photo is there as a file."""
    photo = save_photos(tmp_path / "사진", 1)[0]
    paths = (photo,) * len(cache.targets)
    photos = MeasuredPhotos(cache, paths, np.arange(len(paths)))
    return lambda predictions: measure(predictions, photos, pack.card, Plan(error_rate=0.1, seed=0))
