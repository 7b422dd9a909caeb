"""How many defects of which class there are where: the numbers behind the charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, and_, func, select, union_all

from defect_desktop.core.history import DefectCount, DefectCounts
from defect_desktop.store.criteria import View
from defect_desktop.store.dialect import unindexed
from defect_desktop.store.final_labels import labels_of_groups, said_by_program
from defect_desktop.store.tables import Photo, PhotoLabel, PlaceRow


def count_defects(connection: Connection, view: View, parts: Sequence[str], most: int) -> DefectCounts:
    """The defects of a view, a place (by the columns `parts`) and a class; most first.

    Of the places, only the `most` that have most: a quarter of a million rows, made one by one in Python, would hold up
    every other thread.
    """
    counted = _by_parts(view, parts).cte("counted")
    keys = [counted.c[part] for part in parts]
    defects = func.sum(counted.c.defects)
    sums = select(*keys, func.sum(defects).over().label("defects"), func.count().over().label("places"))
    largest = sums.group_by(*keys).order_by(defects.desc(), *keys).limit(most).subquery()
    shown = select(*keys, counted.c.label, counted.c.defects, largest.c.defects.label("total"), largest.c.places)
    shown = shown.join(largest, and_(True, *(key == largest.c[key.name] for key in keys)))
    rows = connection.execute(shown.order_by(counted.c.defects.desc(), *keys, counted.c.label)).all()
    counts = [DefectCount(tuple(place), label, number) for *place, label, number, _, _ in rows]
    return DefectCounts(counts, rows[0].total, rows[0].places) if rows else DefectCounts([], 0, 0)


def _by_parts(view: View, parts: Sequence[str]) -> Select[Any]:
    """The defects of the places that have the same parts: photos that stand for themselves, and groups of one defect.

    They are counted apart: groups are few, and telling them apart among all photos takes half as long again. A group
    counts once in each of the places where its photos were taken, whatever each photo alone would be called.
    """
    alone, grouped = union_all(*_alone(view)).subquery(), _grouped(view).subquery()
    both = union_all(
        _placed(alone, func.sum(alone.c.defects), parts),
        _placed(grouped, func.count(grouped.c.group_id.distinct()), parts),
    ).subquery()
    keys = [both.c[part] for part in parts]
    return select(*keys, both.c.label, func.sum(both.c.defects).label("defects")).group_by(*keys, both.c.label)


def _placed(said: Subquery, defects: ColumnElement[int], parts: Sequence[str]) -> Select[Any]:
    """By the parts of the places: an index groups by place, and a sort would by part."""
    keys = [func.coalesce(PlaceRow.__table__.c[part], "").label(part) for part in parts]
    counted = select(*keys, said.c.label, defects.label("defects")).select_from(said)
    return counted.join(PlaceRow, PlaceRow.id == said.c.place_id, isouter=True).group_by(*keys, said.c.label)


def _alone(view: View) -> Iterator[Select[Any]]:
    defects, alone = func.count().label("defects"), unindexed(Photo.group_id).is_(None)
    verdicts = view.select(Photo.place_id, Photo.ai_label.label("label"), defects).where(alone, said_by_program())
    yield verdicts.group_by(Photo.place_id, Photo.ai_label)
    named = view.select(Photo.place_id, PhotoLabel.label, defects).join(PhotoLabel, PhotoLabel.photo_id == Photo.id)
    yield named.where(alone).group_by(Photo.place_id, PhotoLabel.label)


def _grouped(view: View) -> Select[Any]:
    called = labels_of_groups().subquery()
    grouped = view.select(Photo.place_id, called.c.label, Photo.group_id).where(Photo.group_id.is_not(None))
    return grouped.join(called, called.c.group_id == Photo.group_id)
