"""The review over a real database, without widgets."""

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace

import pytest

from defect_desktop.core.history import EVERYTHING, HistoryFilter
from defect_desktop.core.place import Place, PlacePart
from defect_desktop.core.review import CANNOT_TELL, NO_REMARKS, NOT_A_DEFECT, ActionKind, ReviewState, Shot, Undoable
from defect_desktop.errors import BusyError, ReplacedError, StoreError
from defect_desktop.store.backup import BackupReason, back_up, restore
from defect_desktop.store.database import Database
from defect_desktop.store.reviewing import Reviews
from defect_desktop.ui.pages.review import listing, steps
from defect_desktop.ui.pages.review.reviewer import Reviewer
from defect_desktop.ui.pages.review.scope import Scope
from tests.store.samples import accept, classified, failed, photo, record_all
from tests.ui.fakes import wait_until
from tests.ui.review_data import DAMAGE, MOULD, STAIN, add_photos, day, verdict

pytestmark = pytest.mark.usefixtures("application")

FULL = StoreError(ko="디스크가 가득 찼습니다.", en="The disk is full.")


@pytest.fixture
def database(tmp_path):
    with Database.open(tmp_path / "results.sqlite3") as database:
        day(database)
        yield database


class Access:
    """Hands out the database, unless its disk is full."""

    def __init__(self, database):
        self.database = database
        self.full = False
        self.asked = 0

    def __call__(self):
        self.asked += 1
        if self.full:
            raise FULL
        return self.database


@pytest.fixture
def access(database):
    return Access(database)


@pytest.fixture
def reviewer(access):
    reviewer = Reviewer(access)
    yield reviewer
    reviewer.close()


def fail(*_):
    raise FULL


def settle(reviewer):
    wait_until(lambda: not reviewer.desk.busy)


def opened(reviewer, scope=Scope.OPEN, where=EVERYTHING):
    reviewer.open(where, scope)
    settle(reviewer)
    return reviewer


def names(reviewer):
    return [reviewer.roll.at(row).outcome.photo.path.name for row in range(len(reviewer.roll))]


def name(reviewer):
    return reviewer.current.outcome.photo.path.name


def decide(reviewer, make, *arguments):
    reviewer.decide(make([reviewer.current], *arguments))


def hold_back_two(reviewer, access):
    """Two decisions that a full disk does not take; then it has room again."""
    opened(reviewer)
    access.full = True
    decide(reviewer, steps.accept)
    decide(reviewer, steps.judge, (STAIN,))
    settle(reviewer)
    access.full = False


def test_what_needs_a_check_comes_first(reviewer):
    assert names(opened(reviewer)) == ["check1.jpg", "check2.jpg", "sure3.jpg", "sure2.jpg", "sure1.jpg"]
    assert names(opened(reviewer, Scope.CHECK)) == ["check1.jpg", "check2.jpg"]
    assert "broken.jpg" in names(opened(reviewer, Scope.ALL))


def test_a_decision_is_shown_at_once_and_leads_to_the_next_photo(reviewer, database):
    opened(reviewer)
    decide(reviewer, steps.accept)
    assert name(reviewer) == "check2.jpg"
    assert (reviewer.progress.reviewed, reviewer.progress.check_left) == (1, 1)
    settle(reviewer)
    assert (reviewer.progress.reviewed, reviewer.progress.check_left) == (1, 1)
    assert database.reviews.progress() == reviewer.progress


