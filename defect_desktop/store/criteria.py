"""From a filter to SQL: which photos of the history it lets through, and how to get at them fast.

Either few photos meet one of the conditions, which that condition's own index tells at once: then these photos are
looked at and nothing else. Or many meet every condition: then an index in the order that is asked for is walked, and
the first that meet them all are soon found. SQLite would have to guess which, and so it is not left to it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select

from defect_desktop.core.history import HistoryFilter, LabelSource, VerdictKind
from defect_desktop.core.place import PlacePart
from defect_desktop.core.review import ReviewState
from defect_desktop.store.dialect import contains, unindexed
from defect_desktop.store.final_labels import grouped_photos, photos_of_groups, said_by_program
from defect_desktop.store.places import matching
from defect_desktop.store.tables import Photo, PhotoLabel, PlaceRow, Run

FEW = 2000
"""So many photos are fetched and sorted in a few milliseconds."""

_LABELLED = [state.value for state in ReviewState if state.names_defects]


@dataclass(frozen=True, slots=True)
class _Criterion:
    """A condition of a filter, and queries that give the photos that meet it, from indexes made for that."""

    condition: ColumnElement[bool]
    candidates: tuple[Select[Any], ...] = ()


class View:
    """The photos that a filter lets through. Where they are few, those that are so at the time it is made."""

    def __init__(self, connection: Connection, where: HistoryFilter) -> None:
        criteria = list(_criteria(connection, where))
        self._conditions = [unindexed(Photo.result_id).is_not(None), *(each.condition for each in criteria)]
        self.ids = next((ids for each in criteria if (ids := _few(connection, each)) is not None), None)

    def select(self, *columns: Any) -> Select[Any]:  # noqa: ANN401 - whatever `select` takes
        """Columns of the photos, unordered."""
        statement = select(*columns).select_from(Photo).where(*self._conditions)
        return statement if self.ids is None else statement.where(Photo.id.in_(self.ids))


def _few(connection: Connection, criterion: _Criterion) -> list[int] | None:
    """The photos that meet a condition, None where they are many or no index tells."""
    if not criterion.candidates:
        return None
    ids: set[int] = set()
    for candidates in criterion.candidates:
        ids.update(connection.scalars(candidates.limit(FEW + 1)))
        if len(ids) > FEW:
            return None
    return sorted(ids)


def _criteria(connection: Connection, where: HistoryFilter) -> Iterable[_Criterion]:
    """The conditions that are set; the text last, for it has to read every path."""
    if where.place:
        yield _at(where.place)
    if where.labels:
        final = where.labels_of is LabelSource.FINAL
        yield _finally(where.labels) if final else _labelled(where.labels, where.labels_of)
    if where.verdicts:
        yield _with_verdict(where.verdicts)
    if where.reviews:
        yield _in_review(where.reviews)
    if where.since or where.until:
        yield _between(where)
    if where.pack is not None:
        yield _made_by(where.pack)
    if where.least_confidence is not None:
        confident = unindexed(Photo.confidence) >= where.least_confidence
        yield _Criterion(and_(confident, unindexed(Photo.ai_label).is_not(None)))
    if text := where.text.strip():
        yield _with_text(connection, text)


def _at(place: Mapping[PlacePart, str]) -> _Criterion:
    places = select(PlaceRow.id).where(*matching(place))
    somewhere = unindexed(Photo.place_id).in_(places)
    candidates = (select(Photo.id).where(Photo.place_id.in_(places)),)
    if any(place.values()):
        return _Criterion(somewhere, candidates)
    nowhere = unindexed(Photo.place_id).is_(None)
    return _Criterion(or_(somewhere, nowhere), (*candidates, select(Photo.id).where(Photo.place_id.is_(None))))


def _labelled(labels: Iterable[str], source: LabelSource) -> _Criterion:
    conditions: list[ColumnElement[bool]] = []
    candidates: list[Select[Any]] = []
    if source is not LabelSource.PERSON:
        conditions.append(unindexed(Photo.ai_label).in_(labels))
        candidates.append(select(Photo.id).where(Photo.ai_label.in_(labels)))
    if source is not LabelSource.PROGRAM:
        conditions.append(_named_by_person(labels))
        candidates.append(select(PhotoLabel.photo_id).where(PhotoLabel.label.in_(labels)))
    return _Criterion(or_(*conditions), tuple(candidates))


def _finally(labels: Iterable[str]) -> _Criterion:
    by_anyone = _labelled(labels, LabelSource.EITHER)
    said = or_(and_(unindexed(Photo.ai_label).in_(labels), said_by_program()), _named_by_person(labels))
    together = photos_of_groups(labels)
    # By their numbers: the indexes that are walked do not know the groups.
    alone = unindexed(Photo.id).not_in(grouped_photos())
    condition = or_(and_(said, alone), unindexed(Photo.id).in_(together))
    return _Criterion(condition, (*by_anyone.candidates, together))


def _named_by_person(labels: Iterable[str]) -> ColumnElement[bool]:
    named = exists().where(PhotoLabel.photo_id == Photo.id, PhotoLabel.label.in_(labels)).correlate(Photo)
    return and_(unindexed(Photo.review).in_(_LABELLED), named)  # the cheap half first


def _with_verdict(kinds: Iterable[VerdictKind]) -> _Criterion:
    value = {VerdictKind.NEEDS_CHECK: True, VerdictKind.SURE: False, VerdictKind.FAILED: None}
    condition = or_(*(unindexed(Photo.needs_check).is_(value[kind]) for kind in kinds))
    only_failed = set(kinds) == {VerdictKind.FAILED}
    failed = select(Photo.id).where(Photo.ai_label.is_(None), unindexed(Photo.result_id).is_not(None))
    return _Criterion(condition, (failed,) if only_failed else ())


def _in_review(states: Iterable[ReviewState]) -> _Criterion:
    values = [state.value for state in states]
    return _Criterion(unindexed(Photo.review).in_(values), (select(Photo.id).where(Photo.review.in_(values)),))


def _between(where: HistoryFilter) -> _Criterion:
    walked, searched = [], []
    if where.since:
        walked.append(unindexed(Photo.classified_at) >= where.since)
        searched.append(Photo.classified_at >= where.since)
    if where.until:
        walked.append(unindexed(Photo.classified_at) < where.until)
        searched.append(Photo.classified_at < where.until)
    return _Criterion(and_(*walked), (select(Photo.id).where(*searched),))


def _made_by(fingerprint: str) -> _Criterion:
    runs = select(Run.id).where(Run.fingerprint == fingerprint)
    return _Criterion(unindexed(Photo.run_id).in_(runs), (select(Photo.id).where(Photo.run_id.in_(runs)),))


def _with_text(connection: Connection, text: str) -> _Criterion:
    # macOS hands out file names decomposed, people type composed.
    forms = {unicodedata.normalize(form, text) for form in ("NFC", "NFD")}
    in_path = or_(*(contains(Photo.path, form) for form in sorted(forms)))
    noted = select(Photo.id).where(Photo.note != "", or_(*(contains(Photo.note, form) for form in sorted(forms))))
    conditions: list[ColumnElement[bool]] = [in_path, Photo.id.in_(noted)]
    candidates: list[Select[Any]] = [noted, select(Photo.id).where(in_path)]
    if labels := _labels_called(connection, text):
        by_name = _labelled(labels, LabelSource.EITHER)
        conditions.append(by_name.condition)
        candidates = [*by_name.candidates, *candidates]
    return _Criterion(or_(*conditions), tuple(candidates))


def _labels_called(connection: Connection, text: str) -> list[str]:
    """The labels whose name, in either language and in any pack, contains the text."""
    sought = unicodedata.normalize("NFC", text).casefold()
    packs = select(func.max(Run.id)).group_by(Run.fingerprint)
    names = connection.scalars(select(Run.class_names).where(Run.id.in_(packs)))
    return sorted(
        {
            label
            for classes in names
            for label, name in classes.items()
            if any(sought in called.casefold() for called in (label, *name.values()))
        }
    )
