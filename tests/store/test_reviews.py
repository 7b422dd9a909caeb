"""What people say of photos: every kind of it, taken back and done again."""

from dataclasses import replace

import pytest

from defect_desktop.core.decision import CheckReason
from defect_desktop.core.history import EVERYTHING, HistoryFilter, VerdictKind
from defect_desktop.core.place import NOWHERE, Place, PlacePart
from defect_desktop.core.review import (
    CANNOT_TELL,
    NO_REMARKS,
    NOT_A_DEFECT,
    UNREVIEWED,
    Action,
    ActionKind,
    Remarks,
    Review,
    ReviewProgress,
    ReviewState,
    Shot,
    Undoable,
)
from defect_desktop.store import journal, records
from defect_desktop.store.database import Database
from tests.store.samples import FRAME, STAIN, accept, classified, failed, photo, record_all, verdict

KITCHEN = Place("래미안", "101동", "1203호", "주방")
ACCEPTED_STAIN = Review(ReviewState.ACCEPTED, ("오염",))


@pytest.fixture
def photos(database):
    """Three photos: a stain that needs a check, a frame that is sure, and a failure."""
    return record_all(
        database,
        classified(photo("stain.jpg"), "a", STAIN),
        classified(photo("frame.jpg"), "b", FRAME),
        failed(photo("gone.jpg")),
    )


def remarks(database, photo_id):
    return database.history.record(photo_id).remarks


def review(database, photo_id):
    return remarks(database, photo_id).review


# Each thing a person can say


def test_accepting_names_what_the_program_said(database, photos):
    stain, frame, _ = photos
    action = accept(database, [stain, frame], who="김")
    assert (action.kind, action.changed, action.who, action.target) == (ActionKind.ACCEPT, 2, "김", None)
    assert review(database, stain) == ACCEPTED_STAIN
    assert review(database, frame) == Review(ReviewState.ACCEPTED, ("창틀,문틀수정",))


def test_accepting_what_the_program_no_longer_says_keeps_what_the_person_saw(database, photos):
    stain, frame, _ = photos
    seen = {photo_id: database.history.record(photo_id).outcome.verdict.label for photo_id in (stain, frame)}
    record_all(database, classified(database.history.record(stain).outcome.photo, verdict=verdict("들뜸", 0.9)))
    assert database.reviews.accept(seen).kind is ActionKind.CORRECT
    assert review(database, stain) == Review(ReviewState.CORRECTED, ("오염",))
    assert review(database, frame) == Review(ReviewState.ACCEPTED, ("창틀,문틀수정",))


def test_other_labels_are_a_correction_and_the_same_label_an_acceptance(database, photos):
    stain, frame, gone = photos
    assert database.reviews.judge([stain], ("오염",)).kind is ActionKind.ACCEPT
    assert database.reviews.judge([stain, frame], ("오염",)).kind is ActionKind.CORRECT
    assert database.reviews.judge([gone], ("들뜸", "오염")).kind is ActionKind.CORRECT
    assert review(database, stain) == ACCEPTED_STAIN
    assert review(database, frame) == Review(ReviewState.CORRECTED, ("오염",))
    assert review(database, gone) == Review(ReviewState.CORRECTED, ("들뜸", "오염"))
    assert database.history.record(gone).human_label == "들뜸"


def test_what_people_say_of_many_photos_is_read_a_page_at_a_time(database, photos, monkeypatch):
    monkeypatch.setattr(records, "PAGE", 2)
    stain, frame, gone = photos
    accept(database, [stain])
    database.reviews.set_state([gone], CANNOT_TELL)
    said = {stain: Remarks(ACCEPTED_STAIN), frame: NO_REMARKS, gone: Remarks(CANNOT_TELL)}
    listed = [database.history.record(one) for one in photos]
    gone_by_now = replace(listed[0], photo_id=4711)
    assert database.history.remarks([gone_by_now, *listed]) == said


