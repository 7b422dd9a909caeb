"""Reading the list of a review from the database, what needs a check first. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from defect_desktop.core.history import REVIEW_ORDER, Cursor, HistoryFilter, Page
from defect_desktop.core.place import PlacePart
from defect_desktop.core.record import PhotoRecord
from defect_desktop.core.review import Action, ReviewProgress, Undoable
from defect_desktop.store.database import Database

_ROWS = 200
"""So many photos are read at a time: a few milliseconds' worth."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The first photos of a list, how many it has in all, and how far the review of its place is.

    `besides` are the photos that were asked for whatever the filter gives, as they are now. `last` is the newest step
    of the journal, None where there is none.
    """

    besides: tuple[PhotoRecord, ...]
    page: Page
    total: int
    progress: ReviewProgress
    undoable: Undoable
    last: Action | None

    def __contains__(self, photo: int) -> bool:
        return any(record.photo_id == photo for record in (*self.besides, *self.page.records))


def read_list(
    database: Database, wanted: HistoryFilter, place: Mapping[PlacePart, str], besides: Sequence[int] = ()
) -> Listed:
    """The list that a filter gives. Raises StoreError."""
    history = database.history.where(wanted)
    return Listed(
        besides=tuple(present(database, besides)),
        page=history.page(REVIEW_ORDER, None, _ROWS),
        total=history.count(),
        progress=database.reviews.progress(place),
        undoable=database.reviews.undoable(),
        last=next(iter(database.reviews.journal(1)), None),
    )


def present(database: Database, photos: Sequence[int]) -> Iterator[PhotoRecord]:
    """Those of the photos that are in the history, as they are now.

    One may be missing after a backup was restored, or where the file that it tells of can be read by now.
    """
    for photo in photos:
        with suppress(LookupError):
            yield database.history.record(photo)


def more_of(database: Database, wanted: HistoryFilter, after: Cursor) -> Page:
    """The photos of the list that follow. Raises StoreError."""
    return database.history.where(wanted).page(REVIEW_ORDER, after, _ROWS)
