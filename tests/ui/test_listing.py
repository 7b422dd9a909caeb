from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from defect_desktop.core.quality import QualityFinding
from defect_desktop.core.record import PhotoRecord
from defect_desktop.core.review import CANNOT_TELL, NOT_A_DEFECT, Remarks
from defect_desktop.ui.listing import Filter, Listing, natural
from defect_desktop.ui.record_state import State, label_of, state_of
from tests.ui.fakes import flawed, labelled, make_record


def take(listing: Listing, records: list[PhotoRecord]) -> None:
    for row, numbers in listing.take(records):
        listing.insert(row, numbers)


def shown(listing: Listing) -> list[PhotoRecord]:
    return [listing.at(row) for row in range(len(listing))]


@pytest.fixture
def records() -> list[PhotoRecord]:
    return [make_record(number) for number in range(40)]


def by_confidence(record: PhotoRecord) -> float:
    return record.outcome.verdict.confidence if record.outcome.verdict else -1.0


def test_records_are_shown_in_order_of_arrival(records):
    listing = Listing()
    take(listing, records[:25])
    take(listing, records[25:])
    assert shown(listing) == records
    assert listing.states.total() == 40
    assert listing.states[State.FAILED] == 4
    assert listing.labels.total() == 36


@pytest.mark.parametrize("descending", [False, True])
def test_late_records_take_the_place_that_sorting_gives_them(records, descending):
    early, late = Listing(), Listing()
    take(early, records)
    early.order_by(by_confidence, descending=descending)
    late.order_by(by_confidence, descending=descending)
    for start in range(0, 40, 7):
        take(late, records[start : start + 7])
    assert shown(late) == shown(early)
    values = [by_confidence(record) for record in shown(late)]
    assert values == sorted(values, reverse=descending)


def test_clearing_the_order_returns_to_arrival(records):
    listing = Listing()
    take(listing, records)
    listing.order_by(by_confidence, descending=True)
    listing.order_by(None, descending=True)
    assert shown(listing) == records


def test_filters(records):
    listing = Listing()
    take(listing, records)
    listing.show_only(Filter(check_only=True))
    assert shown(listing) == [record for record in records if state_of(record) is State.CHECK]
    listing.show_only(Filter(failed=True))
    assert {state_of(record) for record in shown(listing)} == {State.FAILED}
    label = label_of(records[0])
    listing.show_only(Filter(label=label))
    take(listing, [records[0], records[1]])
    assert {label_of(record) for record in shown(listing)} == {label}
    listing.show_only(Filter(failed=True, check_only=True))
    assert len(listing) == 0
    listing.show_only(Filter())
    assert len(listing) == len(listing.records) == 42


def test_photos_to_take_again_can_be_shown_alone(records):
    dark_check = flawed(records[1], QualityFinding.DARK)
    blurred_sure = flawed(records[2], QualityFinding.BLURRED, QualityFinding.TOO_FAR)
    listing = Listing()
    listing.show_only(Filter(retake=True))
    take(listing, [records[0], dark_check, blurred_sure])
    assert shown(listing) == [dark_check, blurred_sure]
    assert listing.retakes == 2
    listing.show_only(Filter(retake=True, check_only=True))
    assert shown(listing) == [dark_check]
    listing.clear()
    assert listing.retakes == 0


def test_rows_are_found_again(records):
    listing = Listing()
    take(listing, records)
    listing.order_by(by_confidence, descending=True)
    assert all(listing.at(listing.row_of(record)) is record for record in records)
    listing.show_only(Filter(failed=True))
    assert listing.row_of(records[0]) is None
    assert listing.row_of(replace(records[9])) is None  # an equal record is another one


def test_a_failed_record_became_what_its_photo_was_listed_with_in_its_place(records):
    listing = Listing()
    take(listing, records)
    failed = records[9]
    again = replace(records[8], photo_id=failed.photo_id, classified_at=failed.classified_at + timedelta(minutes=1))
    listing.try_again([again])
    assert listing.present(failed) is again
    assert listing.present(records[8]) is records[8]


def test_clearing_keeps_filter_and_order(records):
    listing = Listing()
    listing.order_by(by_confidence)
    listing.show_only(Filter(check_only=True))
    take(listing, records)
    listing.clear()
    assert (len(listing), len(listing.records), listing.states.total()) == (0, 0, 0)
    take(listing, records)
    assert [by_confidence(record) for record in shown(listing)] == sorted(
        by_confidence(record) for record in records if state_of(record) is State.CHECK
    )


def test_a_persons_word_outweighs_the_model(records):
    checked = labelled(records[1], "피스")
    assert (state_of(checked), label_of(checked)) == (State.HUMAN, "피스")
    assert (state_of(labelled(records[9], "피스")), label_of(records[9])) == (State.HUMAN, None)


@pytest.mark.parametrize("review", [NOT_A_DEFECT, CANNOT_TELL])
def test_a_person_who_names_no_defect_outweighs_the_model_too(records, review):
    said = replace(records[1], remarks=Remarks(review))
    assert (state_of(said), label_of(said)) == (State.HUMAN, None)


def test_what_was_said_since_counts_and_goes_where_that_puts_it(records):
    listing = Listing()
    take(listing, records)
    listing.show_only(Filter(check_only=True))
    listing.order_by(by_confidence, descending=True)
    before, first = shown(listing), listing.at(0)
    listing.renew({first.photo_id: Remarks(NOT_A_DEFECT)})
    assert shown(listing) == before[1:]
    assert listing.present(first) == replace(first, remarks=Remarks(NOT_A_DEFECT))
    assert listing.present(before[1]) is before[1]
    assert listing.states[State.HUMAN] == 1
    assert listing.states.total() == len(listing.records) == 40
    assert listing.labels.total() == 35
    assert all(listing.labels.values())
    listing.order_by(lambda record: state_of(record).rank)
    listing.show_only(Filter())
    listing.renew({records[0].photo_id: Remarks(CANNOT_TELL)})
    assert listing.at(38).photo_id == records[0].photo_id


def test_numbers_in_names_count_as_numbers():
    names = ["사진 10.jpg", "사진 9.jpg", "IMG_2.JPG", "img_10.jpg", "7", "", "a1b", "a1"]
    assert sorted(names, key=natural) == ["", "7", "a1", "a1b", "IMG_2.JPG", "img_10.jpg", "사진 9.jpg", "사진 10.jpg"]
    assert natural(Path("x" * 5 + "9" * 200).name)