def test_to_the_end_and_back(reviewer, database):
    opened(reviewer)
    done = []
    reviewer.done.connect(lambda: done.append(True))
    decide(reviewer, steps.accept)
    decide(reviewer, steps.judge, (STAIN, DAMAGE))
    decide(reviewer, steps.set_state, NOT_A_DEFECT)
    decide(reviewer, steps.set_state, CANNOT_TELL)
    assert not done
    decide(reviewer, steps.accept)
    assert done
    settle(reviewer)
    assert reviewer.progress.reviewed == 5
    seen = []
    for _ in range(5):
        reviewer.undo()
        settle(reviewer)
        seen.append(name(reviewer))
    assert seen == ["sure1.jpg", "sure2.jpg", "sure3.jpg", "check2.jpg", "check1.jpg"]
    assert reviewer.undoable.undo is None
    assert database.reviews.progress().reviewed == reviewer.progress.reviewed == 0
    reviewer.redo()
    settle(reviewer)
    assert reviewer.current.remarks.review.state is ReviewState.ACCEPTED


def test_a_full_disk_loses_nothing(reviewer, access, database):
    opened(reviewer)
    told = []
    reviewer.refused.connect(told.append)
    access.full = True
    decide(reviewer, steps.accept)
    decide(reviewer, steps.judge, (STAIN,))
    assert reviewer.progress.reviewed == 2
    settle(reviewer)
    assert told == [FULL, FULL]
    assert reviewer.progress.reviewed == 0
    assert name(reviewer) == "check1.jpg"
    assert reviewer.working
    access.full = False
    reviewer.try_again()
    settle(reviewer)
    assert not reviewer.working
    assert database.reviews.progress().reviewed == reviewer.progress.reviewed == 2
    assert reviewer.roll.at(1).remarks.review.labels == (STAIN,)


def test_what_could_not_be_saved_is_saved_with_the_next_step_that_is(reviewer, access, database):
    opened(reviewer)
    access.full = True
    decide(reviewer, steps.accept)
    decide(reviewer, steps.judge, (STAIN,))
    settle(reviewer)
    reviewer.go(2)
    access.full = False
    decide(reviewer, steps.accept)
    settle(reviewer)
    assert not reviewer.working
    assert database.reviews.progress().reviewed == 3
    assert reviewer.row == 3  # it does not lead away from where the person is


def test_who_gives_up_loses_nothing_that_can_be_saved_by_now(reviewer, access, database):
    hold_back_two(reviewer, access)
    reviewer.give_up()
    settle(reviewer)
    assert not reviewer.working
    assert database.reviews.progress().reviewed == 2


def test_who_gives_up_is_held_up_by_nothing_that_still_cannot_be_saved(reviewer, access, database, monkeypatch):
    hold_back_two(reviewer, access)

    monkeypatch.setattr(Reviews, "accept", fail)
    reviewer.give_up()
    settle(reviewer)
    assert not reviewer.working
    assert database.reviews.progress().reviewed == 1


def test_who_gives_up_waits_for_another_program_only_once(tmp_path):
    with Database.open(tmp_path / "results.sqlite3", busy_timeout=0.01) as database:
        day(database)
        access = Access(database)
        reviewer = opened(Reviewer(access))
        refused = []
        reviewer.refused.connect(refused.append)
        with closing(sqlite3.connect(tmp_path / "results.sqlite3", isolation_level=None)) as another:
            another.execute("BEGIN IMMEDIATE")
            before = access.asked
            for _ in range(4):
                decide(reviewer, steps.accept)
            reviewer.give_up()
            wait_until(lambda: not reviewer.working)
            assert access.asked == before + 1
        assert [type(error) for error in refused] == [BusyError] * 4
        decide(reviewer, steps.accept)
        settle(reviewer)
        assert not reviewer.unsaved
        reviewer.close()


def test_what_was_decided_anew_is_not_saved_again(reviewer, access, database):
    opened(reviewer)
    access.full = True
    decide(reviewer, steps.accept)
    settle(reviewer)
    reviewer.do(steps.note(reviewer.current, "kept"))
    settle(reviewer)
    access.full = False
    decide(reviewer, steps.set_state, NOT_A_DEFECT)
    settle(reviewer)
    assert not reviewer.working  # the note, about something else, was saved along
    remarks = reviewer.roll.at(0).remarks
    assert (remarks.review.state, remarks.note) == (ReviewState.NOT_A_DEFECT, "kept")


