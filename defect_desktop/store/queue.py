"""The queue of waiting photos: nothing in it is lost by a restart, and no file is in it twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, exists, func, or_, select, update

from defect_desktop.core.place import NOWHERE, Place
from defect_desktop.core.record import PhotoFile
from defect_desktop.core.waiting import PhotoSource, WaitingPhoto, WaitingState
from defect_desktop.errors import PhotoProblem
from defect_desktop.store.dialect import contains, insert_or
from defect_desktop.store.places import place_id
from defect_desktop.store.records import PAGE, in_chunks, place_of
from defect_desktop.store.tables import Photo, PlaceRow, Result, Waiting
from defect_desktop.store.transactions import Transactions
from defect_desktop.store.writing import storable

_UNKNOWN = -1

_OPEN = (WaitingState.WAITING, WaitingState.PAUSED)
_UNSETTLED = [state.value for state in WaitingState if state is not WaitingState.DONE]


class PhotoQueue:
    """The photos that wait. An outcome that is recorded for a file settles its turn in the same transaction."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def add(self, photos: Iterable[PhotoFile], source: PhotoSource, place: Place = NOWHERE) -> int:
        """Queues files, all or none; how many of them are new, or wait again because a person insists.

        A file that waits, unchanged since, is not queued twice; one whose turn is over waits again if its source
        insists. While the queue is paused, what is added is paused with it.
        """
        files = iter(photos)
        added = 0
        with self._transactions.correcting() as connection:
            where = place_id(connection, place)
            state = _entry(connection)
            while chunk := list(dict.fromkeys(islice(files, PAGE))):  # PostgreSQL minds the same row twice
                added += _insert(connection, chunk, source, where, state)
        return added

    def unknown(self, photos: Sequence[PhotoFile]) -> list[PhotoFile]:
        """Those of the files that were never queued as they are now."""
        known: set[tuple[Any, ...]] = set()
        with self._transactions.reading() as connection:
            for chunk in in_chunks([photo.path for photo in photos]):
                statement = select(Waiting.path, Waiting.size, Waiting.mtime_ns).where(Waiting.path.in_(chunk))
                known.update(tuple(row) for row in connection.execute(statement))
        return [photo for photo in photos if tuple(_key(photo).values()) not in known]

    def strays(self, pictures: Sequence[Path]) -> list[Path]:
        """Those of the program's own pictures that were never queued or classified, whatever their folder's path was.

        They lie in a folder a day of one folder. Their names are never used twice, so one is known too where the data
        folder was moved since.
        """
        with self._transactions.reading() as connection:
            known = {
                path
                for chunk in in_chunks(pictures)
                for came in (Waiting, Photo)
                for path in connection.scalars(select(came.path).where(came.path.in_(chunk)))
            }
            strays = [picture for picture in pictures if picture not in known]
            if not strays:
                return []  # the queue may hold a million photos
            beside = select(Waiting.path).where(contains(Waiting.path, strays[0].parents[1].name))
            names = {path.name for path in connection.scalars(beside)}
        return [picture for picture in strays if picture.name not in names]

    def next(self, count: int) -> list[WaitingPhoto]:
        """The photos whose turn it is. They stay in the queue until an outcome is recorded."""
        statement = _turns(WaitingState.WAITING).limit(count)
        with self._transactions.reading() as connection:
            return [_waiting(row) for row in connection.execute(statement)]

    def missed(self) -> list[WaitingPhoto]:
        """The photos whose files could not be read when their turn came: their drive was pulled, say."""
        unread = or_(*(Result.problem == problem.value for problem in (PhotoProblem.MISSING, PhotoProblem.UNREADABLE)))
        newest = exists().where(Photo.path == Waiting.path, Result.id == Photo.result_id, unread)
        with self._transactions.reading() as connection:
            return [_waiting(row) for row in connection.execute(_turns(WaitingState.FAILED).where(newest))]

    def counts(self) -> dict[WaitingState, int]:
        """How many photos are in each state."""
        with self._transactions.reading() as connection:
            rows = connection.execute(select(Waiting.state, func.count().label("photos")).group_by(Waiting.state))
            return dict.fromkeys(WaitingState, 0) | {WaitingState(row.state): row.photos for row in rows}

    def pause(self) -> int:
        """Nothing that waits now has its turn until `resume`; how many photos that are."""
        return self._turn((WaitingState.WAITING,), WaitingState.PAUSED)

    def resume(self) -> int:
        """What was paused waits again; how many photos that are."""
        return self._turn((WaitingState.PAUSED,), WaitingState.WAITING)

    def cancel(self) -> list[int]:
        """Gives up everything that waits or is paused; the numbers of those photos, for `take_back`."""
        with self._transactions.correcting() as connection:
            given_up = update(Waiting).where(Waiting.state.in_(_OPEN)).values(state=WaitingState.CANCELLED.value)
            return list(connection.scalars(given_up.returning(Waiting.id)))

    def take_back(self, numbers: Sequence[int]) -> int:
        """Those of the photos that are cancelled still are queued again, like what is added; how many that are."""
        return self._again(WaitingState.CANCELLED, numbers)

    def retry(self, numbers: Sequence[int]) -> int:
        """The same of those that failed."""
        return self._again(WaitingState.FAILED, numbers)

    def _again(self, old: WaitingState, numbers: Sequence[int]) -> int:
        changed = 0
        with self._transactions.correcting() as connection:
            over = update(Waiting).where(Waiting.state == old).values(state=_entry(connection))
            for chunk in in_chunks(numbers):
                changed += connection.execute(over.where(Waiting.id.in_(chunk))).rowcount
        return changed

    def _turn(self, old: Sequence[WaitingState], new: WaitingState) -> int:
        with self._transactions.correcting() as connection:
            changed = update(Waiting).where(Waiting.state.in_(old)).values(state=new.value)
            return connection.execute(changed).rowcount


