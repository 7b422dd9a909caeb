"""What has become of the photos of a stretch of work, counted as they come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from defect_desktop.core.record import PhotoRecord


@dataclass(slots=True)
class Tally:
    """`failed` and `needs_check` are of the `total`; so are the `recalled`, whose result an earlier run gave.

    `repeats` have the content of a photo that came before them.
    """

    total: int = 0
    failed: int = 0
    needs_check: int = 0
    recalled: int = 0
    repeats: int = 0

    def add(self, records: Iterable[PhotoRecord], *, recalled: bool = False, repeats: int = 0) -> None:
        """Counts some more photos."""
        self.repeats += repeats
        for record in records:
            verdict = record.outcome.verdict
            self.total += 1
            self.recalled += recalled
            self.failed += verdict is None
            self.needs_check += verdict is not None and verdict.needs_check
