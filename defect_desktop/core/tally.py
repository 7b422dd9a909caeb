"""What has become of the photos of a stretch of work, counted as they come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from defect_desktop.core.record import PhotoRecord


class Tally:
    """`failed` and `needs_check` are of the `total`, without those that a person has settled already.

    So are the `recalled`, whose result an earlier run gave. `repeats` have the content of an earlier photo.
    """

    def __init__(self) -> None:
        self.total = 0
        self.failed = 0
        self.needs_check = 0
        self.recalled = 0
        self.repeats = 0

    def add(self, records: Iterable[PhotoRecord], *, recalled: bool = False, repeats: int = 0) -> None:
        """Counts some more photos."""
        self.repeats += repeats
        for record in records:
            verdict = record.outcome.verdict
            self.total += 1
            self.recalled += recalled
            if not record.remarks.review.given:
                self.failed += verdict is None
                self.needs_check += verdict is not None and verdict.needs_check
