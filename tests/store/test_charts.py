"""How many defects there are where."""

from dataclasses import replace

import pytest

from defect_desktop.core.history import EVERYTHING, DefectCount, DefectCounts, HistoryFilter, LabelSource, VerdictKind
from defect_desktop.core.place import NOWHERE, Place, PlacePart
from defect_desktop.core.review import CANNOT_TELL, NOT_A_DEFECT, ReviewState, Shot
from tests.store.samples import FRAME, STAIN, accept, classified, failed, photo, record_all, verdict

PAPER = Place("래미안", "101동", "1203호", "주방", trade="도배")
PAINT = Place("래미안", "101동", "1203호", "욕실", trade="도장")
ABOVE = Place("래미안", "101동", "1303호", "주방", trade="도배")

NOTHING = DefectCounts([], 0, 0)


def stains(names, place=NOWHERE):
    return [classified(photo(f"{name}-{place.room}-{place.unit}.jpg")) for name in names]


def counts(found):
    return {(*count.place, count.label): count.defects for count in found.counts}


def test_nothing_has_no_defects(database):
    assert database.history.where().defects(PlacePart.UNIT) == NOTHING
    record_all(database, failed(photo("a.jpg")))
    assert database.history.where().defects() == NOTHING


def test_defects_of_units_and_trades(database):
    record_all(database, *stains("ab", PAPER), place=PAPER)
    record_all(database, *stains("cde", PAINT), classified(photo("f.jpg"), verdict=FRAME), place=PAINT)
    record_all(database, *stains("g", ABOVE), place=ABOVE)
    everything = database.history.where()
    assert counts(everything.defects()) == {("오염",): 6, ("창틀,문틀수정",): 1}
    assert counts(everything.defects(PlacePart.TRADE)) == {
        ("도배", "오염"): 3, ("도장", "오염"): 3, ("도장", "창틀,문틀수정"): 1
    }  # fmt: skip
    below = [DefectCount(("101동", "1203호"), "오염", 5), DefectCount(("101동", "1203호"), "창틀,문틀수정", 1)]
    assert everything.defects(PlacePart.BUILDING, PlacePart.UNIT) == DefectCounts(
        [*below, DefectCount(("101동", "1303호"), "오염", 1)], defects=7, places=2
    )
    assert everything.defects(PlacePart.BUILDING, PlacePart.UNIT, most=1) == DefectCounts(below, defects=7, places=2)


def test_photos_without_a_place_are_counted_too(database):
    record_all(database, *stains("ab"))
    record_all(database, *stains("c", PAPER), place=PAPER)
    assert counts(database.history.where().defects(PlacePart.UNIT)) == {("", "오염"): 2, ("1203호", "오염"): 1}


def test_what_people_say_replaces_what_the_program_said(database):
    a, b, c, d = record_all(database, *stains("abcd"))
    accept(database, [a])
    database.reviews.judge([b], ("들뜸", "울음"))
    database.reviews.set_state([c], NOT_A_DEFECT)
    database.reviews.set_state([d], CANNOT_TELL)
    assert counts(database.history.where().defects()) == {("오염",): 1, ("들뜸",): 1, ("울음",): 1}


def test_the_photos_of_one_defect_count_once(database):
    a, b, c, *_ = ids = record_all(database, *stains("abcde"))
    database.reviews.group({a: Shot.FAR, b: Shot.NEAR, c: Shot.SCALE})
    assert counts(database.history.where().defects()) == {("오염",): 3}
    database.reviews.judge(ids, ("들뜸",))
    assert counts(database.history.where().defects()) == {("들뜸",): 3}


def test_one_defect_counts_once_while_it_is_reviewed_and_wherever_its_photos_were_taken(database):
    a, b = record_all(database, *stains("ab", PAPER), place=PAPER)
    database.reviews.group({a: Shot.FAR, b: Shot.NEAR})
    accept(database, [a])
    assert counts(database.history.where().defects()) == {("오염",): 1}
    database.reviews.move([b], PAPER._replace(room="욕실"))
    assert counts(database.history.where().defects(PlacePart.UNIT)) == {("1203호", "오염"): 1}
    assert counts(database.history.where().defects(PlacePart.ROOM)) == {("주방", "오염"): 1, ("욕실", "오염"): 1}
    accept(database, [b])
    assert database.history.where().defects(PlacePart.UNIT) == DefectCounts(
        [DefectCount(("1203호",), "오염", 1)], defects=1, places=1
    )