def test_undo_takes_back_what_was_not_saved_and_no_older_step(reviewer, access, database):
    opened(reviewer)
    decide(reviewer, steps.accept)
    settle(reviewer)
    access.full = True
    decide(reviewer, steps.accept)
    settle(reviewer)
    access.full = False
    reviewer.undo()
    settle(reviewer)
    assert not reviewer.working
    assert database.reviews.progress().reviewed == 1


def test_undo_right_after_a_step_that_fails_takes_no_older_one_back(reviewer, access, database, monkeypatch):
    opened(reviewer)
    decide(reviewer, steps.accept)
    settle(reviewer)

    monkeypatch.setattr(Reviews, "set_state", fail)
    decide(reviewer, steps.set_state, CANNOT_TELL)
    reviewer.undo()
    settle(reviewer)
    assert database.reviews.progress().reviewed == 1


def test_a_bug_is_told_and_not_tried_again(reviewer, monkeypatch):
    opened(reviewer)
    told = []
    reviewer.refused.connect(told.append)

    def break_down(*_):
        raise LookupError("a bug")

    monkeypatch.setattr(Reviews, "set_state", break_down)
    decide(reviewer, steps.set_state, CANNOT_TELL)
    settle(reviewer)
    assert [type(error) for error in told] == [LookupError]
    assert not reviewer.working


@pytest.fixture
def replace_database(tmp_path):
    """What another program does: it puts back the backup of an empty database, and classifies photos."""
    path = tmp_path / "results.sqlite3"
    with Database.open(path):
        empty = back_up(path, BackupReason.ON_REQUEST).path

    def replace_by(names):
        restore(path, empty)
        with Database.open(path) as other:
            add_photos(other, {name: verdict(MOULD, 0.5, check=True) for name in names})

    return replace_by


OTHERS = [f"other{number}.jpg" for number in range(6)]


@pytest.mark.parametrize("others", [[], OTHERS], ids=["gone", "given anew"])
@pytest.mark.parametrize(
    "make",
    [
        steps.accept,
        lambda seen: steps.judge(seen, (STAIN,)),
        lambda seen: steps.set_state(seen, NOT_A_DEFECT),
        lambda seen: steps.note(seen[0], "문 옆"),
        lambda seen: steps.move(seen, Place("래미안")),
        steps.group,
        lambda seen: steps.set_shot(seen[0], Shot.FAR),
        steps.ungroup,
    ],
    ids=["accept", "judge", "set_state", "note", "move", "group", "set_shot", "ungroup"],
)
def test_nothing_is_said_of_photos_that_came_in_the_place_of_those_that_were_seen(
    replace_database, reviewer, database, others, make
):
    opened(reviewer)
    reviewer.picked = {reviewer.roll.at(row).photo_id: None for row in (0, 1)}
    told = []
    reviewer.refused.connect(told.append)
    replace_database(others)
    reviewer.decide(make(reviewer.chosen))
    settle(reviewer)
    assert [type(error) for error in told] == [ReplacedError]
    assert "replaced by a backup" in told[0].sentence.en
    assert not reviewer.working
    assert sorted(names(reviewer)) == others
    assert reviewer.picked == {}
    assert {record.remarks for record in database.all_records()} <= {NO_REMARKS}
    assert reviewer.undoable == database.reviews.undoable() == Undoable(None, None)


def test_a_photo_that_a_restored_backup_has_too_can_be_decided_about(replace_database, reviewer, database):
    opened(reviewer)
    replace_database(["sure1.jpg"])
    reviewer.go(len(reviewer.roll) - 1)
    assert name(reviewer) == "sure1.jpg"
    decide(reviewer, steps.set_state, NOT_A_DEFECT)
    settle(reviewer)
    assert database.reviews.progress().reviewed == 1


