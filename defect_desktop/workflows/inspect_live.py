"""Inspects what a camera sees: a running verdict on its picture, and photos when the shutter is pressed.

The running verdict goes through the same preprocessing, engine and decision as a photo does; it is smoothed over about
half a second (`core.running`), because single frames flicker. It is a hint while one is looking for a good photo, and
is not stored. What is stored is the verdict on the photo: the file is read back and goes through the one pipeline.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from defect_desktop import settings
from defect_desktop.capture.camera import Camera, CameraStatus, Frame
from defect_desktop.capture.video import CameraSource
from defect_desktop.core.decision import Verdict, decide
from defect_desktop.core.place import NOWHERE, Place
from defect_desktop.core.prediction import Prediction
from defect_desktop.core.quality import QualityFinding
from defect_desktop.core.record import Outcome, PhotoRecord
from defect_desktop.core.running import RunningPrediction
from defect_desktop.core.waiting import PhotoSource
from defect_desktop.errors import UserError
from defect_desktop.language import Bilingual
from defect_desktop.paths import Paths
from defect_desktop.preferences import AS_THE_PACK_SAYS, OwnThresholds
from defect_desktop.store.database import Database
from defect_desktop.vision.card import Card
from defect_desktop.vision.engine import Engine, load_engine
from defect_desktop.vision.goal import Goal
from defect_desktop.vision.pack import Pack, find_pack
from defect_desktop.vision.pipeline import classify, prediction_of
from defect_desktop.vision.quality import assess
from defect_desktop.workflows.keep_picture import keep_picture
from defect_desktop.workflows.own_thresholds import judged_by
from defect_desktop.workflows.run_settings import run_settings

HEARTBEAT_SECONDS = 0.25
"""Whoever drives the inspection hears from it, and can stop it, at least so often."""

MOST_A_SECOND = 20.0
"""More verdicts a second help nobody, and would leave the window no processor to paint with."""

SHUTTER_SECONDS = 3.0
"""A photo is given up if the camera shows nothing new for so long after the shutter was pressed."""


@dataclass(frozen=True, slots=True)
class LiveRequest:
    """Which camera to look through, and what to judge with; `thresholds` stand in for the pack's."""

    camera: CameraSource
    pack: str = settings.PACK.default
    engine: str = settings.ENGINE.default
    device: str = settings.DEVICE.default
    thresholds: OwnThresholds = AS_THE_PACK_SAYS


