"""What workflows tell the window while they run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from defect_desktop.core.record import PhotoFile, PhotoRecord
from defect_desktop.core.waiting import WaitingState
from defect_desktop.language import Bilingual

if TYPE_CHECKING:
    from defect_desktop.vision.card import Card


@dataclass(frozen=True, slots=True)
class Working:
    """The pack is loaded and proven on its device."""

    card: Card
    engine: str
    device: str
    note: str
    exits_early: bool | None = None
    """Whether the first network alone may answer; None where nobody asked for it."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A photo with the content of one that came before under another name: `first`. Each has its result."""

    photo: PhotoFile
    first: Path


@dataclass(frozen=True, slots=True)
class Worked:
    """Photos have their outcome, and it is safe in the database; `recalled` if an earlier run's result still stands."""

    records: list[PhotoRecord]
    repeats: list[Repeat]
    recalled: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How many photos of the queue are in each state, less what was worked since they were counted.

    That was `work_queue.COUNTING_SECONDS` ago at most.
    """

    counts: Mapping[WaitingState, int]

    def after(self, worked: int) -> Standing:
        """The same, once so many more of the waiting photos are done."""
        waiting = self.counts.get(WaitingState.WAITING, 0)
        return Standing({**self.counts, WaitingState.WAITING: max(0, waiting - worked)})


QueueEvent = Working | Worked | Standing


@dataclass(frozen=True, slots=True)
class LatestRun:
    """The run that was begun last, None where there is none yet, and the warning of the pack that made it, or will."""

    run_id: int | None
    notice: Bilingual | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """Some of the run's records, in the order of the run."""

    records: list[PhotoRecord]
