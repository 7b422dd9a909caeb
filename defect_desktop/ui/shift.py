"""What comes of a shift of work, counted as it comes. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.core.tally import Tally
from defect_desktop.core.waiting import WaitingState

if TYPE_CHECKING:
    from datetime import datetime

    from defect_desktop.core.record import PhotoRecord
    from defect_desktop.workflows.events import Worked

Counts = Mapping[WaitingState, int]


class Shift:
    """What is done from one rest of the queue to the next, and what of it is listed already."""

    def __init__(self) -> None:
        self.tally = Tally()
        self._meter = ProgressMeter(0)
        self._listed: dict[int, datetime] = {}  # when what is listed was classified, by photo

    @property
    def progress(self) -> Progress:
        """How far the work is."""
        return self._meter.now()

    def reset(self) -> None:
        """Another shift begins; what is listed stays so."""
        self.tally = Tally()
        self._meter = ProgressMeter(0)

    def take(self, worked: Worked) -> list[PhotoRecord]:
        """Counts what was done; of it, returns what is not listed yet, as what was added once more would be."""
        records = worked.records
        if worked.recalled:
            records = [one for one in records if not self.lists(one)]
        photos = {record.outcome.photo for record in records}
        repeats = sum(repeat.photo in photos for repeat in worked.repeats)
        self.tally.add(records, recalled=worked.recalled, repeats=repeats)
        if worked.recalled:
            self.restart_meter()
        else:
            self._meter.advance(len(records))
        self.list_also(records)
        return records

    def lists(self, record: PhotoRecord) -> bool:
        """Whether this very result is listed."""
        return self._listed.get(record.photo_id) == record.classified_at

    def list_also(self, records: Iterable[PhotoRecord]) -> None:
        """Notes what is listed from now on."""
        self._listed.update((record.photo_id, record.classified_at) for record in records)

    def clear_list(self) -> None:
        """Notes that nothing is listed."""
        self._listed.clear()

    def expect(self, counts: Counts) -> None:
        """Notes what the queue holds beside what is done."""
        self._meter.expect(self.tally.total + left_of(counts))

    def expect_more(self, counts: Counts) -> None:
        """The same where photos were added; the count may be ahead of what is known to be done, so nothing is less."""
        self._meter.expect(max(self.progress.total, self.tally.total + left_of(counts)))

    def restart_meter(self) -> None:
        """What costs no time, a pause or what earlier runs have done, counts neither for nor against the rate."""
        self._meter = ProgressMeter(self.progress.total, free=self.tally.total)


def left_of(counts: Counts) -> int:
    """How many photos of the queue have no outcome yet."""
    return counts.get(WaitingState.WAITING, 0) + counts.get(WaitingState.PAUSED, 0)