def test_what_people_say_of_the_photo_that_has_a_number_now_is_not_said_of_the_one_that_had_it(database, photos):
    listed = database.history.record(photos[0])
    former = replace(listed, outcome=replace(listed.outcome, photo=photo("former.jpg")))  # before a backup was restored
    assert database.history.remarks([former]) == {}


def test_the_label_of_the_program_stays_beside_that_of_the_person(database, photos):
    database.reviews.judge([photos[0]], ("들뜸", "창틀,문틀수정"))
    record = database.history.record(photos[0])
    assert (record.outcome.verdict.label, record.remarks.review.labels) == ("오염", ("들뜸", "창틀,문틀수정"))


@pytest.mark.parametrize(
    ("said", "kind"),
    [(NOT_A_DEFECT, ActionKind.NOT_A_DEFECT), (CANNOT_TELL, ActionKind.CANNOT_TELL), (UNREVIEWED, ActionKind.REOPEN)],
)
def test_no_defect_or_no_answer(database, photos, said, kind):
    database.reviews.judge([photos[0]], ("들뜸",))
    assert database.reviews.set_state([photos[0]], said).kind is kind
    assert review(database, photos[0]) == said
    assert database.history.record(photos[0]).human_label is None


def test_a_note_a_place_and_shots_of_one_defect(database, photos):
    stain, frame, gone = photos
    assert database.reviews.note(stain, " 창가 아래\n").kind is ActionKind.NOTE
    assert database.reviews.move([stain, frame], KITCHEN).kind is ActionKind.PLACE
    assert database.reviews.group({stain: Shot.FAR, frame: Shot.NEAR}).kind is ActionKind.GROUP
    assert remarks(database, stain) == Remarks(note="창가 아래", place=KITCHEN, group=1, shot=Shot.FAR)
    assert remarks(database, frame) == Remarks(place=KITCHEN, group=1, shot=Shot.NEAR)
    assert remarks(database, gone) == NO_REMARKS
    assert [photo for photo in photos if remarks(database, photo).group == 1] == [stain, frame]

    assert database.reviews.group({frame: Shot.SCALE, gone: None}).changed == 2
    assert [photo for photo in photos if remarks(database, photo).group == 1] == [stain]
    assert database.reviews.ungroup([frame, gone]).kind is ActionKind.UNGROUP
    assert remarks(database, frame) == Remarks(place=KITCHEN)
    assert [photo for photo in photos if remarks(database, photo).group == 2] == []


def test_a_photo_can_be_said_to_be_nowhere(database, photos):
    database.reviews.move(photos, KITCHEN)
    database.reviews.move(photos, NOWHERE)
    assert remarks(database, photos[0]) == NO_REMARKS


def test_what_is_so_already_is_no_step(database, photos):
    stain, _, _ = photos
    accept(database, [stain])
    database.reviews.undo()
    assert database.reviews.set_state([stain], UNREVIEWED) is None
    assert database.reviews.note(stain, "  ") is None
    assert database.reviews.ungroup([stain]) is None
    assert database.reviews.redo().target is ActionKind.ACCEPT  # still there to be done again
    assert accept(database, [stain]) is None
    assert len(database.reviews.journal(9)) == 3


def test_a_step_counts_only_what_it_changed(database, photos):
    stain, frame, _ = photos
    accept(database, [stain])
    assert accept(database, [stain, frame]).changed == 1
    database.reviews.undo()
    assert (review(database, stain), review(database, frame)) == (ACCEPTED_STAIN, UNREVIEWED)


