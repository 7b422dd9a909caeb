"""What counts in the end: what people said of a photo, else what the program says; one word for all photos of a defect.

What people said of any photo of a defect goes for all of them, and else what the program is surest of: wherever they
were taken, and whichever of them a filter lets through.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, func, select, union

from defect_desktop.core.review import ReviewState
from defect_desktop.store.dialect import unindexed
from defect_desktop.store.tables import Photo, PhotoLabel

_JUDGED = [state.value for state in (ReviewState.ACCEPTED, ReviewState.CORRECTED, ReviewState.NOT_A_DEFECT)]
_GROUPED = Photo.group_id.is_not(None)


def said_by_program() -> ColumnElement[bool]:
    """Whether the program's verdict on a photo stands."""
    return and_(unindexed(Photo.review) == ReviewState.UNREVIEWED.value, unindexed(Photo.ai_label).is_not(None))


def labels_of_groups() -> CompoundSelect[Any]:
    """What the defects that several photos show are called: pairs of a group and a label."""
    named = select(Photo.group_id, PhotoLabel.label).join(PhotoLabel, PhotoLabel.photo_id == Photo.id).where(_GROUPED)
    judged = select(Photo.group_id).where(_GROUPED, unindexed(Photo.review).in_(_JUDGED))
    sureness = func.row_number().over(partition_by=Photo.group_id, order_by=(Photo.confidence.desc(), Photo.id))
    verdicts = select(Photo.group_id, Photo.ai_label.label("label"), sureness.label("place"))
    verdicts = verdicts.where(_GROUPED, Photo.group_id.not_in(judged), said_by_program())
    ranked = verdicts.subquery()
    return union(named, select(ranked.c.group_id, ranked.c.label).where(ranked.c.place == 1))


def photos_of_groups(labels: Iterable[str]) -> Select[Any]:
    """The photos of those defects of several photos that have one of these labels."""
    called = labels_of_groups().subquery()
    groups = select(called.c.group_id).where(called.c.label.in_(labels))
    return select(Photo.id).where(Photo.group_id.in_(groups))


def grouped_photos() -> Select[Any]:
    """The photos that do not stand for themselves."""
    return select(Photo.id).where(_GROUPED)
