"""Which photos a review is about. Knows no Qt."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from defect_desktop.core.history import HistoryFilter, VerdictKind
from defect_desktop.core.place import Place, PlacePart
from defect_desktop.core.review import ReviewState

_WITH_VERDICT = frozenset({VerdictKind.NEEDS_CHECK, VerdictKind.SURE})
_OPEN = frozenset({ReviewState.UNREVIEWED})


class Scope(Enum):
    """What of the photos is listed: what needs a check, all that nobody has reviewed, or all.

    A photo that could not be opened has nothing to review, and is found among all.
    """

    CHECK = "check"
    OPEN = "open"
    ALL = "all"

    def within(self, where: HistoryFilter) -> HistoryFilter:
        """The part of a filter that is listed."""
        match self:
            case Scope.CHECK:
                return replace(where, reviews=_OPEN, verdicts=frozenset({VerdictKind.NEEDS_CHECK}))
            case Scope.OPEN:
                return replace(where, reviews=_OPEN, verdicts=_WITH_VERDICT)
            case Scope.ALL:
                return where


def unit_of(place: Place) -> HistoryFilter:
    """The photos of the unit that a place lies in; of what is known of it, where the unit is not."""
    parts = (PlacePart.PROJECT, PlacePart.BUILDING, PlacePart.UNIT)
    return HistoryFilter(place={part: place.value(part) for part in parts if place.value(part)})


def sure(where: HistoryFilter, confidence: float, *, with_checks: bool) -> HistoryFilter:
    """The photos that are accepted together: not reviewed, at least so sure, and in no need of a check unless asked."""
    verdicts = _WITH_VERDICT if with_checks else frozenset({VerdictKind.SURE})
    return replace(where, reviews=_OPEN, verdicts=verdicts, least_confidence=confidence)
