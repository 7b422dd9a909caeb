"""Measures a model pack on labelled photos, by the pipeline that classifies with it."""

from __future__ import annotations

import json
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from defect_desktop import settings
from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.paths import Paths
from defect_desktop.reports.replacing import prepare_folder, replacing
from defect_desktop.vision.engine import load_engine
from defect_desktop.vision.pack import find_pack

if TYPE_CHECKING:
    from defect_desktop.training.measurement.measure import Measurement
    from defect_desktop.training.measurement.subject import Subject

PAGE_FILE, JSON_FILE = "report.html", "evaluation.json"


@dataclass(frozen=True, slots=True)
class EvaluateRequest:
    """Measure `pack` (a name or a folder) on `data`, which holds a folder per class.

    With `report`, a folder, `PAGE_FILE` and `JSON_FILE` are written there. `error_rate` is the share of mistakes among
    unchecked photos (between 0 and 1) for which thresholds are proposed; `seed` is that of all that is random.
    """

    data: Path
    pack: str = settings.PACK.default
    engine: str = settings.ENGINE.default
    device: str = settings.DEVICE.default
    report: Path | None = None
    error_rate: float = 0.01
    seed: int = 0


def evaluate_pack(request: EvaluateRequest, paths: Paths) -> Generator[Progress, None, Measurement]:
    """Yields progress in photos, each counted once for every step it takes; returns what was found.

    A photo that cannot be read costs that photo. Raises PackError, DeviceError, SourceError, ReportError, DataSetError
    (among others where the pack does not know a class).
    """
    from defect_desktop.training.data.class_folders import require_outside
    from defect_desktop.training.data.data_set import read_data_set
    from defect_desktop.training.evaluation import predict
    from defect_desktop.training.measurement.measure import Plan, measure
    from defect_desktop.training.measurement.photos import STEPS, read_photos
    from defect_desktop.training.measurement.subject import Subject
    from defect_desktop.training.steps import retold

    if request.report:
        require_outside(request.report, (request.data,))
        prepare_folder(request.report, (PAGE_FILE, JSON_FILE))
    pack = find_pack(request.pack, paths.pack_shelves)
    data = read_data_set((request.data,), pack.card.labels)
    engine = load_engine(pack, request.engine, request.device, paths.compiled_forms)
    before = STEPS * len(data.paths)
    meter = ProgressMeter(before + len(data.paths))
    photos = yield from retold(
        read_photos(data, pack.card.photo_preprocessing()), lambda done: meter.advance(done - meter.now().done)
    )
    predictions = yield from retold(
        predict(engine, photos.cache), lambda done: meter.advance(before + done - meter.now().done)
    )
    found = measure(predictions, photos, pack.card, Plan(request.error_rate, request.seed))
    if request.report:
        subject = Subject(pack, request.data, engine.name, engine.device, datetime.now(UTC))
        _write_report(request.report, found, subject, paths.assets)
    return found


def _write_report(folder: Path, found: Measurement, subject: Subject, assets: Path) -> None:
    from defect_desktop.training.measurement.as_json import measurement_as_json
    from defect_desktop.training.measurement.page import evaluation_page

    texts = {
        JSON_FILE: json.dumps(measurement_as_json(found, subject), ensure_ascii=False, indent=1) + "\n",
        PAGE_FILE: evaluation_page(assets, found, subject),
    }
    for name, text in texts.items():
        with replacing(folder / name, "utf-8") as file:
            file.write(text)
