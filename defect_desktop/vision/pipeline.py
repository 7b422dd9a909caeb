"""The one pipeline from photos to outcomes; every front of the program is built on it.

Photos are read and decoded in threads beside the inference. Only so many are under way at once, so memory does not
grow with the batch, and the outcomes come in the order of the photos.
"""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotDecodedYet
from dataclasses import dataclass
from itertools import islice
from typing import Self

import numpy as np
from numpy.typing import NDArray

from defect_desktop.core.decision import Verdict, decide
from defect_desktop.core.prediction import Prediction
from defect_desktop.core.printable import printable
from defect_desktop.core.quality import QualityFinding
from defect_desktop.core.record import Outcome, PhotoFile
from defect_desktop.errors import DeviceError, PhotoError, PhotoProblem
from defect_desktop.vision.card import Card
from defect_desktop.vision.engine import AT_ONCE, Answer, Engine
from defect_desktop.vision.photo_loader import decode_photo, read_photo, subject_distance
from defect_desktop.vision.preprocessing import Preprocessing
from defect_desktop.vision.quality import assess

PATIENCE_SECONDS = 0.5
"""A batch that has waited this long goes to the engine as it is: a slow drive must not hold results back."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A photo on its way to the engine: its pixels (height, width, 3), or the problem that there are none."""

    photo: PhotoFile
    content_hash: str
    pixels: NDArray[np.uint8] | None
    problem: PhotoProblem | None
    quality: tuple[QualityFinding, ...] = ()


def classify(photos: Iterable[PhotoFile], card: Card, engine: Engine) -> Generator[list[Outcome], None, None]:
    """The outcomes of all photos in their order, a batch at a time. Closing the iterator stops the decoders.

    Where the next batch is waiting, it is started before the last one is answered, so that the device need not idle.
    """
    under_way: deque[_UnderWay] = deque()
    with _Decoders(photos, card.photo_preprocessing(), engine.batch_size) as decoders:
        while batch := decoders.take():
            under_way.append(_start(batch, engine))
            while len(under_way) == AT_ONCE or (under_way and not decoders.is_ready()):
                yield _outcomes(under_way.popleft(), card)


def prepare(photo: PhotoFile, preprocessing: Preprocessing) -> Prepared:
    """Reads, hashes, decodes, judges and fits one photo; what is wrong with it is part of the result, no exception."""
    content_hash = ""
    try:
        content = read_photo(photo.path)
        content_hash = hashlib.sha256(content).hexdigest()
        decoded = decode_photo(content, preprocessing.decode_side)
        quality = assess(decoded, subject_distance(content))
        return Prepared(photo, content_hash, preprocessing.fit(decoded), None, quality)
    except PhotoError as error:
        problem = error.problem
    except MemoryError:
        _log.exception("no memory for %s", printable(photo.path))
        problem = PhotoProblem.TOO_LARGE
    except Exception:  # noqa: BLE001 - a bug of ours: it would end this batch and every later one with this photo
        _log.exception("preparing %s failed", printable(photo.path))
        problem = PhotoProblem.CORRUPT
    return Prepared(photo, content_hash, None, problem)


def prepare_all(photos: Iterable[PhotoFile], card: Card) -> Iterator[Prepared]:
    """All photos in their order, with all cores: what `classify` does but for the networks."""
    with _Decoders(photos, card.photo_preprocessing(), size=8) as decoders:
        while batch := decoders.take():
            yield from batch


def prediction_of(members: NDArray[np.float32]) -> Prediction:
    """What the members that were asked say of one photo, from an engine's answer (members, classes).

    Raises DeviceError where that is no number: a verdict made of it would need no check, and could not be stored.
    """
    asked = members[~np.isnan(members).all(axis=1)]
    if not np.isfinite(members[0]).all() or not np.isfinite(asked).all():  # the first member is always asked
        raise DeviceError(
            ko="엔진이 사진의 확률을 숫자로 계산하지 못했습니다. 다른 엔진이나 장치를 고르세요"
            "(설정 또는 --device cpu).",
            en="The engine's answer for a photo is no number; choose another engine or device "
            "(Settings, or --device cpu).",
        )
    return Prediction(asked)


class _Decoders:
    """Threads that prepare photos ahead of those who take them, in batches of `size`."""

    def __init__(self, photos: Iterable[PhotoFile], preprocessing: Preprocessing, size: int) -> None:
        self._waiting = iter(photos)
        self._preprocessing = preprocessing
        self._size = size
        self._under_way: deque[Future[Prepared]] = deque()
        self._threads = ThreadPoolExecutor(max_workers=os.cpu_count(), thread_name_prefix="decoder")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)

    def is_ready(self) -> bool:
        """Whether a batch can be taken without waiting."""
        batch = list(islice(self._under_way, self._size))
        return bool(batch) and all(photo.done() for photo in batch)

    def take(self) -> list[Prepared]:
        """The next photos: a batch, or fewer, but at least one, if the rest let it wait too long; none at the end."""
        for photo in islice(self._waiting, 3 * self._size - len(self._under_way)):
            self._under_way.append(self._threads.submit(prepare, photo, self._preprocessing))
        if not self._under_way:
            return []
        batch = [self._under_way.popleft().result()]
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self._under_way and len(batch) < self._size:
            try:
                batch.append(self._under_way[0].result(timeout=max(0.0, deadline - time.monotonic())))
            except NotDecodedYet:
                break
            self._under_way.popleft()
        return batch


@dataclass(frozen=True, slots=True)
class _UnderWay:
    """A batch at the engine, and what waits for its answer; there is none for a batch without a usable photo."""

    batch: list[Prepared]
    answer: Answer | None


def _start(batch: list[Prepared], engine: Engine) -> _UnderWay:
    inputs = [prepared.pixels for prepared in batch if prepared.pixels is not None]
    return _UnderWay(batch, engine.start(np.stack(inputs)) if inputs else None)


def _outcomes(under_way: _UnderWay, card: Card) -> list[Outcome]:
    verdicts = iter(_verdicts(under_way.answer(), card) if under_way.answer else ())
    return [
        Outcome(prepared.photo, prepared.content_hash, problem=prepared.problem)
        if prepared.pixels is None
        else Outcome(prepared.photo, prepared.content_hash, verdict=next(verdicts), quality=prepared.quality)
        for prepared in under_way.batch
    ]


def _verdicts(members_first: NDArray[np.float32], card: Card) -> list[Verdict]:
    temperature, thresholds = card.decision_temperature(), card.decision_thresholds()
    return [
        decide(prediction_of(members), card.labels, temperature, thresholds) for members in members_first.swapaxes(0, 1)
    ]
