"""What a shift counts and lists."""

from dataclasses import replace

from defect_desktop.core.review import NOT_A_DEFECT, Remarks
from defect_desktop.core.waiting import WaitingState
from defect_desktop.ui.shift import Shift
from defect_desktop.workflows.events import Repeat, Worked
from tests.ui.fakes import make_record

WAITING = {WaitingState.WAITING: 2, WaitingState.PAUSED: 1, WaitingState.DONE: 99}


def test_a_folder_that_is_added_once_more_is_listed_and_counted_once():
    shift = Shift()
    first, second, third = (make_record(number) for number in (1, 2, 3))
    assert shift.take(Worked([first, second], [])) == [first, second]
    again = Worked([first, second, third], [Repeat(second.outcome.photo, first.outcome.photo.path)], recalled=True)
    assert shift.take(again) == [third]
    tally = shift.tally
    assert (tally.total, tally.recalled, tally.repeats) == (3, 1, 0)
    shift.expect(WAITING)
    assert (shift.progress.done, shift.progress.total) == (3, 6)


def test_photos_that_are_added_are_expected_at_once_and_a_count_that_is_ahead_takes_none_away():
    shift = Shift()
    shift.take(Worked([make_record(1)], []))
    shift.expect(WAITING)
    shift.expect_more({WaitingState.WAITING: 1})
    assert shift.progress.total == 4
    shift.expect_more({WaitingState.WAITING: 9})
    assert shift.progress.total == 10


def test_what_was_shown_before_the_start_is_not_listed_again_but_a_new_list_begins_empty():
    shift, record = Shift(), make_record(1)
    shift.list_also([record])
    assert shift.take(Worked([record], [], recalled=True)) == []
    shift.clear_list()
    assert shift.take(Worked([record], [], recalled=True)) == [record]


def test_a_photo_that_is_classified_anew_is_listed_anew():
    shift, record = Shift(), make_record(1)
    later = replace(record, classified_at=record.classified_at.replace(year=2100))
    shift.take(Worked([record], []))
    assert shift.take(Worked([later], [])) == [later]
    assert shift.take(Worked([later], [], recalled=True)) == []


def test_what_a_person_has_settled_needs_no_check_and_is_no_failure():
    shift = Shift()
    settled = [replace(make_record(number), remarks=Remarks(NOT_A_DEFECT)) for number in range(6)]
    shift.take(Worked(settled, []))
    assert (shift.tally.total, shift.tally.failed, shift.tally.needs_check) == (6, 0, 0)
    shift.take(Worked([make_record(number) for number in range(6, 12)], []))
    assert shift.tally.failed + shift.tally.needs_check > 0