def test_one_defect_is_what_the_program_is_surest_of_until_a_person_says_what_it_is(database):
    said = (classified(photo("far.jpg"), verdict=FRAME), *stains("ab"))
    far, near, other = record_all(database, *said)
    database.reviews.group({far: Shot.FAR, near: Shot.NEAR})
    assert counts(database.history.where().defects()) == {("오염",): 1, ("창틀,문틀수정",): 1}
    database.reviews.judge([near], ("들뜸",))
    assert counts(database.history.where().defects()) == {("들뜸",): 1, ("오염",): 1}
    database.reviews.set_state([near], CANNOT_TELL)
    assert database.history.where().defects().defects == 2
    database.reviews.set_state([near], NOT_A_DEFECT)
    assert counts(database.history.where().defects()) == {("오염",): 1}
    assert database.history.record(other).remarks.group is None


def test_what_a_person_says_of_one_photo_goes_for_the_defect_wherever_it_was_taken(database):
    a, b = record_all(database, *stains("ab", PAPER), place=PAPER)
    database.reviews.group({a: Shot.FAR, b: Shot.NEAR})
    database.reviews.move([b], PAPER._replace(room="욕실"))
    database.reviews.judge([a], ("들뜸",))
    assert counts(database.history.where().defects(PlacePart.ROOM)) == {("주방", "들뜸"): 1, ("욕실", "들뜸"): 1}
    assert counts(database.history.where().defects()) == {("들뜸",): 1}


def test_the_photos_of_a_final_label_are_those_that_the_charts_count(database):
    ids = record_all(database, *stains("abcdef"))
    accept(database, [ids[0]])
    database.reviews.judge([ids[1]], ("들뜸",))
    database.reviews.set_state([ids[2]], NOT_A_DEFECT)
    database.reviews.judge([ids[3]], ("들뜸",))
    database.reviews.set_state([ids[3]], CANNOT_TELL)
    for (label,), number in counts(database.history.where().defects()).items():
        where = HistoryFilter(labels=frozenset({label}), labels_of=LabelSource.FINAL)
        assert database.history.where(where).count() == number


@pytest.mark.parametrize("label", ["들뜸", None], ids=["judged", "not judged"])
def test_a_bar_leads_to_the_photos_of_one_defect_whatever_each_alone_would_be_called(database, label):
    unsure = classified(photo("far.jpg"), verdict=verdict(FRAME.label, 0.1))
    far, near = record_all(database, unsure, *stains("a"), place=PAPER)
    database.reviews.group({far: Shot.FAR, near: Shot.NEAR})
    database.reviews.move([far], PAINT)
    if label:
        database.reviews.judge([near], (label,))
    called = label or STAIN.label
    unreviewed = HistoryFilter(reviews=frozenset({ReviewState.UNREVIEWED}))
    for where in (EVERYTHING, unreviewed, HistoryFilter(place={PlacePart.ROOM: PAINT.room})):
        assert counts(database.history.where(where).defects()) == {(called,): 1}
        behind = database.history.where(replace(where, labels=frozenset({called}), labels_of=LabelSource.FINAL))
        assert far in {record.photo_id for record in behind.page().records}
        assert counts(behind.defects()) == {(called,): 1}
    frames = HistoryFilter(labels=frozenset({FRAME.label}), labels_of=LabelSource.FINAL)
    assert database.history.where(frames).count() == 0


def test_the_charts_show_what_the_filter_lets_through(database):
    a, *_ = record_all(database, classified(photo("a.jpg"), verdict=STAIN), classified(photo("b.jpg"), verdict=FRAME))
    checks = HistoryFilter(verdicts=frozenset({VerdictKind.NEEDS_CHECK}))
    assert counts(database.history.where(checks).defects()) == {("오염",): 1}
    database.reviews.judge([a], ("들뜸",))
    by_people = HistoryFilter(labels=frozenset({"들뜸"}), labels_of=LabelSource.PERSON)
    assert counts(database.history.where(by_people).defects(PlacePart.UNIT)) == {("", "들뜸"): 1}
