"""What a CUDA card makes of a pack's networks alone: this program's engine beside the plain way, one photo and many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from defect_desktop.vision.engine import load_engine
from defect_desktop.vision.goal import Goal
from defect_desktop.vision.pack import Pack
from defect_desktop.vision.pipeline import Prepared
from defect_desktop.vision.stopwatch import Racer, inference, plain_inference

PLAIN_BATCH = 64
"""Photos at once, the plain way: enough to keep a large card busy."""


@dataclass(frozen=True, slots=True)
class CardFigures:
    """Milliseconds a photo of a pack's networks alone, photos copied to the card and answers back: medians.

    One photo after another (`frame`), and in batches; `plain` is timm's eager single precision. The ratios are taken
    round by round.
    """

    frame_ms: float
    plain_frame_ms: float
    frame_times_as_fast: float
    batch_ms: float
    plain_batch_ms: float
    batch_times_as_fast: float


class CardRace:
    """The racers on the card besides the engine for folders, whose inference alone is the racer `batch`.

    Raises DeviceError where the card's memory does not suffice.
    """

    def __init__(self, pack: Pack, forms: Path, prepared: Sequence[Prepared], batch: Racer) -> None:
        self._batch = batch
        self._frame = inference(load_engine(pack, "torch", "cuda", forms, Goal.LATENCY), prepared)
        self._plain_frame = plain_inference(pack, prepared, 1)
        self._plain_batch = plain_inference(pack, prepared, PLAIN_BATCH)
        self.racers = (self._frame, self._plain_frame, self._plain_batch)
        for racer in self.racers:
            racer.warm_up()

    def figures(self) -> CardFigures:
        """After all racers, that of the batches too, have taken their turns."""
        return CardFigures(
            frame_ms=1000 * median(self._frame.seconds),
            plain_frame_ms=1000 * median(self._plain_frame.seconds),
            frame_times_as_fast=_ratio(self._plain_frame, self._frame),
            batch_ms=1000 * median(self._batch.seconds),
            plain_batch_ms=1000 * median(self._plain_batch.seconds),
            batch_times_as_fast=_ratio(self._plain_batch, self._batch),
        )


def _ratio(slow: Racer, fast: Racer) -> float:
    return median(one / other for one, other in zip(slow.seconds, fast.seconds, strict=True))
