"""The rows of the history, without Qt."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from defect_desktop.core.history import Cursor, DefectCount, Page
from defect_desktop.ui.pages.history.bars import bars_by_class, bars_by_place
from defect_desktop.ui.pages.history.paging import KEPT_PAGES, PAGE_ROWS, PagedRecords
from defect_desktop.ui.pages.history.periods import Period, bounds
from tests.ui.fakes import make_record


def page(number, rows=PAGE_ROWS, last=False):
    records = [make_record(number * PAGE_ROWS + row) for row in range(rows)]
    return Page(records, None if last else Cursor(records[-1].photo_id, records[-1].photo_id))


def ids(records, first, end):
    return [records.at(row).photo_id for row in range(first, end)]


@pytest.fixture
def records():
    records = PagedRecords()
    for number in range(3):
        assert records.take(number, page(number)) == PAGE_ROWS
    return records


def test_rows_grow_page_by_page_until_the_last(records):
    assert (records.rows, records.complete, records.next_page) == (3 * PAGE_ROWS, False, 3)
    assert records.take(3, page(3, rows=7, last=True)) == 7
    assert (records.rows, records.complete) == (3 * PAGE_ROWS + 7, True)
    assert ids(records, 0, 307) == list(range(307))


def test_an_empty_history_is_complete():
    records = PagedRecords()
    assert records.take(0, Page([], None)) == 0
    assert (records.rows, records.complete) == (0, True)


def test_only_some_pages_are_kept_and_each_can_be_read_again():
    records = PagedRecords()
    for number in range(KEPT_PAGES + 5):
        records.take(number, page(number))
    assert records.at(0) is None
    assert records.lacks(0)
    assert not records.lacks(KEPT_PAGES)
    assert records.start_of(1) == Cursor(PAGE_ROWS - 1, PAGE_ROWS - 1)
    assert records.take(0, page(0)) == 0
    assert records.at(0).photo_id == 0
    assert records.lacks(5)  # it made room
    assert records.rows == (KEPT_PAGES + 5) * PAGE_ROWS


def test_what_was_looked_at_last_is_kept():
    records = PagedRecords()
    for number in range(KEPT_PAGES):
        records.take(number, page(number))
    records.at(0)
    records.take(KEPT_PAGES, page(KEPT_PAGES))
    assert records.at(0) is not None
    assert records.at(PAGE_ROWS) is None


def test_a_page_that_lost_a_row_does_not_show_the_next_pages_rows_twice(records):
    moved_up = page(1).records[1:] + page(2).records[:1]
    records.take(1, Page(moved_up, Cursor(200, 200)))
    assert records.at(PAGE_ROWS).photo_id == PAGE_ROWS + 1
    assert records.at(2 * PAGE_ROWS - 1) is None
    assert records.at(2 * PAGE_ROWS).photo_id == 2 * PAGE_ROWS


def test_after_a_page_that_ends_elsewhere_the_rows_are_read_anew(records):
    pushed = [make_record(1000), *page(0).records[:-1]]
    read = Page(pushed, Cursor(98, 98))
    records.age()
    assert not records.ends_elsewhere(0, page(0))
    assert records.ends_elsewhere(0, read)
    records.end_with(0, read)
    assert (records.rows, records.complete, records.next_page) == (PAGE_ROWS, False, 1)
    assert records.start_of(1) == Cursor(98, 98)
    assert records.at(0).photo_id == 1000
    assert records.lacks(1)


def test_the_last_page_can_grow(records):
    records.take(3, page(3, rows=7, last=True))
    assert not records.ends_elsewhere(3, page(3, rows=7, last=True))
    assert records.ends_elsewhere(3, page(3, rows=9, last=True))
    records.end_with(3, page(3, rows=9, last=True))
    assert (records.rows, records.complete) == (3 * PAGE_ROWS + 9, True)


def test_old_pages_are_shown_until_they_are_read_again(records):
    records.age()
    assert records.lacks(1)
    assert records.at(PAGE_ROWS).photo_id == PAGE_ROWS
    changed = replace(make_record(100), run_id=9)
    records.take(1, Page([changed, *page(1).records[1:]], Cursor(199, 199)))
    assert records.at(PAGE_ROWS).run_id == 9
    assert not records.lacks(1)


def test_bars_sum_the_classes_of_a_place_longest_first():
    counts = [
        DefectCount(("a", "1"), "오염", 2),
        DefectCount(("b", "1"), "훼손", 5),
        DefectCount(("a", "1"), "훼손", 4),
    ]
    bars = bars_by_place(counts)
    assert [(bar.place, bar.defects, bar.labels) for bar in bars] == [
        (("a", "1"), 6, (("훼손", 4), ("오염", 2))),
        (("b", "1"), 5, (("훼손", 5),)),
    ]
    assert [(bar.labels[0], bar.defects) for bar in bars_by_class(counts)] == [(("훼손", 9), 9), (("오염", 2), 2)]


@pytest.mark.parametrize(
    ("period", "since", "until"),
    [
        (Period.EVER, None, None),
        (Period.TODAY, (2025, 3, 4), None),
        (Period.WEEK, (2025, 2, 26), None),
        (Period.MONTH, (2025, 2, 3), None),
        (Period.DAYS, (2025, 1, 2), (2025, 1, 6)),
    ],
)
def test_periods_begin_and_end_at_midnight(period, since, until):
    days = date(2025, 1, 5), date(2025, 1, 2)  # in whichever order they were given
    assert bounds(period, date(2025, 3, 4), *days) == tuple(
        datetime(*day).astimezone() if day else None for day in (since, until)
    )


def test_days_that_no_clock_reaches_bound_nothing():
    since, until = bounds(Period.DAYS, date(2025, 3, 4), date(1, 1, 1), date(9999, 12, 31))
    assert since < datetime(1972, 1, 1).astimezone()
    assert until > datetime(2999, 12, 31).astimezone()
