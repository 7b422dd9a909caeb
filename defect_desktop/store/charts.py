"""How many defects of which class there are where: the numbers behind the charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Select, and_, func, select, union_all

from defect_desktop.core.history import DefectCount, DefectCounts
from defect_desktop.core.review import ReviewState
from defect_desktop.store.criteria import View
from defect_desktop.store.dialect import unindexed
from defect_desktop.store.tables import Photo, PhotoLabel, PlaceRow

_PHOTOS = func.count().label("defects")
_GROUPS = func.count(Photo.group_id.distinct()).label("defects")
_ALONE = unindexed(Photo.group_id).is_(None)
_GROUPED = unindexed(Photo.group_id).is_not(None)


def count_defects(connection: Connection, view: View, parts: Sequence[str], most: int) -> DefectCounts:
    """The defects of a view, a place (by the columns `parts`) and a class; most first.

    Of the places, only the `most` that have most: a quarter of a million rows, made one by one in Python, would hold up
    every other thread.
    """
    counted = _by_parts(_of_places(view), parts).cte("counted")
    keys = [counted.c[part] for part in parts]
    defects = func.sum(counted.c.defects)
    sums = select(*keys, func.sum(defects).over().label("defects"), func.count().over().label("places"))
    largest = sums.group_by(*keys).order_by(defects.desc(), *keys).limit(most).subquery()
    shown = select(*keys, counted.c.label, counted.c.defects, largest.c.defects.label("total"), largest.c.places)
    shown = shown.join(largest, and_(True, *(key == largest.c[key.name] for key in keys)))
    rows = connection.execute(shown.order_by(counted.c.defects.desc(), *keys, counted.c.label)).all()
    counts = [DefectCount(tuple(place), label, number) for *place, label, number, _, _ in rows]
    return DefectCounts(counts, rows[0].total, rows[0].places) if rows else DefectCounts([], 0, 0)


def _by_parts(of_places: CompoundSelect[Any], parts: Sequence[str]) -> Select[Any]:
    """Sums the defects of the places that have the same parts: an index groups by place, and a sort would by part."""
    counted = of_places.subquery()
    keys = [func.coalesce(PlaceRow.__table__.c[part], "").label(part) for part in parts]
    summed = select(*keys, counted.c.label, func.sum(counted.c.defects).label("defects")).select_from(counted)
    return summed.join(PlaceRow, PlaceRow.id == counted.c.place_id, isouter=True).group_by(*keys, counted.c.label)


def _of_places(view: View) -> CompoundSelect[Any]:
    """Photos that stand for themselves, and groups of photos that show the same defect.

    They are counted apart: groups are few, and telling them apart among all photos takes half as long again.
    """
    alone, grouped = _said(view, _PHOTOS, _ALONE), _said(view, _GROUPS, _GROUPED)
    return union_all(*alone, *grouped)


def _said(view: View, defects: ColumnElement[int], condition: ColumnElement[bool]) -> tuple[Select[Any], Select[Any]]:
    """By the program of the photos that nobody reviewed, and by people: each defect that they named counts."""
    verdicts = view.select(Photo.place_id, Photo.ai_label.label("label"), defects).where(
        condition, unindexed(Photo.review) == ReviewState.UNREVIEWED.value, unindexed(Photo.ai_label).is_not(None)
    )
    named = view.select(Photo.place_id, PhotoLabel.label, defects).where(condition)
    return (
        verdicts.group_by(Photo.place_id, Photo.ai_label),
        named.join(PhotoLabel, PhotoLabel.photo_id == Photo.id).group_by(Photo.place_id, PhotoLabel.label),
    )
