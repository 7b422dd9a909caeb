"""The rows of the results table without the table: which records are shown, and in what order. Knows nothing of Qt.

Sorting and filtering are done here, in one Python call each, and not in a proxy model: a proxy would call back into
Python for every comparison, and each call may have to wait for the interpreter while a batch is being classified.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from defect_desktop.ui.record_state import State, label_of, state_of

if TYPE_CHECKING:
    from defect_desktop.core.record import PhotoRecord
    from defect_desktop.core.review import Remarks

SortKey: TypeAlias = "Callable[[PhotoRecord], Any]"


class Filter(NamedTuple):
    """Which records to show: of one label, failed, to be taken again, or in need of a check. The default is all."""

    label: str | None = None
    failed: bool = False
    check_only: bool = False
    retake: bool = False

    def accepts(self, record: PhotoRecord) -> bool:
        """Whether the record is to be shown."""
        state = state_of(record)
        if self.check_only and state is not State.CHECK:
            return False
        if self.failed:
            return state is State.FAILED
        if self.retake and not record.outcome.quality:
            return False
        return self.label is None or label_of(record) == self.label


class Listing:
    """All records, and the order of the rows that show some of them."""

    def __init__(self) -> None:
        self._records: list[PhotoRecord] = []
        self._filter = Filter()
        self._key: SortKey | None = None
        self._keys: list[Any] = []  # the sort key of every record; empty in order of arrival
        self._failed: dict[int, int] = {}  # which record is of a photo that failed, by photo
        self._rising: list[int] = []  # the shown records, by number, in rising order
        self._descending = False
        self.labels: Counter[str] = Counter()
        self.states: Counter[State] = Counter()
        self.retakes = 0

    def __len__(self) -> int:
        return len(self._rising)

    @property
    def records(self) -> Sequence[PhotoRecord]:
        """Every record, shown or not, in order of arrival."""
        return self._records

    def at(self, row: int) -> PhotoRecord:
        """The record that a row shows."""
        return self._records[self._rising[self._flip(row)]]

    def row_of(self, record: PhotoRecord) -> int | None:
        """The row that shows this very record, if any does."""
        for place, number in enumerate(self._rising):
            if self._records[number] is record:
                return self._flip(place)
        return None

    def present(self, record: PhotoRecord) -> PhotoRecord:
        """What has become of a record, shown or not: itself, where it was neither renewed, replaced nor forgotten."""
        same = [one for one in self._records if one.photo_id == record.photo_id]
        replacing = same[-1] if same and record.outcome.problem else record
        return next((one for one in same if one.classified_at == record.classified_at), replacing)

    def clear(self) -> None:
        """Forgets all records; filter and order stay."""
        self._records.clear()
        self._keys.clear()
        self._failed.clear()
        self._rising.clear()
        self.labels.clear()
        self.states.clear()
        self.retakes = 0

    def renew(self, remarks: Mapping[int, Remarks]) -> None:
        """Lists photos, by `photo_id`, with what people say of them now."""
        from dataclasses import replace  # loaded once the window is on the screen

        for number, former in enumerate(self._records):
            if former.photo_id in remarks:
                self._put(number, replace(former, remarks=remarks[former.photo_id]))
        self.labels = +self.labels  # without those that nothing has any more
        self._arrange()

    def has_failed(self, record: PhotoRecord) -> bool:
        """Whether its photo is listed as one that failed."""
        return record.photo_id in self._failed

    def try_again(self, records: Iterable[PhotoRecord]) -> None:
        """Lists these in place of the failures of their photos."""
        for record in records:
            self._put(self._failed.pop(record.photo_id), record)
        self._arrange()

    def take(self, records: Sequence[PhotoRecord]) -> Iterator[tuple[int, list[int]]]:
        """Takes in new records and yields where to `insert` which: each place counts on all before being inserted."""
        first = len(self._records)
        self._records.extend(records)
        for number, record in enumerate(records, start=first):
            self._count(record)
            self._note_failure(number, record)
        if self._key:
            self._keys.extend(map(self._key, records))
        numbers = [first + step for step, record in enumerate(records) if self._filter.accepts(record)]
        if not self._key:
            if numbers:
                yield len(self._rising), numbers
            return
        for number in numbers:
            place = bisect_right(self._rising, self._keys[number], key=self._keys.__getitem__)
            yield (len(self._rising) - place if self._descending else place), [number]

    def insert(self, row: int, numbers: list[int]) -> None:
        """Shows the records from this row on."""
        place = len(self._rising) - row if self._descending else row
        self._rising[place:place] = numbers

    def show_only(self, wanted: Filter) -> None:
        """Changes the filter."""
        self._filter = wanted
        self._arrange()

    def order_by(self, key: SortKey | None, *, descending: bool = False) -> None:
        """Changes the order; None is the order of arrival, which knows no descending."""
        self._key = key
        self._keys = [key(record) for record in self._records] if key else []
        self._descending = descending and key is not None
        self._arrange()

    def _put(self, number: int, record: PhotoRecord) -> None:
        self._count(self._records[number], -1)
        self._records[number] = record
        self._count(record)
        self._note_failure(number, record)
        if self._key:
            self._keys[number] = self._key(record)

    def _note_failure(self, number: int, record: PhotoRecord) -> None:
        if record.outcome.problem:
            self._failed[record.photo_id] = number

    def _arrange(self) -> None:
        self._rising = [number for number, record in enumerate(self._records) if self._filter.accepts(record)]
        if self._key:
            self._rising.sort(key=self._keys.__getitem__)

    def _flip(self, row: int) -> int:
        return len(self._rising) - 1 - row if self._descending else row

    def _count(self, record: PhotoRecord, by: int = 1) -> None:
        self.states[state_of(record)] += by
        self.retakes += by * bool(record.outcome.quality)
        if (label := label_of(record)) is not None:
            self.labels[label] += by


def natural(text: str) -> list[tuple[int, str]]:
    """A sort key by which 'photo 2' comes before 'photo 10'."""
    parts = re.split(r"(\d+)", text.casefold())
    return [(int(part), "") if place % 2 else (0, part) for place, part in enumerate(parts)]
