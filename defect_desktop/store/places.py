"""The places that are known: found, remembered, renamed."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from defect_desktop.core.place import NOWHERE, Place, PlacePart, tidy
from defect_desktop.core.review import Action, ActionKind
from defect_desktop.store import journal
from defect_desktop.store.dialect import insert_or
from defect_desktop.store.records import place_of
from defect_desktop.store.tables import Photo, PlaceRow
from defect_desktop.store.transactions import Transactions

_PARTS = [PlaceRow.project, PlaceRow.building, PlaceRow.unit, PlaceRow.room, PlaceRow.part, PlaceRow.trade]
_COLUMNS: Mapping[PlacePart, InstrumentedAttribute[str]] = dict(zip(PlacePart, _PARTS, strict=True))


class Places:
    """Where the inspector is, where they have been, and what the places are called."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def current(self) -> Place:
        """The place that was used last, by any program, before any restart; NOWHERE in the beginning."""
        with self._transactions.reading() as connection:
            latest = select(PlaceRow.__table__).where(PlaceRow.used.is_not(None)).order_by(PlaceRow.used.desc())
            row = connection.execute(latest.limit(1)).first()
            return place_of(row) if row else NOWHERE

    def use(self, place: Place) -> None:
        """Makes a place the current one."""
        with self._transactions.correcting() as connection:
            place_id(connection, place)

    def known(self, part: PlacePart, within: Mapping[PlacePart, str] | None = None) -> list[str]:
        """The values of a part that were used in places with the values `within`, the one used last first."""
        value, latest = _COLUMNS[part], func.max(PlaceRow.used)
        statement = select(value).where(PlaceRow.used.is_not(None), value != "", *matching(within or {}))
        with self._transactions.reading() as connection:
            return list(connection.scalars(statement.group_by(value).order_by(latest.desc())))

    def rename(self, within: Mapping[PlacePart, str], part: PlacePart, name: str, who: str = "") -> Action | None:
        """Calls a part of all places with the values `within` by another name; None where that changes nothing.

        A place that comes to be called like another one is merged with it. Both is one step that can be undone.
        """
        with self._transactions.correcting() as connection:
            rows = connection.execute(select(PlaceRow.__table__).where(*matching(within))).all()
            places = {row.id: place_of(row) for row in rows}
            renamed = {id_: _with(place, part, tidy(name)) for id_, place in places.items()}
            changed = {id_: place for id_, place in renamed.items() if place != places[id_]}
            return _rename(connection, changed, who) if changed else None


def place_id(connection: Connection, place: Place) -> int | None:
    """The number of a place, which becomes the current one; None for NOWHERE."""
    if place == NOWHERE:
        return None
    insertion = insert_or(connection, PlaceRow)
    latest = select(func.coalesce(func.max(PlaceRow.used), 0) + 1).scalar_subquery()
    used = insertion.values(**_row(place), used=latest).on_conflict_do_update(
        index_elements=_PARTS, set_={"used": insertion.excluded.used}
    )
    return connection.execute(used.returning(PlaceRow.id)).scalar_one()


def matching(within: Mapping[PlacePart, str]) -> list[ColumnElement[bool]]:
    """The conditions for places with these values."""
    return [_COLUMNS[part] == tidy(value) for part, value in within.items()]


def _row(place: Place) -> dict[str, str]:
    return {part.value: value for part, value in place.parts().items()}


def _with(place: Place, part: PlacePart, name: str) -> Place:
    return Place(**{**_row(place), part.value: name})


def _rename(connection: Connection, renamed: Mapping[int, Place], who: str) -> Action:
    action_id = journal.begin(connection, ActionKind.RENAME_PLACE, who)
    for id_, place in renamed.items():
        namesake = connection.execute(select(PlaceRow.id).where(*matching(place.parts()))).scalar()
        if namesake is None:
            journal.change_place(connection, action_id, id_, _row(place))
        else:
            _merge(connection, action_id, id_, namesake)
    return journal.finish(connection, action_id)


def _merge(connection: Connection, action_id: int, old: int, namesake: int) -> None:
    """Moves the photos; the old place stays, so that undoing can move them back, but it is offered no more."""
    photos = connection.scalars(select(Photo.id).where(Photo.place_id == old)).all()
    journal.change_photos(connection, action_id, {photo: {"place": namesake} for photo in photos})
    journal.change_place(connection, action_id, old, {"used": None})
    connection.execute(
        update(PlaceRow)
        .where(PlaceRow.id == namesake, PlaceRow.used.is_(None))
        .values(used=select(func.coalesce(func.max(PlaceRow.used), 0) + 1).scalar_subquery())
    )
