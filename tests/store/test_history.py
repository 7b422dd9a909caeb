"""Every filter in every order, against the same question asked of a plain list of records."""

import shutil
import unicodedata
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from defect_desktop.core.decision import CheckReason
from defect_desktop.core.history import (
    EVERYTHING,
    REVIEW_ORDER,
    HistoryFilter,
    LabelSource,
    Order,
    PackUse,
    Sort,
    VerdictKind,
)
from defect_desktop.core.place import NOWHERE, Place, PlacePart
from defect_desktop.core.record import Outcome, PhotoFile
from defect_desktop.core.review import CANNOT_TELL, NOT_A_DEFECT, ActionKind, ReviewState
from defect_desktop.errors import PhotoProblem
from defect_desktop.store import criteria, writing
from defect_desktop.store.database import Database
from tests.store.samples import SETTINGS, accept, classified, failed, photo, record_all, verdict

OTHER = replace(SETTINGS, pack_name="현장", pack_version="2.0", fingerprint="e" * 64)
LABELS = ("오염", "창틀,문틀수정", "들뜸", "울음")
PLACES = (
    NOWHERE,
    Place("래미안", "101동", "1203호", "주방", trade="도배"),
    Place("래미안", "101동", "1203호", "욕실"),
    Place("자이", "101동", "1203호", "주방"),
)
ORDERS = [Order(by, descending) for by in Sort for descending in (True, False)]


def outcomes(first, count):
    """Photos of every kind; confidences repeat, so that an order must decide between equals."""
    for n in range(first, first + count):
        file = PhotoFile(Path(f"/사진/{n % 7}층") / unicodedata.normalize("NFD", f"Img_{n:03}.jpg"), n, n)
        if n % 11 == 5:
            yield Outcome(file, "" if n % 2 else f"{n:064}", problem=PhotoProblem.CORRUPT)
        else:
            reasons = (CheckReason.LOW_CONFIDENCE,) if n % 3 == 0 else ()
            yield Outcome(file, f"{n:064}", verdict(LABELS[n * n % 4], (n * 7 % 10 + 1) / 10, *reasons))


def review(database, ids):
    """Every state of a review, notes, corrections to several labels, and defects that several photos show."""
    for n, photo_id in enumerate(ids):
        if n % 5 == 1:
            database.reviews.judge([photo_id], (LABELS[n % 4],))
        elif n % 13 == 2:
            database.reviews.judge([photo_id], (LABELS[n % 4], LABELS[(n + 1) % 4]))
        elif n % 17 == 3:
            database.reviews.set_state([photo_id], NOT_A_DEFECT if n % 2 else CANNOT_TELL)
        if n % 19 == 4:
            database.reviews.note(photo_id, "창가 아래 100%_!")
    for first in range(0, len(ids) - 60, 9):
        database.reviews.group(dict.fromkeys([ids[first], ids[first + 4], ids[first + 60]]))