@pytest.mark.parametrize("undo_or_redo", [Reviewer.undo, Reviewer.redo])
def test_what_a_restored_backup_holds_is_not_undone_for_a_step_that_it_does_not(
    undo_or_redo, reviewer, database, tmp_path
):
    opened(reviewer)
    database.reviews.note(1, "from another day")
    database.reviews.note(2, "undone there")
    database.reviews.undo()
    earlier = back_up(tmp_path / "results.sqlite3", BackupReason.ON_REQUEST).path
    decide(reviewer, steps.accept)
    settle(reviewer)
    restore(tmp_path / "results.sqlite3", earlier)
    database.reviews.move([3], Place("래미안"))  # the step in the journal that has the number of the one that is gone
    database.reviews.undo()
    before, told = database.reviews.journal(9), []
    reviewer.refused.connect(told.append)
    undo_or_redo(reviewer)
    settle(reviewer)
    assert [type(error) for error in told] == [ReplacedError]
    assert database.reviews.journal(9) == before
    undo_or_redo(reviewer)  # the list was read anew: now it is known what there is
    settle(reviewer)
    assert len(told) == 1
    assert len(database.reviews.journal(9)) == len(before) + 1


@pytest.fixture
def put_back(reviewer, database, tmp_path):
    """Another program puts back a backup, whose last step is not the last that the window knows of."""
    database.reviews.note(1, "from another day")
    earlier = back_up(tmp_path / "results.sqlite3", BackupReason.ON_REQUEST).path
    database.reviews.note(2, "since then")
    opened(reviewer)
    return lambda: restore(tmp_path / "results.sqlite3", earlier)


def test_who_did_nothing_yet_undoes_no_other_step_than_was_there_to_be_undone(put_back, reviewer, database):
    told = []
    reviewer.refused.connect(told.append)
    put_back()
    reviewer.undo()
    settle(reviewer)
    assert [type(error) for error in told] == [ReplacedError]
    assert [step.kind for step in database.reviews.journal(9)] == [ActionKind.NOTE]


def test_what_a_list_that_was_read_anew_offers_to_undo_is_undone(put_back, reviewer, database):
    decide(reviewer, steps.accept)
    settle(reviewer)
    put_back()
    reviewer.refresh()
    settle(reviewer)
    assert reviewer.undoable == Undoable(ActionKind.NOTE, None)
    reviewer.undo()
    settle(reviewer)
    assert [step.kind for step in database.reviews.journal(9)] == [ActionKind.UNDO, ActionKind.NOTE]


def test_what_is_picked_and_where_one_is_are_photos_and_not_numbers(replace_database, reviewer):
    opened(reviewer)
    reviewer.picked = {reviewer.current.photo_id: None}
    moved = []
    reviewer.moved.connect(lambda: moved.append(name(reviewer)))
    replace_database(OTHERS)
    reviewer.refresh()
    settle(reviewer)
    assert reviewer.picked == {}
    assert moved == [name(reviewer)]


def test_accepting_together_counts_before_and_is_one_step(reviewer, database):
    opened(reviewer)
    counts = []
    reviewer.count_sure(0.85, False, counts.append)
    settle(reviewer)
    assert counts == [2]
    reviewer.accept_sure(0.85, False)
    settle(reviewer)
    assert database.reviews.progress().reviewed == reviewer.progress.reviewed == 2
    reviewer.undo()
    settle(reviewer)
    assert database.reviews.progress().reviewed == reviewer.progress.reviewed == 0


def test_accepting_together_leaves_the_person_at_their_photo(reviewer):
    opened(reviewer)
    reviewer.accept_sure(0.85, False)
    settle(reviewer)
    assert name(reviewer) == "check1.jpg"


def test_accepting_together_stays_within_the_place(reviewer, database):
    here = Place("래미안", "101", "1502")
    add_photos(database, {"here.jpg": verdict(MOULD, 0.99)}, here, "/다른")
    opened(reviewer, where=HistoryFilter(place={PlacePart.UNIT: "1502"}))
    assert names(reviewer) == ["here.jpg"]
    assert reviewer.progress.total == 1
    reviewer.accept_sure(0.5, True)
    settle(reviewer)
    assert database.reviews.progress().reviewed == 1


