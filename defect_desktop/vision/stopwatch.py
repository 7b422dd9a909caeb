"""What a benchmark times, each as a racer that takes its turns: the parts alone, the whole pipeline, the plain way."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path

import numpy as np

from defect_desktop.core.printable import printable
from defect_desktop.core.record import PhotoFile
from defect_desktop.vision.card import Card
from defect_desktop.vision.engine import Engine, answers
from defect_desktop.vision.pack import Pack
from defect_desktop.vision.pipeline import Prepared, classify, prepare_all

_log = logging.getLogger(__name__)

_TURN_SECONDS = 2.0
"""What a turn may take: a few times as long as a batch, and short enough that all share the machine's moods."""
_FEWEST, _MOST = 8, 2048
"""How many photos a turn has: the fewest give all cores something to do, the most keep the fastest from waiting."""
_FEWEST_BATCHES = 4
"""With fewer, the first and the last batch would weigh too much, of which one waits and the other is waited for."""

Labels = dict[Path, str]
Work = Callable[[Sequence[int]], Labels]
"""Does its work on the photos of these numbers, and says which labels they get, if it finds any."""


class Racer:
    """One way to work on the same photos, timed over and over.

    `seconds` holds what a photo took, turn by turn, and `labels` what the work said of which photo.
    """

    def __init__(self, work: Work, photos: int, batch: int = 1) -> None:
        self.seconds: list[float] = []
        self.labels: Labels = {}
        self._work = work
        self._batch = batch
        self._coming = cycle(range(photos))
        self._few = list(islice(self._coming, max(batch, 2)))
        self._count = _FEWEST

    def warm_up(self) -> None:
        """Works a little, uncounted: the first photos pay for caches and kernels that later ones share."""
        self._work(self._few)
        start = time.perf_counter()
        self._work(self._few)
        seconds = (time.perf_counter() - start) / len(self._few)
        fewest = max(_FEWEST, _FEWEST_BATCHES * self._batch)
        self._count = min(max(int(_TURN_SECONDS / seconds), fewest), _MOST) // self._batch * self._batch

    def take_turn(self) -> None:
        """Works on the next photos, and counts."""
        numbers = list(islice(self._coming, self._count))
        start = time.perf_counter()
        labels = self._work(numbers)
        self.seconds.append((time.perf_counter() - start) / len(numbers))
        self.labels |= labels


def decoding(card: Card, photos: Sequence[PhotoFile]) -> Racer:
    """Reading, decoding and fitting, with all cores and nothing beside it."""

    def work(numbers: Sequence[int]) -> Labels:
        for _ in prepare_all((photos[number] for number in numbers), card):
            pass
        return {}

    return Racer(work, len(photos))


def inference(engine: Engine, prepared: Sequence[Prepared]) -> Racer:
    """The networks alone, in batches as the pipeline has them when decoding is never waited for."""
    pixels = [each.pixels for each in prepared if each.pixels is not None]

    def work(numbers: Sequence[int]) -> Labels:
        starts = range(0, len(numbers), engine.batch_size)
        batches = (
            np.stack([pixels[number] for number in numbers[start : start + engine.batch_size]]) for start in starts
        )
        for _ in answers(engine, batches):
            pass
        return {}

    return Racer(work, len(pixels), engine.batch_size)


def pipeline(engine: Engine, card: Card, photos: Sequence[PhotoFile]) -> Racer:
    """What the program does: from files to verdicts."""

    def work(numbers: Sequence[int]) -> Labels:
        batches = classify((photos[number] for number in numbers), card, engine)
        outcomes = [outcome for batch in batches for outcome in batch]
        return {each.photo.path: each.verdict.label for each in outcomes if each.verdict}

    return Racer(work, len(photos), engine.batch_size)


def plain_way(pack: Pack, photos: Sequence[PhotoFile]) -> Racer:
    """Photo by photo without any of this program: see `vision.plain_baseline`. It needs torch.

    A photo that it cannot take, where this program can, goes without a label.
    """
    from defect_desktop.vision.plain_baseline import PlainBaseline

    plain = PlainBaseline(pack)

    def work(numbers: Sequence[int]) -> Labels:
        labels = {}
        for path in (photos[number].path for number in numbers):
            try:
                labels[path] = plain.label(path)
            except Exception as error:  # noqa: BLE001 - Pillow raises anything on odd EXIF, which cameras do write
                _log.info("the plain way cannot take %s: %s", printable(path), error)
        return labels

    return Racer(work, len(photos))


def plain_inference(pack: Pack, prepared: Sequence[Prepared], batch: int) -> Racer:
    """The networks alone on the CUDA card, `batch` photos at once, without any of this program: it needs torch."""
    from defect_desktop.vision.plain_baseline import PlainOnCard

    return inference(PlainOnCard(pack, batch), prepared)
