"""What model packs said of the photos that people reviewed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, func, select

from defect_desktop.core.comparison import ReviewedPhoto
from defect_desktop.core.record import PhotoFile
from defect_desktop.core.review import ReviewState
from defect_desktop.store.dialect import unindexed
from defect_desktop.store.records import PAGE
from defect_desktop.store.tables import Photo, PhotoLabel, Result, Run
from defect_desktop.store.transactions import Transactions

_LABELLED = [state.value for state in ReviewState if state.names_defects]


class Comparing:
    """The user's own reviewed photos as a test set."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def reviewed(self, fingerprints: Sequence[str]) -> Iterator[ReviewedPhoto]:
        """Every photo in which a person named defects, with the latest verdict of each of the packs; memory is flat."""
        last = 0
        while True:
            with self._transactions.reading() as connection:
                page = _page(connection, fingerprints, last)
            yield from page
            if len(page) < PAGE:
                return
            last = page[-1].photo_id


def _page(connection: Connection, fingerprints: Sequence[str], after: int) -> list[ReviewedPhoto]:
    reviewed = select(Photo.id, Photo.path, Photo.size, Photo.mtime_ns).where(
        Photo.id > after, unindexed(Photo.review).in_(_LABELLED)
    )
    photos = connection.execute(reviewed.order_by(Photo.id).limit(PAGE)).all()
    ids = [photo.id for photo in photos]
    labels: dict[int, list[str]] = {}
    named = select(PhotoLabel.photo_id, PhotoLabel.label).where(PhotoLabel.photo_id.in_(ids))
    for row in connection.execute(named.order_by(PhotoLabel.photo_id, PhotoLabel.position)):
        labels.setdefault(row.photo_id, []).append(row.label)
    said = [_said_by(connection, fingerprint, ids) for fingerprint in fingerprints]
    return [
        ReviewedPhoto(
            photo_id=photo.id,
            photo=PhotoFile(photo.path, photo.size, photo.mtime_ns),
            labels=tuple(labels[photo.id]),
            said=tuple(verdicts.get(photo.id) for verdicts in said),
        )
        for photo in photos
    ]


def _said_by(connection: Connection, fingerprint: str, ids: Sequence[int]) -> dict[int, str]:
    latest = (
        select(func.max(Result.id))
        .join(Run, Run.id == Result.run_id)
        .where(Result.photo_id.in_(ids), Result.ai_label.is_not(None), Run.fingerprint == fingerprint)
        .group_by(Result.photo_id)
    )
    verdicts = select(Result.photo_id, Result.ai_label).where(Result.id.in_(latest))
    return {row.photo_id: row.ai_label for row in connection.execute(verdicts)}