def test_a_step_that_changes_many_photos_reads_the_list_again(reviewer, database, monkeypatch):
    monkeypatch.setattr(steps, "FEW", 1)
    opened(reviewer, Scope.ALL)
    reviewer.accept_sure(0.0, True)
    settle(reviewer)
    states = [reviewer.roll.at(row).remarks.review.state for row in range(len(reviewer.roll))]
    assert states.count(ReviewState.ACCEPTED) == 5


def test_long_lists_are_read_as_the_person_comes_near_their_end(reviewer, database, monkeypatch):
    monkeypatch.setattr(listing, "_ROWS", 40)
    add_photos(database, {f"more{number:03}.jpg": verdict(STAIN, 0.9) for number in range(100)})
    opened(reviewer)
    assert (len(reviewer.roll), reviewer.total) == (40, 105)
    reviewer.go(20)
    settle(reviewer)
    assert len(reviewer.roll) == 80
    reviewer.go(79)
    settle(reviewer)
    assert (len(reviewer.roll), reviewer.total) == (105, 105)


def test_the_decision_on_the_last_photo_that_was_read_leads_to_one_that_was_not(reviewer, database, monkeypatch):
    monkeypatch.setattr(listing, "_ROWS", 2)
    monkeypatch.setattr("defect_desktop.ui.pages.review.reviewer._NEAR_END", 0)
    opened(reviewer)
    decide(reviewer, steps.accept)
    decide(reviewer, steps.accept)
    settle(reviewer)
    assert name(reviewer) == "sure3.jpg"


def test_notes_places_and_groups_are_steps_too(reviewer, database):
    opened(reviewer)
    far, near = (reviewer.roll.at(row) for row in (0, 1))
    reviewer.do(steps.note(far, "문 옆"))
    reviewer.do(steps.move((far, near), Place("래미안", room="거실")))
    reviewer.do(steps.set_shot(far, Shot.FAR))
    settle(reviewer)
    reviewer.do(steps.group([reviewer.roll.at(row) for row in (0, 1)]))
    settle(reviewer)
    reviewer.do(steps.set_shot(reviewer.roll.at(1), Shot.NEAR))
    settle(reviewer)
    shown = [reviewer.roll.at(row).remarks for row in (0, 1)]
    assert [one.shot for one in shown] == [Shot.FAR, Shot.NEAR]
    assert shown[0].group == shown[1].group is not None
    assert (shown[0].note, shown[1].place.room) == ("문 옆", "거실")
    for _ in range(5):
        reviewer.undo()
        settle(reviewer)
    assert [reviewer.roll.at(row).remarks.group for row in (0, 1)] == [None, None]
    assert reviewer.roll.at(0).remarks.note == ""
    assert database.reviews.undoable().redo is ActionKind.NOTE


def test_one_photo_of_no_group_gets_its_shot_by_itself(reviewer):
    opened(reviewer)
    reviewer.do(steps.set_shot(reviewer.current, Shot.SCALE))
    settle(reviewer)
    assert reviewer.current.remarks.shot is Shot.SCALE


def test_a_list_that_cannot_be_read_is_told_and_can_be_read_later(reviewer, access):
    told = []
    reviewer.failed.connect(told.append)
    access.full = True
    opened(reviewer)
    assert told == [FULL]
    access.full = False
    assert len(opened(reviewer).roll) == 5


def test_coming_back_shows_what_came_in_meanwhile_and_stays_at_the_photo(reviewer, database):
    opened(reviewer)
    reviewer.go(2)
    add_photos(database, {"new.jpg": verdict(STAIN, 0.2, check=True)})
    reviewer.refresh()
    settle(reviewer)
    assert name(reviewer) == "sure3.jpg"
    assert names(reviewer)[1] == "new.jpg"


