"""The photos of a review in order, as they are saved and as they will be once everything is saved. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from defect_desktop.core.record import PhotoRecord
from defect_desktop.core.review import ReviewProgress, ReviewState
from defect_desktop.ui.pages.review.steps import Step


class Roll:
    """Shows at once what a person did, and what is saved again where it could not be.

    What is shown of a photo is what is saved of it, with the steps that are under way on top: so whatever order steps
    fail in, nothing is shown that will not be true.
    """

    def __init__(self) -> None:
        self._order: list[int] = []
        self._rows: dict[int, int] = {}
        self._saved: dict[int, PhotoRecord] = {}
        self._shown: dict[int, PhotoRecord] = {}
        self._under_way: list[Step] = []

    def __len__(self) -> int:
        return len(self._order)

    def __contains__(self, photo: int) -> bool:
        return photo in self._rows

    def at(self, row: int) -> PhotoRecord:
        """The photo of a row as it is shown."""
        return self._shown[self._order[row]]

    def of(self, photo: int) -> PhotoRecord:
        """A photo as it is shown. Raises KeyError for one that is not in the roll."""
        return self._shown[photo]

    def row_of(self, photo: int) -> int | None:
        """The row of a photo, None where it is not in the roll."""
        return self._rows.get(photo)

    @property
    def under_way(self) -> Sequence[Step]:
        """The steps that are not saved yet."""
        return self._under_way

    def clear(self) -> None:
        """Forgets the photos; what is under way stays."""
        for known in (self._order, self._rows, self._saved, self._shown):
            known.clear()

    def append(self, records: Iterable[PhotoRecord]) -> int:
        """Adds those photos that it does not have; how many."""
        before = len(self._order)
        for record in records:
            if record.photo_id not in self._rows:
                self._rows[record.photo_id] = len(self._order)
                self._order.append(record.photo_id)
                self._keep(record)
        return len(self._order) - before

    def begin(self, step: Step) -> list[int]:
        """Shows a step as if it were done; the rows that changed."""
        self._under_way.append(step)
        return self._show_again(step.photos)

    def end(self, step: Step, saved: Sequence[PhotoRecord] = ()) -> tuple[list[int], ReviewProgress]:
        """Shows what came of a step: the photos as they are `saved` now, as before where it failed.

        Returns the rows that changed, and by how much the saved review went on.
        """
        self._under_way.remove(step)
        gone_on = ReviewProgress()
        for record in saved:
            if record.photo_id in self._rows:
                gone_on += difference(self._saved[record.photo_id], record)
                self._saved[record.photo_id] = record
        return self._show_again([*step.photos, *(record.photo_id for record in saved)]), gone_on

    def ahead(self) -> ReviewProgress:
        """By how much the review will have gone on when everything is saved."""
        touched = {photo for step in self._under_way for photo in step.photos} & self._rows.keys()
        changes = (difference(self._saved[photo], self._shown[photo]) for photo in touched)
        return sum(changes, ReviewProgress())

    def next_open(self, row: int) -> int | None:
        """The row of the next photo that nobody has reviewed: after `row`, else from the beginning."""
        after = range(row + 1, len(self))
        return next((other for other in (*after, *range(min(row, len(self)))) if is_open(self.at(other))), None)

    def _keep(self, record: PhotoRecord) -> None:
        self._saved[record.photo_id] = record
        self._shown[record.photo_id] = self._foreseen(record)

    def _foreseen(self, record: PhotoRecord) -> PhotoRecord:
        for step in self._under_way:
            if step.foresee is not None and record.photo_id in step.photos:
                record = replace(record, remarks=step.foresee(record))
        return record

    def _show_again(self, photos: Iterable[int]) -> list[int]:
        known = sorted({self._rows[photo] for photo in photos if photo in self._rows})
        for row in known:
            photo = self._order[row]
            self._shown[photo] = self._foreseen(self._saved[photo])
        return known


def is_open(record: PhotoRecord) -> bool:
    """Whether nobody has reviewed the photo."""
    return record.remarks.review.state is ReviewState.UNREVIEWED


def difference(before: PhotoRecord, after: PhotoRecord) -> ReviewProgress:
    """By how much the review goes on when a photo changes; negative where it goes back."""
    verdict = before.outcome.verdict
    reviewed = is_open(before) - is_open(after)
    check = -reviewed if verdict and verdict.needs_check else 0
    return ReviewProgress(reviewed=reviewed, check_left=check, failed=0 if verdict else -reviewed)
