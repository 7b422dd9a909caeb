"""Measures a model pack on a folder of labelled photos, by the pipeline that classifies with it."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from defect_desktop import settings
from defect_desktop.core.printable import printable
from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.errors import DataSetError
from defect_desktop.paths import Paths
from defect_desktop.vision.engine import load_engine
from defect_desktop.vision.pack import find_pack

if TYPE_CHECKING:
    from defect_desktop.training.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class EvaluateRequest:
    """Measure `pack` (a name or a folder) on `data`, which holds a folder per class."""

    data: Path
    pack: str = settings.PACK.default
    engine: str = settings.ENGINE.default
    device: str = settings.DEVICE.default


def evaluate_pack(request: EvaluateRequest, paths: Paths) -> Generator[Progress, None, Evaluation]:
    """Yields progress in photos, read and then classified, so every photo counts twice; returns the evaluation.

    Raises PackError, DeviceError, SourceError, DataSetError (among others where the pack does not know a class).
    """
    from defect_desktop.training.data_set import read_data_set
    from defect_desktop.training.evaluation import evaluate, predict
    from defect_desktop.training.photo_cache import load_photos
    from defect_desktop.training.steps import retold

    pack = find_pack(request.pack, paths.pack_shelves)
    data = read_data_set((request.data,), pack.card.labels)
    engine = load_engine(pack, request.engine, request.device)
    meter = ProgressMeter(2 * len(data.paths))
    cache = yield from retold(load_photos(data, pack.card.photo_preprocessing()), lambda _: meter.advance(1))
    if not len(cache.targets):
        raise DataSetError(
            ko=f"'{printable(request.data)}'에서 읽을 수 있는 사진을 찾지 못했습니다. 폴더를 확인하세요.",
            en=f"No photo in '{printable(request.data)}' can be read; check the folder.",
        )
    before = meter.now().done
    predictions = yield from retold(
        predict(engine, cache), lambda done: meter.advance(before + done - meter.now().done)
    )
    return evaluate(predictions, cache, pack.card)
