"""What can be asked of the history: filters, orders, and pages that go on where the last one ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum, auto

from defect_desktop.core.place import PlacePart
from defect_desktop.core.record import PhotoRecord
from defect_desktop.core.review import ReviewState


class LabelSource(Enum):
    """Whose label a filter by class is about.

    FINAL is what the charts count: a person's, else the program's, and for all photos of one defect the same.
    """

    EITHER = auto()
    PROGRAM = auto()
    PERSON = auto()
    FINAL = auto()


class VerdictKind(Enum):
    """What came of a photo: a verdict that a person must look at, one that stands, or none."""

    NEEDS_CHECK = auto()
    SURE = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """Which photos to show: those that meet every condition that is set. An empty condition is none.

    `place` names the values of some parts. `since` and `until` (exclusive) bound the time of the classification.
    `pack` is the fingerprint of a model pack. `text` is looked for in path, note, and the names of the classes, without
    regard to the case of Latin letters. `least_confidence` leaves out what is less sure, and what failed.
    """

    place: Mapping[PlacePart, str] = field(default_factory=dict)
    labels: frozenset[str] = frozenset()
    labels_of: LabelSource = LabelSource.EITHER
    verdicts: frozenset[VerdictKind] = frozenset()
    reviews: frozenset[ReviewState] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    pack: str | None = None
    text: str = ""
    least_confidence: float | None = None


EVERYTHING = HistoryFilter()


class Sort(StrEnum):
    """What the history can be ordered by, either way.

    RECENT is the order in which photos were classified, as the database numbered them: clocks go backwards. ATTENTION,
    ascending, is the order of the review: what needs a check first, the least sure first of all.
    """

    RECENT = "recent"
    PATH = "path"
    CONFIDENCE = "confidence"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the history. The default shows the newest first."""

    by: Sort = Sort.RECENT
    descending: bool = True


REVIEW_ORDER = Order(Sort.ATTENTION, descending=False)
"""What needs a check first."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row that was shown: its sort key, and the photo's number, which decides between equal keys."""

    key: object
    photo_id: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of the history, and where the next ones begin: None after the last."""

    records: list[PhotoRecord]
    after: Cursor | None


@dataclass(frozen=True, slots=True)
class DefectCount:
    """How many defects of one class a place has: every photo counts, those of one defect together once.

    A photo's class is what a person said, else what the program said; what a person called no defect, or could not
    tell, is none. `place` holds the values of the parts that were asked for.
    """

    place: tuple[str, ...]
    label: str
    defects: int


@dataclass(frozen=True, slots=True)
class DefectCounts:
    """The counts of the places with most defects; `defects` and `places` count all of them, those left out too."""

    counts: list[DefectCount]
    defects: int
    places: int


@dataclass(frozen=True, slots=True)
class PackUse:
    """A model pack that the history knows: its name, version, and the fingerprint to filter by."""

    name: str
    version: str
    fingerprint: str
