"""How many defects of which class there are where: the numbers behind the charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from defect_desktop.core.history import DefectCount
from defect_desktop.core.review import ReviewState
from defect_desktop.store.criteria import View
from defect_desktop.store.dialect import unindexed
from defect_desktop.store.tables import Photo, PhotoLabel, PlaceRow

_DEFECTS = (func.count().filter(Photo.group_id.is_(None)) + func.count(Photo.group_id.distinct())).label("defects")
"""Photos that stand for themselves, and groups of photos that show the same defect."""


def count_defects(connection: Connection, view: View, parts: Sequence[str]) -> list[DefectCount]:
    """The defects of a view, a place (by the columns `parts`) and a class; most first."""
    rows = connection.execute(select(PlaceRow.__table__)).mappings()
    places = {row["id"]: tuple(row[part] for part in parts) for row in rows}
    nowhere = ("",) * len(parts)
    where = [Photo.place_id] if parts else []
    counts: Counter[tuple[tuple[str, ...], str]] = Counter()
    for statement in (_said_by_program(view, where), _said_by_people(view, where)):
        for row in connection.execute(statement):
            place = places.get(row.place_id, nowhere) if parts else nowhere
            counts[place, row.label] += row.defects
    return [DefectCount(place, label, defects) for (place, label), defects in counts.most_common()]


def _said_by_program(view: View, where: Sequence[InstrumentedAttribute[Any]]) -> Select[Any]:
    """Of the photos that nobody reviewed."""
    unreviewed = unindexed(Photo.review) == ReviewState.UNREVIEWED.value
    verdicts = view.select(*where, Photo.ai_label.label("label"), _DEFECTS).where(
        unreviewed, unindexed(Photo.ai_label).is_not(None)
    )
    return verdicts.group_by(*where, Photo.ai_label)


def _said_by_people(view: View, where: Sequence[InstrumentedAttribute[Any]]) -> Select[Any]:
    """Of the photos in which a person named defects: each of them counts."""
    named = view.select(*where, PhotoLabel.label, _DEFECTS).join(PhotoLabel, PhotoLabel.photo_id == Photo.id)
    return named.group_by(*where, PhotoLabel.label)