@pytest.mark.parametrize(
    "say",
    [
        lambda reviews, photos: reviews.judge(photos, ("들뜸",)),
        lambda reviews, photos: reviews.set_state(photos, NOT_A_DEFECT),
        lambda reviews, photos: reviews.note(photos[-1], "x"),
        lambda reviews, photos: reviews.move(photos, KITCHEN),
        lambda reviews, photos: reviews.group(dict.fromkeys(photos)),
        lambda reviews, photos: reviews.ungroup(photos),
    ],
    ids=["judge", "state", "note", "move", "group", "ungroup"],
)
def test_a_photo_that_does_not_exist_spoils_the_whole_step(database, photos, say):
    with pytest.raises(LookupError, match="99"):
        say(database.reviews, [photos[0], 99])
    assert remarks(database, photos[0]) == NO_REMARKS
    assert database.reviews.journal(9) == []
    assert database.places.known(PlacePart.PROJECT) == []


def test_a_later_run_leaves_what_people_said(database, photos):
    database.reviews.judge([photos[0]], ("들뜸",))
    record_all(database, classified(photo("stain.jpg"), "a", FRAME))
    record = database.history.record(photos[0])
    assert (record.outcome.verdict, record.human_label) == (FRAME, "들뜸")


# Accepting many at once


def test_the_sure_ones_are_accepted_in_one_step(database):
    sure = record_all(
        database,
        *(
            classified(photo(f"{n}.jpg"), str(n), verdict("오염", confidence))
            for n, confidence in enumerate((0.95, 0.9))
        ),
    )
    doubtful, corrected, gone, unsure = record_all(
        database,
        classified(photo("c.jpg"), "c", verdict("오염", 0.99, CheckReason.MEMBERS_DISAGREE)),
        classified(photo("d.jpg"), "d", verdict("오염", 0.99)),
        failed(photo("e.jpg")),
        classified(photo("f.jpg"), "f", verdict("오염", 0.899)),
    )
    database.reviews.judge([corrected], ("들뜸",))
    action = database.reviews.accept_sure(HistoryFilter(verdicts=frozenset({VerdictKind.SURE})), 0.9, who="이")
    assert (action.kind, action.changed, action.who) == (ActionKind.ACCEPT_SURE, 2, "이")
    assert [review(database, photo_id) for photo_id in sure] == [ACCEPTED_STAIN] * 2
    assert {review(database, photo_id).state for photo_id in (doubtful, gone, unsure)} == {ReviewState.UNREVIEWED}
    assert review(database, corrected).labels == ("들뜸",)

    assert database.reviews.undo().changed == 2
    assert [review(database, photo_id) for photo_id in sure] == [UNREVIEWED] * 2
    assert review(database, corrected).labels == ("들뜸",)


def test_where_nothing_is_sure_nothing_is_done(database, photos):
    assert database.reviews.accept_sure(EVERYTHING, 0.99) is None
    assert database.reviews.undoable() == Undoable(None, None)


def test_thousands_are_accepted_and_taken_back_in_pages(database):
    count = 2 * journal.CHUNK + 100
    record_all(database, *(classified(photo(f"{n}.jpg"), verdict=FRAME) for n in range(count)))
    assert database.reviews.accept_sure(EVERYTHING, 0.9).changed == count
    assert database.reviews.progress().reviewed == count
    assert database.reviews.undo().changed == count
    assert database.reviews.progress().reviewed == 0
    assert database.reviews.redo().changed == count
    assert database.reviews.progress().reviewed == count


# Undo and redo


def test_undo_and_redo_say_what_they_would_do_and_did(database, photos):
    reviews = database.reviews
    assert reviews.undoable() == Undoable(None, None)
    assert (reviews.undo(), reviews.redo()) == (None, None)

    accept(database, photos[:1])
    reviews.note(photos[0], "창가")
    assert reviews.undoable() == Undoable(undo=ActionKind.NOTE, redo=None)
    undone = reviews.undo(who="박")
    assert (undone.kind, undone.target, undone.changed, undone.who) == (ActionKind.UNDO, ActionKind.NOTE, 1, "박")
    assert reviews.undoable() == Undoable(undo=ActionKind.ACCEPT, redo=ActionKind.NOTE)
    assert reviews.redo().target is ActionKind.NOTE
    assert reviews.undoable() == Undoable(undo=ActionKind.NOTE, redo=None)


