"""What the program finds out about photos, as it is recorded: results, with the turns in the queue that they end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from defect_desktop.core.place import Place
from defect_desktop.core.record import Outcome, PhotoFile
from defect_desktop.core.waiting import WaitingState
from defect_desktop.store.places import place_id
from defect_desktop.store.queue import is_unsettled, settle
from defect_desktop.store.records import in_chunks
from defect_desktop.store.tables import Photo, Result
from defect_desktop.store.writing import insert_items, insert_outcomes, place_photos


def record_outcomes(
    connection: Connection, run_id: int, items: Sequence[tuple[int, Outcome]], place: Place
) -> list[int]:
    """Records outcomes of a run, (position, outcome); the results' numbers, in order.

    A photo was taken in the place it was queued with, else in `place`.
    """
    where = place_id(connection, place)
    places = [where] * len(items)
    if is_unsettled(connection):
        queued = [settle(connection, outcome.photo, _settled(outcome)) for _, outcome in items]
        places = [where if turn is None else turn for turn in queued]
    return insert_outcomes(connection, run_id, items, places)


def link_results(connection: Connection, run_id: int, items: Sequence[tuple[int, int]], place: Place) -> None:
    """Takes results of earlier runs over, (position, result)."""
    insert_items(connection, run_id, items)
    where, queued = place_id(connection, place), is_unsettled(connection)
    if where is None and not queued:
        return
    results = [result_id for _, result_id in items]
    photos = select(Photo.id, Photo.path, Photo.size, Photo.mtime_ns).join(Result, Result.photo_id == Photo.id)
    for chunk in in_chunks(results):
        rows = connection.execute(photos.where(Result.id.in_(chunk))).all()
        places = {row.id: _settled_place(connection, row) if queued else None for row in rows}
        taken = {photo: where if place is None else place for photo, place in places.items()}
        place_photos(connection, {photo: place for photo, place in taken.items() if place is not None})


def _settled_place(connection: Connection, photo: Any) -> int | None:  # noqa: ANN401 - a row
    return settle(connection, PhotoFile(photo.path, photo.size, photo.mtime_ns), WaitingState.DONE)


def _settled(outcome: Outcome) -> WaitingState:
    return WaitingState.FAILED if outcome.problem else WaitingState.DONE
