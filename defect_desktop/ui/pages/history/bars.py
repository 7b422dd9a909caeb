"""The numbers behind the charts, a bar a place or a class. Knows nothing of Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from defect_desktop.core.history import DefectCount

NAMED = 4
"""Classes that a bar names: of twenty thousand places, no more is worth keeping."""


@dataclass(frozen=True, slots=True)
class Bar:
    """So many defects in one place (all of them: empty); `labels` names the most frequent classes with their counts."""

    place: tuple[str, ...]
    defects: int
    labels: tuple[tuple[str, int], ...]


def bars_by_place(counts: Iterable[DefectCount]) -> list[Bar]:
    """A bar a place, the longest first."""
    places: dict[tuple[str, ...], Counter[str]] = {}
    for each in counts:
        places.setdefault(each.place, Counter())[each.label] += each.defects
    bars = [Bar(place, labels.total(), tuple(labels.most_common(NAMED))) for place, labels in places.items()]
    return sorted(bars, key=lambda bar: (-bar.defects, bar.place))


def bars_by_class(counts: Iterable[DefectCount]) -> list[Bar]:
    """A bar a class, the longest first."""
    labels: Counter[str] = Counter()
    for each in counts:
        labels[each.label] += each.defects
    return [Bar((), defects, ((label, defects),)) for label, defects in labels.most_common()]