class Shutter:
    """What a photo is asked for with. Any thread may press it; pressed again before the photo is taken, it is one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pressed: tuple[float, Place] | None = None

    def press(self, place: Place = NOWHERE) -> None:
        """Asks for a photo of what the camera sees from now on, taken in `place`."""
        with self._lock:
            since = self._pressed[0] if self._pressed else time.monotonic()
            self._pressed = since, place

    def pressed(self) -> tuple[float, Place] | None:
        """Since when, in seconds of `time.monotonic()`, a photo is asked for, and where; None where it is not."""
        with self._lock:
            return self._pressed

    def release(self) -> None:
        """The photo was taken, or cannot be."""
        with self._lock:
            self._pressed = None


@dataclass(frozen=True, slots=True)
class Live:
    """The pack is loaded and proven on its device; the camera may still be opening."""

    card: Card
    engine: str
    device: str
    note: str


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A frame and what is said of it alone, and, with what was said of those before it, smoothed: `running`.

    `quality` holds the reasons why a photo of it would be a bad one. `seconds` passed from the frame to its verdict.
    """

    frame: Frame
    verdict: Verdict
    running: Verdict
    quality: tuple[QualityFinding, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Captured:
    """A photo was taken; it and its verdict are safe."""

    record: PhotoRecord


@dataclass(frozen=True, slots=True)
class NotCaptured:
    """A photo that was asked for could not be taken or recorded; the inspection goes on."""

    reason: Bilingual


LiveEvent = Live | CameraStatus | Seen | Captured | NotCaptured


def inspect_live(request: LiveRequest, paths: Paths, shutter: Shutter) -> Generator[LiveEvent, None, None]:
    """Yields `Live` once, frames as they are `Seen`, the camera's status when it changes, and what became of photos.

    It never ends; closing the generator ends it. While there are no frames the camera's status is yielded every
    `HEARTBEAT_SECONDS`; a camera that is lost comes back by itself. Raises PackError, DeviceError, StoreError.
    """
    pack = judged_by(find_pack(request.pack, paths.pack_shelves), request.thresholds)
    with Database.open(paths.database) as database, Camera(request.camera) as camera:
        engine = load_engine(pack, request.engine, request.device, paths.compiled_forms, Goal.LATENCY)
        yield Live(pack.card, engine.name, engine.device, engine.note)
        album = _Album(database, paths, pack, engine, request)
        try:
            yield from _Inspection(camera, shutter, pack.card, engine, album).run()
        except GeneratorExit:  # the only way in which an inspection ends as it should
            album.close()
            raise


class _Inspection:
    """One inspection under way."""

    def __init__(self, camera: Camera, shutter: Shutter, card: Card, engine: Engine, album: _Album) -> None:
        self._camera = camera
        self._shutter = shutter
        self._card = card
        self._engine = engine
        self._album = album
        self._preprocessing = card.photo_preprocessing()
        self._running = RunningPrediction()

    def run(self) -> Generator[LiveEvent, None, None]:
        told: CameraStatus | None = None
        while True:
            begin = time.monotonic()
            frame = self._camera.newest(HEARTBEAT_SECONDS)
            status = self._camera.status
            if status != told or frame is None:
                told = status
                yield status
            if frame:
                yield self._judge(frame)
            yield from self._answer_shutter(frame, status)
            time.sleep(max(0.0, begin + 1 / MOST_A_SECOND - time.monotonic()))

    def _judge(self, frame: Frame) -> Seen:
        small = _reduced(frame.pixels, self._preprocessing.decode_side)
        prediction = prediction_of(self._engine.predict(np.stack([self._preprocessing.fit(small)]))[:, 0])
        verdict, running = self._decide(prediction), self._decide(self._running.add(prediction, frame.taken))
        return Seen(frame, verdict, running, assess(small), time.monotonic() - frame.taken)

    def _decide(self, prediction: Prediction) -> Verdict:
        card = self._card
        return decide(prediction, card.labels, card.decision_temperature(), card.decision_thresholds())

    def _answer_shutter(self, frame: Frame | None, status: CameraStatus) -> Generator[LiveEvent, None, None]:
        pressed = self._shutter.pressed()
        if pressed is None:
            return
        since, place = pressed
        if frame and frame.taken >= since:
            self._shutter.release()
            yield self._album.capture(frame, place)
        elif time.monotonic() - since > SHUTTER_SECONDS:
            self._shutter.release()
            yield NotCaptured(status.trouble or _NOTHING_TO_SEE)


def _reduced(pixels: NDArray[np.uint8], least_side: int) -> NDArray[np.uint8]:
    """A frame (H, W, 3) as a reduced decode of its photo would give it: its shorter side no shorter than that."""
    factor = min(pixels.shape[:2]) // least_side
    return np.asarray(Image.fromarray(pixels).reduce(factor)) if factor > 1 else pixels


class _Album:
    """The photos of one inspection, which are one run, begun with the first of them."""

    def __init__(self, database: Database, paths: Paths, pack: Pack, engine: Engine, request: LiveRequest) -> None:
        self._database = database
        self._captures = paths.captures
        self._card = pack.card
        self._engine = engine
        options = {"camera": request.camera.name, "engine": request.engine, "device": request.device}
        self._settings = run_settings(pack, engine, options)
        self._run_id: int | None = None
        self._count = 0

    def capture(self, frame: Frame, place: Place) -> Captured | NotCaptured:
        """Keeps a frame as a photo and classifies it; it waits in the queue meanwhile, should the program be killed."""
        taken_at = datetime.now().astimezone() - timedelta(seconds=time.monotonic() - frame.taken)
        try:
            photo = keep_picture(frame.pixels, taken_at, self._captures)
            self._database.queue.add([photo], PhotoSource.CAMERA, place)
            if self._run_id is None:
                self._run_id = self._database.begin_run(self._settings)
            ((outcome,),) = classify([photo], self._card, self._engine)
            record = self._record(self._run_id, outcome, place)
        except UserError as error:
            return NotCaptured(error.sentence)
        self._count += 1
        return Captured(record)

    def _record(self, run_id: int, outcome: Outcome, place: Place) -> PhotoRecord:
        """Keeps an outcome, or takes over that of whoever works the queue, and was faster."""
        photo = outcome.photo
        if done := self._database.find_done(self._settings.fingerprint, [photo]):
            self._database.link_done(run_id, [(self._count, done[photo])], place)
            return next(self._database.records(run_id, self._count))
        (record,) = self._database.add_outcomes(run_id, [(self._count, outcome)], place)
        return record

    def close(self) -> None:
        """Ends the run."""
        if self._run_id is not None:
            self._database.finish_run(self._run_id, "finished")


_NOTHING_TO_SEE = Bilingual(
    ko="카메라에서 새 화면이 오지 않아 사진을 찍지 못했습니다. 카메라를 확인하고 다시 찍으세요.",
    en="No photo was taken: the camera shows nothing new. Check the camera and take it again.",
)
