"""Classifies the photos in files and folders, and keeps every outcome in the results database as it comes."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from defect_desktop import settings
from defect_desktop.core.printable import printable
from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.core.record import PhotoFile, PhotoRecord
from defect_desktop.paths import Paths
from defect_desktop.preferences import AS_THE_PACK_SAYS, OwnThresholds
from defect_desktop.store.database import Database
from defect_desktop.store.summary import RunSummary
from defect_desktop.vision.card import Card
from defect_desktop.vision.early_exit import require_early_exit
from defect_desktop.vision.engine import Engine, fewest_asked, load_engine
from defect_desktop.vision.pack import Pack, find_pack
from defect_desktop.vision.pipeline import classify
from defect_desktop.workflows.find_photos import find_photos
from defect_desktop.workflows.own_thresholds import judged_by
from defect_desktop.workflows.run_settings import run_settings


@dataclass(frozen=True, slots=True)
class ClassifyRequest:
    """What the user asked for. With `again`, photos that are done already are classified once more.

    `thresholds` stand in for the pack's, for photos that are classified now. With `early_exit`, only the first network
    is asked where it is sure.
    """

    sources: tuple[Path, ...]
    pack: str = settings.PACK.default
    engine: str = settings.ENGINE.default
    device: str = settings.DEVICE.default
    again: bool = False
    early_exit: bool = False
    thresholds: OwnThresholds = AS_THE_PACK_SAYS


@dataclass(frozen=True, slots=True)
class Started:
    """The run is set up: the pack is loaded, proven on its device, and the photos are counted."""

    run_id: int
    card: Card
    engine: str
    device: str
    note: str
    total: int
    done_before: int


@dataclass(frozen=True, slots=True)
class Advanced:
    """Some photos have their outcome, and it is safe in the database."""

    progress: Progress
    records: list[PhotoRecord]


ClassifyEvent = Started | Advanced


def classify_photos(request: ClassifyRequest, paths: Paths) -> Generator[ClassifyEvent, None, RunSummary]:
    """Yields `Started` once and then `Advanced` for every batch; returns the summary.

    Closing the generator cancels the run: what is done stays, and the same request goes on from there. Photos that an
    earlier run classified with the same pack, unchanged since, are taken from it unless `request.again`.
    Raises SourceError, PackError, DeviceError, StoreError; a photo that cannot be used is an outcome, not an error.
    """
    photos = find_photos(request.sources)
    pack = judged_by(find_pack(request.pack, paths.pack_shelves), request.thresholds)
    with Database.open(paths.database) as database:
        engine = load_engine(pack, request.engine, request.device, paths.compiled_forms, early_exit=request.early_exit)
        if request.early_exit:
            require_early_exit(engine, pack)
        run_id = database.begin_run(run_settings(pack, engine, _options(request)))
        try:
            summary = yield from _run(database, run_id, request, photos, pack, engine)
        except GeneratorExit:
            database.finish_run(run_id, "cancelled")
            raise
        database.finish_run(run_id, "finished")
        return summary


def _run(
    database: Database, run_id: int, request: ClassifyRequest, photos: list[PhotoFile], pack: Pack, engine: Engine
) -> Generator[ClassifyEvent, None, RunSummary]:
    done = {} if request.again else database.find_done(pack.fingerprint, photos, fewest_asked(engine, pack))
    if done:
        database.link_done(run_id, [(position, done[photo]) for position, photo in enumerate(photos) if photo in done])
    yield Started(run_id, pack.card, engine.name, engine.device, engine.note, len(photos), len(done))

    positions = {photo: position for position, photo in enumerate(photos)}
    meter = ProgressMeter(len(photos), free=len(done))
    for outcomes in classify((photo for photo in photos if photo not in done), pack.card, engine):
        records = database.add_outcomes(run_id, [(positions[outcome.photo], outcome) for outcome in outcomes])
        yield Advanced(meter.advance(len(records)), records)
    return database.summary(run_id)


def _options(request: ClassifyRequest) -> dict[str, object]:
    return {
        "sources": [printable(source) for source in request.sources],
        "engine": request.engine,
        "device": request.device,
        "again": request.again,
    }