@pytest.fixture(scope="module")
def history(blank, tmp_path_factory):
    """A database of some hundred photos, some of them classified twice, and its records in the order of coming in."""
    path = tmp_path_factory.mktemp("history") / "results.sqlite3"
    shutil.copyfile(blank, path)
    with Database.open(path) as database:
        for start in range(0, 160, 20):
            place, settings_ = PLACES[start // 20 % 4], OTHER if start % 60 == 20 else SETTINGS
            record_all(database, *outcomes(start, 20), settings=settings_, place=place)
        review(database, [record.photo_id for record in database.all_records()])
        again = list(outcomes(40, 15))
        record_all(database, *(replace(o, verdict=verdict("울음", 0.3)) for o in again if o.verdict), settings=OTHER)
        newest = database.history.where().page(limit=500).records
        yield database, newest[::-1]


# What a filter means, said once more


def admits(where, record, groups):
    return all(
        (
            all(record.remarks.place.value(part) == value for part, value in where.place.items()),
            not where.labels or where.labels & said(where.labels_of, record, groups),
            not where.verdicts or kind(record) in where.verdicts,
            not where.reviews or record.remarks.review.state in where.reviews,
            where.since is None or record.classified_at >= where.since,
            where.until is None or record.classified_at < where.until,
            where.pack is None or record.settings.fingerprint == where.pack,
            contains(record, where.text),
            where.least_confidence is None or confident(record, where.least_confidence),
        )
    )


def said(source, record, groups):
    program = {record.outcome.verdict.label} if record.outcome.verdict else set()
    person = set(record.remarks.review.labels)
    return {
        LabelSource.PROGRAM: program,
        LabelSource.PERSON: person,
        LabelSource.EITHER: program | person,
        LabelSource.FINAL: final(groups.get(record.remarks.group, [record])),
    }[source]


def final(defect):
    """What a defect is called, by all photos of it."""
    open_ = [record for record in defect if record.remarks.review.state is ReviewState.UNREVIEWED]
    if len(open_) < sum(record.remarks.review.state is not ReviewState.CANNOT_TELL for record in defect):
        return {label for record in defect for label in record.remarks.review.labels}
    verdicts = [record.outcome.verdict for record in open_ if record.outcome.verdict]
    return {max(verdicts, key=lambda verdict: verdict.confidence).label} if verdicts else set()


def grouped(records):
    groups = {}
    for record in sorted(records, key=lambda record: record.photo_id):
        if record.remarks.group is not None:
            groups.setdefault(record.remarks.group, []).append(record)
    return groups


def kind(record):
    if record.outcome.verdict is None:
        return VerdictKind.FAILED
    return VerdictKind.NEEDS_CHECK if record.outcome.verdict.needs_check else VerdictKind.SURE


def confident(record, least):
    return record.outcome.verdict is not None and record.outcome.verdict.confidence >= least


def contains(record, text):
    names = [
        text_
        for label in said(LabelSource.EITHER, record, {})
        if label in SETTINGS.class_names
        for text_ in (label, SETTINGS.class_names[label].ko, SETTINGS.class_names[label].en)
    ]
    sought = unicodedata.normalize("NFC", text.strip()).lower()
    texts = [str(record.outcome.photo.path), record.remarks.note, *names]
    return any(sought in unicodedata.normalize("NFC", shown).lower() for shown in texts)


def sort_key(order):
    keys = {
        Sort.RECENT: lambda place_record: place_record[0],
        Sort.PATH: lambda place_record: str(place_record[1].outcome.photo.path),
        Sort.CONFIDENCE: lambda place_record: getattr(place_record[1].outcome.verdict, "confidence", 0.0),
        Sort.ATTENTION: lambda place_record: attention(place_record[1].outcome.verdict),
    }
    return lambda place_record: (keys[order.by](place_record), place_record[1].photo_id)


def attention(verdict_):
    return -1.0 if verdict_ is None else verdict_.confidence - verdict_.needs_check


def expected(records, where, order):
    groups = grouped(records)
    shown = [(place, record) for place, record in enumerate(records) if admits(where, record, groups)]
    return [record for _, record in sorted(shown, key=sort_key(order), reverse=order.descending)]


def paged(found, order, limit):
    pages = [found.page(order, None, limit)]
    while pages[-1].after:
        pages.append(found.page(order, pages[-1].after, limit))
    assert all(len(page.records) == limit for page in pages[:-1])
    return [record for page in pages for record in page.records]


subset = {"max_size": 2}
moments = st.integers(-2, 180)
filters = st.builds(
    HistoryFilter,
    place=st.dictionaries(
        st.sampled_from(PlacePart), st.sampled_from(["", "101동", "1203호", "주방", "래미안"]), **subset
    ),
    labels=st.frozensets(st.sampled_from([*LABELS, "없음"]), **subset),
    labels_of=st.sampled_from(LabelSource),
    verdicts=st.frozensets(st.sampled_from(VerdictKind), **subset),
    reviews=st.frozensets(st.sampled_from(ReviewState), **subset),
    since=st.none() | moments,
    until=st.none() | moments,
    pack=st.none() | st.sampled_from([SETTINGS.fingerprint, OTHER.fingerprint, "0" * 64]),
    text=st.sampled_from(["", "", "IMG_1", " 사진/3층 ", "100%_!", "%", "frame", "오염", "stain", "nothing"]),
    least_confidence=st.none() | st.sampled_from([0.0, 0.3, 0.9]),
)


def dated(where, records):
    """`since` and `until` are drawn as numbers of records: when those were classified."""

    def moment(number):
        if number is None:
            return None
        at = records[min(max(number, 0), len(records) - 1)].classified_at
        return at - timedelta(days=1) if number < 0 else at

    return replace(where, since=moment(where.since), until=moment(where.until))


@pytest.mark.parametrize("few", [0, 40, criteria.FEW], ids=["none is few", "some are few", "all are few"])
@settings(max_examples=40, deadline=None)
@given(where=filters, order=st.sampled_from(ORDERS), limit=st.integers(5, 60))
def test_what_is_shown_is_what_the_filter_admits_in_its_order(history, few, where, order, limit):
    database, records = history
    where = dated(where, records)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(criteria, "FEW", few)
        found = database.history.where(where)
    wanted = expected(records, where, order)
    assert paged(found, order, limit) == wanted
    assert found.count() == len(wanted)
    shown = [photo_id for page in found.pages(order) for photo_id in page.photo_id]
    assert shown == [record.photo_id for record in wanted]


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_pages_neither_lose_nor_double_a_photo(history, order):
    database, records = history
    found = database.history.where()
    everything = expected(records, EVERYTHING, order)
    for limit in (1, 7, len(records), 1000):
        assert paged(found, order, limit) == everything


def test_a_page_that_is_just_full_is_followed_by_an_empty_one_at_most(history):
    database, records = history
    found = database.history.where()
    page = found.page(limit=len(records))
    assert found.page(after=page.after, limit=9).records == []


def test_the_review_begins_with_what_needs_a_check_the_least_sure_first(history):
    database, _ = history
    shown = [r.outcome.verdict for r in database.history.where().page(REVIEW_ORDER, limit=500).records]
    classified_ = [v for v in shown if v]
    assert shown[: len(shown) - len(classified_)] == [None] * (len(shown) - len(classified_))
    kinds = [v.needs_check for v in classified_]
    assert kinds == sorted(kinds, reverse=True)
    assert all(a.confidence <= b.confidence for a, b in pairwise(classified_) if a.needs_check == b.needs_check)


# Reviewing while one looks


def test_reviewing_what_is_shown_does_not_disturb_the_pages(database):
    record_all(database, *(classified(photo(f"{n:02}.jpg"), verdict=verdict("오염", n / 40)) for n in range(40)))
    found = database.history.where()
    shown = []
    page = found.page(REVIEW_ORDER, limit=6)
    while True:
        shown += page.records
        accept(database, [record.photo_id for record in page.records])
        if page.after is None:
            break
        page = found.page(REVIEW_ORDER, page.after, 6)
    assert [record.photo_id for record in shown] == list(range(1, 41))


def test_a_photo_that_the_filter_admits_no_more_is_gone(database):
    ids = record_all(database, *(classified(photo(f"{n}.jpg")) for n in range(9)))
    found = database.history.where(HistoryFilter(reviews=frozenset({ReviewState.UNREVIEWED})))
    accept(database, ids[:4])
    assert found.count() == 5
    assert [record.photo_id for record in found.page().records] == ids[:3:-1]


def test_a_photo_is_shown_once_with_its_latest_result(database):
    first, second = record_all(database, classified(photo("a.jpg")), classified(photo("b.jpg")))
    record_all(database, classified(photo("a.jpg"), verdict=verdict("들뜸", 0.9)), settings=OTHER)
    shown = database.history.where().page().records
    assert [record.photo_id for record in shown] == [first, second]
    assert shown[0].outcome.verdict.label == "들뜸"
    assert database.history.where(HistoryFilter(pack=SETTINGS.fingerprint)).count() == 1


def test_what_was_said_of_a_file_that_could_not_be_read_is_said_of_its_photo(database):
    (unread,) = record_all(database, failed(photo("a.jpg")))
    database.reviews.note(unread, "욕실 천장")
    assert record_all(database, classified(photo("a.jpg"))) == [unread]
    (record,) = database.history.where(HistoryFilter(text="천장")).page().records
    assert (record.outcome.problem, record.remarks.note) == (None, "욕실 천장")
    assert database.reviews.undo().target is ActionKind.NOTE


def test_a_file_may_fail_and_be_read_in_one_run(database):
    run = database.begin_run(SETTINGS)
    (first,) = database.add_outcomes(run, [(0, failed(photo("a.jpg")))])
    (second,) = database.add_outcomes(run, [(1, classified(photo("a.jpg")))])
    assert first.photo_id != second.photo_id
    assert [record.photo_id for record in database.history.where().page().records] == [second.photo_id]


def test_a_file_that_is_what_it_was_before_leaves_the_history_as_a_failure(database):
    (known,) = record_all(database, classified(photo("a.jpg")))
    (unread,) = record_all(database, failed(photo("a.jpg")))
    assert record_all(database, classified(photo("a.jpg"))) == [known]
    shown = database.history.where().page().records
    assert [(record.photo_id, record.outcome.problem) for record in shown] == [(known, None)]
    with pytest.raises(LookupError):
        database.history.record(unread)


def test_a_failure_that_somebody_spoke_of_stays_beside_the_photo(database):
    (known,) = record_all(database, classified(photo("a.jpg")))
    (unread,) = record_all(database, failed(photo("a.jpg")))
    database.reviews.note(unread, "카드 확인")
    record_all(database, classified(photo("a.jpg")))
    shown = database.history.where().page().records
    assert {record.photo_id: record.remarks.note for record in shown} == {known: "", unread: "카드 확인"}


def test_clocks_that_go_backwards_do_not_turn_the_order_of_coming_in(database, monkeypatch):
    class Back:
        hours = 5

        @classmethod
        def now(cls, zone):
            cls.hours -= 1
            return writing_time(zone) + timedelta(hours=cls.hours)

    writing_time = writing.datetime.now
    monkeypatch.setattr(writing, "datetime", Back)
    ids = [record_all(database, classified(photo(f"{n}.jpg")))[0] for n in range(3)]
    assert [record.photo_id for record in database.history.where().page().records] == ids[::-1]


def test_the_packs_that_made_results(database):
    assert database.history.packs() == []
    record_all(database, classified(photo("a.jpg")))
    record_all(database, classified(photo("b.jpg")), settings=OTHER)
    ours, other = (PackUse(s.pack_name, s.pack_version, s.fingerprint) for s in (SETTINGS, OTHER))
    assert database.history.packs() == [other, ours]
    record_all(database, classified(photo("c.jpg")))
    assert database.history.packs() == [ours, other]


# How the database goes about it


CONDITIONS = {
    "nothing": EVERYTHING,
    "place": HistoryFilter(place={PlacePart.ROOM: "주방"}),
    "no place": HistoryFilter(place={PlacePart.ROOM: ""}),
    "label": HistoryFilter(labels=frozenset(LABELS)),
    "verdict": HistoryFilter(verdicts=frozenset({VerdictKind.SURE, VerdictKind.NEEDS_CHECK})),
    "failed": HistoryFilter(verdicts=frozenset({VerdictKind.FAILED})),
    "review": HistoryFilter(reviews=frozenset({ReviewState.UNREVIEWED})),
    "pack": HistoryFilter(pack=SETTINGS.fingerprint),
    "text": HistoryFilter(text="img"),
    "confidence": HistoryFilter(least_confidence=0.1),
    "several": HistoryFilter(
        place={PlacePart.ROOM: "주방"},
        labels=frozenset(LABELS),
        reviews=frozenset({ReviewState.UNREVIEWED}),
        text="jpg",
    ),
}


@pytest.mark.parametrize("order", ORDERS, ids=str)
@pytest.mark.parametrize("where", CONDITIONS.values(), ids=CONDITIONS)
def test_where_many_photos_are_meant_an_index_is_walked_in_order(history, plans, monkeypatch, where, order):
    monkeypatch.setattr(criteria, "FEW", 0)
    database, records = history
    for filter_ in (where, replace(where, since=records[0].classified_at)):
        found = database.history.where(filter_)
        after = found.page(order, limit=5).after
        assert after
        plans.clear()
        found.page(order, after, limit=5)
        walked, *steps = [step for steps in plans for step in steps]
        paths = bool(where.text) and order.by in (Sort.CONFIDENCE, Sort.ATTENTION)  # their indexes know no paths
        covering = "" if paths else "COVERING "
        assert walked.startswith(f"SEARCH photo USING {covering}INDEX ix_photo_{order.by.value} (")
        assert not [step for step in plans[0] if "TEMP B-TREE" in step]
        assert {step for step in steps if "SCAN photo" in step} <= {"SCAN photo USING INDEX ix_photo_note"}


@pytest.mark.parametrize(
    "where", [each for name, each in CONDITIONS.items() if name not in ("nothing", "verdict", "confidence")]
)
def test_where_few_photos_are_meant_only_they_are_looked_at(history, plans, where):
    database, _ = history
    found = database.history.where(where)
    scans = [step for steps in plans for step in steps if step.startswith("SCAN photo")]
    assert where.text or not scans  # nothing but a text in the middle of a path has to be looked for everywhere
    plans.clear()
    found.page()
    found.count()
    found.defects(PlacePart.ROOM)
    reads = {step for steps in plans for step in steps if "photo USING" in step}
    assert reads - {"SCAN photo USING INDEX ix_photo_note"} == {"SEARCH photo USING INTEGER PRIMARY KEY (rowid=?)"}


def test_counts_and_charts_of_everything_read_nothing_but_indexes(history, plans):
    database, _ = history
    found = database.history.where()
    found.count()
    found.defects(PlacePart.UNIT)
    reads = [step for steps in plans for step in steps if " photo" in step]
    assert reads
    assert all("COVERING INDEX" in step for step in reads)
