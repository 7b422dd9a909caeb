"""The one pipeline from photos to outcomes; every front of the program is built on it.

Photos are read and decoded in threads beside the inference. Only so many are under way at once, so memory does not
grow with the batch, and the outcomes come in the order of the photos.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotDecodedYet
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from defect_desktop.core.decision import Verdict, decide
from defect_desktop.core.prediction import Prediction
from defect_desktop.core.quality import QualityFinding
from defect_desktop.core.record import Outcome, PhotoFile
from defect_desktop.errors import PhotoError, PhotoProblem
from defect_desktop.vision.card import Card
from defect_desktop.vision.engine import Engine
from defect_desktop.vision.photo_loader import decode_photo, read_photo, subject_distance
from defect_desktop.vision.preprocessing import Preprocessing
from defect_desktop.vision.quality import assess

PATIENCE_SECONDS = 0.5
"""A batch that has waited this long goes to the engine as it is: a slow drive must not hold results back."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A photo on its way to the engine: its pixels (height, width, 3), or the problem that there are none."""

    photo: PhotoFile
    content_hash: str
    pixels: NDArray[np.uint8] | None
    problem: PhotoProblem | None
    quality: tuple[QualityFinding, ...] = ()


def classify(photos: Iterable[PhotoFile], card: Card, engine: Engine) -> Generator[list[Outcome], None, None]:
    """The outcomes of all photos in their order, a batch at a time. Closing the iterator stops the decoders."""
    for batch in _batches(photos, card.photo_preprocessing(), engine.batch_size):
        yield _outcomes(batch, card, engine)


def prepare(photo: PhotoFile, preprocessing: Preprocessing) -> Prepared:
    """Reads, hashes, decodes, judges and fits one photo; what is wrong with it is part of the result, no exception."""
    content_hash = ""
    try:
        content = read_photo(photo.path)
        content_hash = hashlib.sha256(content).hexdigest()
        decoded = decode_photo(content, preprocessing.decode_side)
    except PhotoError as error:
        return Prepared(photo, content_hash, None, error.problem)
    quality = assess(decoded, subject_distance(content))
    return Prepared(photo, content_hash, preprocessing.fit(decoded), None, quality)


def prepare_all(photos: Iterable[PhotoFile], card: Card) -> Iterator[Prepared]:
    """All photos in their order, with all cores: what `classify` does but for the networks."""
    for batch in _batches(photos, card.photo_preprocessing(), size=8):
        yield from batch


def _batches(photos: Iterable[PhotoFile], preprocessing: Preprocessing, size: int) -> Iterator[list[Prepared]]:
    waiting = iter(photos)
    under_way: deque[Future[Prepared]] = deque()
    decoders = ThreadPoolExecutor(max_workers=os.cpu_count(), thread_name_prefix="decoder")
    try:
        while True:
            for photo in islice(waiting, 3 * size - len(under_way)):
                under_way.append(decoders.submit(prepare, photo, preprocessing))
            if not under_way:
                return
            yield _take(under_way, size)
    finally:
        decoders.shutdown(cancel_futures=True)


def _take(under_way: deque[Future[Prepared]], size: int) -> list[Prepared]:
    """The next photos in order: as many as `size`, or fewer, but at least one, if the rest let it wait too long."""
    batch = [under_way.popleft().result()]
    deadline = time.monotonic() + PATIENCE_SECONDS
    while under_way and len(batch) < size:
        try:
            batch.append(under_way[0].result(timeout=max(0.0, deadline - time.monotonic())))
        except NotDecodedYet:
            break
        under_way.popleft()
    return batch


def _outcomes(batch: list[Prepared], card: Card, engine: Engine) -> list[Outcome]:
    inputs = [prepared.pixels for prepared in batch if prepared.pixels is not None]
    verdicts = iter(_verdicts(np.stack(inputs), card, engine) if inputs else ())
    return [
        Outcome(prepared.photo, prepared.content_hash, problem=prepared.problem)
        if prepared.pixels is None
        else Outcome(prepared.photo, prepared.content_hash, verdict=next(verdicts), quality=prepared.quality)
        for prepared in batch
    ]


def _verdicts(inputs: NDArray[np.uint8], card: Card, engine: Engine) -> list[Verdict]:
    members_first = engine.predict(inputs)
    temperature, thresholds = card.decision_temperature(), card.decision_thresholds()
    return [
        decide(Prediction(members[~np.isnan(members[:, 0])]), card.labels, temperature, thresholds)
        for members in members_first.swapaxes(0, 1)
    ]