def test_something_new_ends_what_could_be_done_again(database, photos):
    stain, frame, _ = photos
    accept(database, [stain])
    database.reviews.undo()
    accept(database, [frame])
    assert database.reviews.redo() is None
    assert database.reviews.undo().target is ActionKind.ACCEPT
    assert database.reviews.undo() is None
    assert (review(database, stain), review(database, frame)) == (UNREVIEWED, UNREVIEWED)


def test_undo_and_redo_go_on_after_a_restart(database, photos, path):
    database.reviews.judge(photos, ("들뜸",))
    database.reviews.set_state(photos, NOT_A_DEFECT)
    database.reviews.undo()
    with Database.open(path) as restarted:
        assert restarted.reviews.undoable() == Undoable(undo=ActionKind.CORRECT, redo=ActionKind.NOT_A_DEFECT)
        restarted.reviews.undo()
        assert [review(restarted, photo_id) for photo_id in photos] == [UNREVIEWED] * 3
    database.reviews.redo()
    database.reviews.redo()
    assert [review(database, photo_id) for photo_id in photos] == [NOT_A_DEFECT] * 3


def test_the_journal_tells_everything_newest_first(database, photos):
    accept(database, photos[:2], who="김")
    database.reviews.undo(who="박")
    newest, oldest = database.reviews.journal(9)
    assert newest == replace(newest, id=2, kind=ActionKind.UNDO, target=ActionKind.ACCEPT, changed=2, who="박")
    assert oldest == Action(1, oldest.at, "김", ActionKind.ACCEPT, None, 2)
    assert newest.at >= oldest.at
    assert database.reviews.journal(1) == [newest]


# How far the review is


def test_progress_of_everything_and_of_places(database, photos):
    stain, frame, gone = photos
    assert database.reviews.progress() == ReviewProgress(total=3, check_left=1, reviewed=0, failed=1)
    database.reviews.move([stain, gone], KITCHEN)
    database.reviews.move([frame], KITCHEN._replace(room="욕실"))
    accept(database, [stain])
    assert database.reviews.progress_by([PlacePart.ROOM]) == {
        ("주방",): ReviewProgress(total=2, check_left=0, reviewed=1, failed=1),
        ("욕실",): ReviewProgress(total=1, check_left=0, reviewed=0, failed=0),
    }
    assert database.reviews.progress({PlacePart.ROOM: "욕실"}) == ReviewProgress(total=1)
    assert database.reviews.progress({PlacePart.ROOM: "현관"}) == ReviewProgress()


def test_photos_without_a_place_are_counted_under_none(database, photos):
    database.reviews.move(photos[:1], KITCHEN)
    by_unit = database.reviews.progress_by([PlacePart.BUILDING, PlacePart.UNIT])
    assert {place: progress.total for place, progress in by_unit.items()} == {("101동", "1203호"): 1, ("", ""): 2}


def test_the_progress_of_a_unit_reads_only_that_unit(database, photos, plans):
    database.reviews.progress()
    database.reviews.progress({PlacePart.UNIT: "1203호"})
    steps = [step for steps in plans for step in steps]
    assert [step for step in steps if "photo" in step] == [
        "SCAN photo USING COVERING INDEX ix_photo_place",
        "SEARCH photo USING COVERING INDEX ix_photo_place (place_id=?)",
    ]
    assert not [step for step in steps if "TEMP" in step]


def test_the_photos_of_a_step(database, photos):
    stain, frame, gone = photos
    action = database.reviews.set_state([gone, stain], NOT_A_DEFECT)
    database.reviews.note(frame, "창가")
    assert sorted(database.reviews.photos_of(action)) == [stain, gone]
    assert database.reviews.photos_of(database.reviews.undo()) == [frame]
