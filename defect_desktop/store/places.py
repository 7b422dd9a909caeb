"""The places that are known: found, remembered, renamed."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, func, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute

from defect_desktop.core.place import NOWHERE, Place, PlacePart, tidy
from defect_desktop.core.review import Action, ActionKind
from defect_desktop.store import journal
from defect_desktop.store.records import place_of
from defect_desktop.store.tables import PlaceRow
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
            latest = select(PlaceRow.__table__).where(PlaceRow.used > 0).order_by(PlaceRow.used.desc()).limit(1)
            row = connection.execute(latest).first()
            return place_of(row) if row else NOWHERE

    def use(self, place: Place) -> None:
        """Makes a place the current one, and the first that is offered."""
        with self._transactions.correcting() as connection:
            latest = select(func.max(PlaceRow.used) + 1).scalar_subquery()
            used = update(PlaceRow).where(PlaceRow.id == _known_or_new(connection, place))
            connection.execute(used.values(used=latest))

    def known(self, part: PlacePart, within: Mapping[PlacePart, str] | None = None) -> list[str]:
        """The values of a part in the known places with the values `within`, the one used last first."""
        value = _COLUMNS[part]
        statement = select(value).where(value != "", *matching(within or {})).group_by(value)
        with self._transactions.reading() as connection:
            return list(connection.scalars(statement.order_by(func.max(PlaceRow.used).desc(), value)))

    def rename(self, within: Mapping[PlacePart, str], part: PlacePart, name: str, who: str = "") -> Action | None:
        """Calls a part of all places with the values `within` by another name; None where that changes nothing.

        A place that comes to be called like another one is the same from then on. It is one step, which can be undone.
        """
        new = {part.value: tidy(name)}
        with self._transactions.correcting() as connection:
            places = connection.scalars(select(PlaceRow.id).where(*matching(within))).all()
            action_id = journal.begin(connection, ActionKind.RENAME_PLACE, who)
            journal.change_places(connection, action_id, dict.fromkeys(places, new))
            return journal.finish(connection, action_id)


def place_id(connection: Connection, place: Place) -> int | None:
    """The number of a place, known from now on; None for NOWHERE."""
    return None if place == NOWHERE else _known_or_new(connection, place)


def matching(within: Mapping[PlacePart, str]) -> list[ColumnElement[bool]]:
    """The conditions for places with these values."""
    return [_COLUMNS[part] == tidy(value) for part, value in within.items()]


def _known_or_new(connection: Connection, place: Place) -> int:
    parts = place.parts()
    known = select(PlaceRow.id).where(*matching(parts)).order_by(PlaceRow.used.desc(), PlaceRow.id).limit(1)
    found: int | None = connection.execute(known).scalar()
    if found is not None:
        return found
    row = {part.value: value for part, value in parts.items()}
    return connection.execute(insert(PlaceRow).values(**row, used=0).returning(PlaceRow.id)).scalar_one()
