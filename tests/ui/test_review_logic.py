"""The review without widgets: what is shown while steps are saved, and what the keys stand for."""

from dataclasses import replace

import pytest

from defect_desktop.core.review import (
    CANNOT_TELL,
    NO_REMARKS,
    NOT_A_DEFECT,
    Remarks,
    Review,
    ReviewProgress,
    ReviewState,
)
from defect_desktop.ui.pages.review import steps
from defect_desktop.ui.pages.review.choices import choices, search, usual_labels
from defect_desktop.ui.pages.review.roll import Roll
from tests.ui.fakes import SETTINGS, make_record

ACCEPTED = ReviewState.ACCEPTED


@pytest.fixture
def roll():
    roll = Roll()
    roll.append(make_record(number) for number in range(6))
    return roll


def said(roll, photo):
    return roll.at(roll.row_of(photo)).remarks.review.state


def reviewed(record, review=CANNOT_TELL):
    return replace(record, remarks=Remarks(review))


def test_a_step_is_shown_before_it_is_saved(roll):
    step = steps.accept([roll.at(2)])
    assert roll.begin(step) == [2]
    assert said(roll, 2) is ACCEPTED
    assert roll.at(2).human_label == roll.at(2).outcome.verdict.label
    assert roll.ahead() == ReviewProgress(reviewed=1)


def test_what_fails_is_shown_as_before_whatever_came_after_it(roll):
    first, second = steps.accept([roll.at(1)]), steps.set_state([make_record(1)], NOT_A_DEFECT)
    roll.begin(first)
    roll.begin(second)
    roll.end(first)
    assert said(roll, 1) is ReviewState.NOT_A_DEFECT
    roll.end(second)
    assert said(roll, 1) is ReviewState.UNREVIEWED
    assert roll.ahead() == ReviewProgress()


def test_a_step_that_was_saved_stays_when_a_later_one_fails(roll):
    first, second = steps.accept([roll.at(1)]), steps.set_state([make_record(1)], NOT_A_DEFECT)
    roll.begin(first)
    roll.begin(second)
    _, gone_on = roll.end(first, [reviewed(roll.at(1), Review(ACCEPTED, ("훼손",)))])
    assert gone_on == ReviewProgress(reviewed=1, check_left=-1)
    assert said(roll, 1) is ReviewState.NOT_A_DEFECT
    roll.end(second)
    assert said(roll, 1) is ACCEPTED


def test_steps_about_other_things_of_a_photo_do_not_disturb_each_other(roll):
    roll.begin(steps.note(make_record(0), " 창가 "))
    roll.begin(steps.judge([make_record(0)], ("오염", "훼손")))
    remarks = roll.at(0).remarks
    assert (remarks.note, remarks.review) == ("창가", Review(ReviewState.CORRECTED, ("오염", "훼손")))


def test_a_photo_that_is_read_while_a_step_is_under_way_shows_it(roll):
    roll.begin(steps.set_state([make_record(77)], CANNOT_TELL))
    roll.append([make_record(77)])
    assert said(roll, 77) is ReviewState.CANNOT_TELL


def test_a_photo_is_listed_once(roll):
    assert roll.append([make_record(5), make_record(6)]) == 1
    assert [roll.at(row).photo_id for row in range(len(roll))] == list(range(7))


def test_the_next_open_photo_is_after_this_one_then_from_the_beginning(roll):
    roll.begin(steps.set_state([make_record(3), make_record(4)], CANNOT_TELL))
    assert roll.next_open(2) == 5
    roll.begin(steps.set_state([make_record(5), make_record(2)], CANNOT_TELL))
    assert roll.next_open(2) == 0
    roll.begin(steps.set_state([make_record(0), make_record(1)], CANNOT_TELL))
    assert roll.next_open(2) is None


def test_taking_a_review_back_sets_the_progress_back():
    roll = Roll()
    roll.append([reviewed(make_record(1))])
    roll.begin(steps.set_state([make_record(1)], NO_REMARKS.review))
    assert roll.ahead() == ReviewProgress(reviewed=-1, check_left=1)


def test_the_first_keys_name_what_the_verdict_ranks_then_what_is_usual():
    records = [make_record(number) for number in range(8)]
    usual = usual_labels(records)
    offered = choices(records[0], usual)
    top = records[0].outcome.verdict.top
    assert [(choice.key, choice.label, choice.share) for choice in offered[:3]] == [
        (key, one.label, one.probability) for key, one in zip("123", top, strict=True)
    ]
    ranked = {one.label for one in top}
    assert [choice.label for choice in offered[3:]][:4] == [label for label in usual if label not in ranked][:4]
    assert "".join(choice.key for choice in offered) == "1234567890"
    assert len({choice.label for choice in offered}) == 10


def test_a_photo_without_a_verdict_is_offered_the_usual_ones():
    assert [choice.label for choice in choices(make_record(9), ["훼손", "오염"])][:2] == ["훼손", "오염"]


def test_what_people_said_counts_for_the_usual_ones():
    record = replace(make_record(0), remarks=Remarks(Review(ReviewState.CORRECTED, ("반점", "피스"))))
    assert usual_labels([record, record, make_record(0)])[:2] == ["반점", "피스"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("MOULD", {"곰팡이", "몰딩수정"}), ("틈새", {"틈새과다"}), ("틈새", {"틈새과다"}), ("zzz", set())],
    ids=["english", "korean", "decomposed", "nothing"],
)
def test_classes_are_found_by_their_name_in_either_language(text, found):
    assert set(search(SETTINGS.class_names, text)) == found


def test_an_empty_search_finds_all():
    assert search(SETTINGS.class_names, " ") == list(SETTINGS.class_names)