def is_unsettled(connection: Connection) -> bool:
    """Whether any file is not done: else nothing needs to be settled."""
    unsettled = select(Waiting.id).where(Waiting.state.in_(_UNSETTLED)).limit(1)
    return connection.execute(unsettled).first() is not None


def settle(connection: Connection, photo: PhotoFile, state: WaitingState) -> int | None:
    """Ends the turn of a file that is not done, be it cancelled meanwhile; the place, by number, it was queued with."""
    key = _key(photo)
    turn = update(Waiting).where(
        Waiting.path == key["path"],
        Waiting.size == key["size"],
        Waiting.mtime_ns == key["mtime_ns"],
        Waiting.state != WaitingState.DONE,
    )
    return connection.execute(turn.values(state=state).returning(Waiting.place_id)).scalar()


def _turns(state: WaitingState) -> Select[Any]:
    """The turns in a state, in their order, with their places."""
    return (
        select(Waiting.__table__, *(c for c in PlaceRow.__table__.columns if c.name != "id"))
        .join_from(Waiting, PlaceRow, PlaceRow.id == Waiting.place_id, isouter=True)
        .where(Waiting.state == state)
        .order_by(Waiting.id)
    )


def _entry(connection: Connection) -> WaitingState:
    """The state in which a photo comes into the queue."""
    paused = select(Waiting.id).where(Waiting.state == WaitingState.PAUSED).limit(1)
    return WaitingState.WAITING if connection.execute(paused).first() is None else WaitingState.PAUSED


def _insert(
    connection: Connection, photos: Sequence[PhotoFile], source: PhotoSource, place: int | None, state: WaitingState
) -> int:
    now = datetime.now(UTC)
    facts = {"source": source.value, "place_id": place, "state": state.value, "added_at": now}
    rows = [{**_key(photo), **facts} for photo in photos]
    insertion = insert_or(connection, Waiting)
    key = [Waiting.path, Waiting.size, Waiting.mtime_ns]
    if source.insists:
        again = {name: insertion.excluded[name] for name in ("source", "state", "place_id", "added_at")}
        over = and_(*(Waiting.state != state.value for state in _OPEN))
        insertion = insertion.on_conflict_do_update(index_elements=key, set_=again, where=over)
    else:
        insertion = insertion.on_conflict_do_nothing(index_elements=key)
    return len(connection.scalars(insertion.returning(Waiting.id), rows).all())


def _key(photo: PhotoFile) -> dict[str, Any]:
    mtime_ns = storable(photo.mtime_ns)
    return {
        "path": photo.path,
        "size": _UNKNOWN if photo.size is None else photo.size,
        "mtime_ns": _UNKNOWN if mtime_ns is None else mtime_ns,
    }


def _waiting(row: Row[Any]) -> WaitingPhoto:
    photo = PhotoFile(row.path, _known(row.size), _known(row.mtime_ns))
    place = NOWHERE if row.place_id is None else place_of(row)
    return WaitingPhoto(row.id, photo, PhotoSource(row.source), place)


def _known(number: int) -> int | None:
    return None if number == _UNKNOWN else number