@pytest.fixture
def refreshed_meanwhile(reviewer, monkeypatch):
    """Lists again, and lets the person act between the reading of the list and its coming."""
    read, go_on = threading.Event(), threading.Event()

    def read_list(*arguments):
        listed = listing.read_list(*arguments)
        read.set()
        assert go_on.wait(10)
        return listed

    def refresh(act):
        monkeypatch.setattr("defect_desktop.ui.pages.review.reviewer.read_list", read_list)
        reviewer.refresh()
        wait_until(read.is_set)
        act()
        go_on.set()
        settle(reviewer)

    yield refresh
    go_on.set()


def test_a_list_that_comes_late_leaves_the_person_where_they_are_by_now(reviewer, database, refreshed_meanwhile):
    opened(reviewer)
    moved = []

    def act():
        decide(reviewer, steps.accept)
        reviewer.moved.connect(lambda: moved.append(name(reviewer)))

    refreshed_meanwhile(act)
    assert name(reviewer) == "check2.jpg"
    assert moved == []
    assert reviewer.roll.at(reviewer.roll.row_of(2)).remarks.review.state is ReviewState.ACCEPTED
    assert database.reviews.progress() == reviewer.progress


def test_who_accepts_agrees_with_what_is_shown(reviewer, database):
    opened(reviewer)
    shown = reviewer.current
    again = replace(shown.outcome, verdict=verdict(STAIN, 0.99))
    record_all(database, again)  # the folder is classified by another pack meanwhile
    decide(reviewer, steps.accept)
    settle(reviewer)
    kept = database.history.record(shown.photo_id)
    assert shown.outcome.verdict.label != STAIN == kept.outcome.verdict.label
    assert kept.human_label == shown.outcome.verdict.label


def test_a_step_about_a_file_that_has_left_the_history_can_be_done_again(database):
    file = photo("card.jpg")
    record_all(database, classified(file))
    (unread,) = record_all(database, failed(file))
    database.reviews.judge([unread], (STAIN,))
    database.reviews.undo()
    record_all(database, classified(file))  # it can be read again, and nothing is said of the failure
    saved = steps.carry_out(steps.redo(), database)
    assert (saved.photos, saved.records) == ([unread], ())


def test_a_photo_that_is_in_the_list_no_more_is_kept_and_shown_as_it_is_now(reviewer, database, refreshed_meanwhile):
    opened(reviewer)
    accept(database, [5])  # check2.jpg, as "Accept many" would
    refreshed_meanwhile(lambda: reviewer.go(1))
    assert name(reviewer) == "check2.jpg"
    assert reviewer.current.remarks.review.state is ReviewState.ACCEPTED
    assert names(reviewer)[1:] == ["check1.jpg", "sure3.jpg", "sure2.jpg", "sure1.jpg"]
    assert database.reviews.progress() == reviewer.progress


def test_who_waits_for_the_next_photo_is_led_to_it_by_the_list_that_comes(
    reviewer, database, refreshed_meanwhile, monkeypatch
):
    monkeypatch.setattr(listing, "_ROWS", 1)
    monkeypatch.setattr("defect_desktop.ui.pages.review.reviewer._NEAR_END", 0)
    opened(reviewer)
    refreshed_meanwhile(lambda: decide(reviewer, steps.accept))
    assert name(reviewer) == "check2.jpg"


def test_a_photo_that_a_restored_backup_does_not_have_is_not_missed(reviewer):
    reviewer.open(EVERYTHING, Scope.OPEN, 4711)
    settle(reviewer)
    assert name(reviewer) == "check1.jpg"


def test_being_shown_does_not_undo_being_told_what_to_review(reviewer):
    opened(reviewer)
    reviewer.open(EVERYTHING, Scope.CHECK, 1)
    reviewer.refresh()
    settle(reviewer)
    assert names(reviewer) == ["sure1.jpg", "check1.jpg", "check2.jpg"]
