"""The rows of the history without the table: pages that are read when somebody looks at them. Knows nothing of Qt.

However long the history is, only some pages are kept; of each page that was ever read, where it begins is remembered,
so that it can be read again.
"""

from __future__ import annotations

from collections import OrderedDict

from defect_desktop.core.history import Cursor, Page
from defect_desktop.core.record import PhotoRecord

PAGE_ROWS = 100
KEPT_PAGES = 30


class PagedRecords:
    """Rows 0 to `rows`; it is not known how many follow until it is `complete`."""

    def __init__(self) -> None:
        self._starts: list[Cursor | None] = [None]
        self._kept: OrderedDict[int, list[PhotoRecord]] = OrderedDict()
        self._old: set[int] = set()
        self.rows = 0
        self.complete = False

    @property
    def next_page(self) -> int:
        """The first page that was never read."""
        return -(-self.rows // PAGE_ROWS)

    def at(self, row: int) -> PhotoRecord | None:
        """The record of a row; None where its page is not at hand (any more), or has lost rows since."""
        page, place = divmod(row, PAGE_ROWS)
        records = self._kept.get(page)
        if records is None:
            return None
        self._kept.move_to_end(page)
        return records[place] if place < len(records) else None

    def row_of(self, photo: int) -> int | None:
        """The row of a photo; None where its page is not at hand."""
        rows = ((page * PAGE_ROWS + place, one) for page, kept in self._kept.items() for place, one in enumerate(kept))
        return next((row for row, record in rows if record.photo_id == photo), None)

    def lacks(self, page: int) -> bool:
        """Whether a page must be read, or read again."""
        return page not in self._kept or page in self._old

    def age(self) -> None:
        """Whatever is at hand may have changed since."""
        self._old = set(self._kept)

    def start_of(self, page: int) -> Cursor | None:
        """What to ask the page after; no page beyond the next one is known."""
        return self._starts[page]

    def take(self, page: int, read: Page) -> int:
        """Takes in a page that was read; how many rows there are now that were not there before."""
        new = page == self.next_page and not self.complete
        self._kept[page] = read.records if new else self._up_to_next(page, read.records)
        self._kept.move_to_end(page)
        self._old.discard(page)
        while len(self._kept) > KEPT_PAGES:
            self._old.discard(self._kept.popitem(last=False)[0])
        if not new:
            return 0
        self.rows += len(read.records)
        self.complete = read.after is None
        self._starts.append(read.after)
        return len(read.records)

    def ends_elsewhere(self, page: int, read: Page) -> bool:
        """Whether a page that was read again no longer ends where the next one begins, or the last one has grown."""
        following = self._starts[page + 1]
        if following is None:
            return read.after is not None or page * PAGE_ROWS + len(read.records) > self.rows
        return all(record.photo_id != following.photo_id for record in read.records)

    def end_with(self, page: int, read: Page) -> None:
        """Takes in a page that was read again, and forgets the rows after it: they begin elsewhere now."""
        for later in [each for each in self._kept if each > page]:
            del self._kept[later]
        self._old &= self._kept.keys()
        del self._starts[page + 1 :]
        self.rows, self.complete = page * PAGE_ROWS, False
        self.take(page, read)

    def _up_to_next(self, page: int, records: list[PhotoRecord]) -> list[PhotoRecord]:
        """Without the rows of the next page, which move up where this one has lost some."""
        following = self._starts[page + 1]
        if following is None:
            return records
        last = next((n for n, record in enumerate(records) if record.photo_id == following.photo_id), len(records) - 1)
        return records[: last + 1]
