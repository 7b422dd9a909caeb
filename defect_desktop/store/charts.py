"""How many defects of which class there are where: the numbers behind the charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Select, func, select, union_all

from defect_desktop.core.history import DefectCount
from defect_desktop.core.review import ReviewState
from defect_desktop.store.criteria import View
from defect_desktop.store.dialect import unindexed
from defect_desktop.store.tables import Photo, PhotoLabel, PlaceRow

_DEFECTS = (func.count().filter(Photo.group_id.is_(None)) + func.count(Photo.group_id.distinct())).label("defects")
"""Photos that stand for themselves, and groups of photos that show the same defect."""


def count_defects(connection: Connection, view: View, parts: Sequence[str]) -> list[DefectCount]:
    """The defects of a view, a place (by the columns `parts`) and a class; most first."""
    said = _by_parts(union_all(_said_by_program(view), _said_by_people(view)), parts)
    return [DefectCount(tuple(place), label, defects) for *place, label, defects in connection.execute(said)]


def _said_by_program(view: View) -> Select[Any]:
    """Of the photos that nobody reviewed."""
    verdicts = view.select(Photo.place_id, Photo.ai_label.label("label"), _DEFECTS).where(
        unindexed(Photo.review) == ReviewState.UNREVIEWED.value, unindexed(Photo.ai_label).is_not(None)
    )
    return verdicts.group_by(Photo.place_id, Photo.ai_label)


def _said_by_people(view: View) -> Select[Any]:
    """Of the photos in which a person named defects: each of them counts."""
    named = view.select(Photo.place_id, PhotoLabel.label, _DEFECTS)
    return named.join(PhotoLabel, PhotoLabel.photo_id == Photo.id).group_by(Photo.place_id, PhotoLabel.label)


def _by_parts(of_places: CompoundSelect[Any], parts: Sequence[str]) -> Select[Any]:
    """Sums the defects of the places that have the same parts: an index groups by place, and a sort would by part."""
    counted = of_places.subquery()
    keys = [*(func.coalesce(PlaceRow.__table__.c[part], "") for part in parts), counted.c.label]
    defects = func.sum(counted.c.defects)
    summed = select(*keys, defects).select_from(counted).group_by(*keys)
    # Sorted here and not in Python, which would hold up every other thread while it sorts.
    return summed.join(PlaceRow, PlaceRow.id == counted.c.place_id, isouter=True).order_by(defects.desc(), *keys)
