"""Runs go in, records come out."""

import gc
import pathlib
import threading
import time
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from defect_desktop.core.review import UNREVIEWED
from defect_desktop.errors import PhotoProblem, StoreError
from defect_desktop.store.database import Database
from tests.store.samples import FRAME, SETTINGS, STAIN, classified, failed, many, photo

FINGERPRINT = SETTINGS.fingerprint


def run_of(database, *outcomes, settings=SETTINGS, start=0):
    run = database.begin_run(settings)
    database.add_outcomes(run, list(enumerate(outcomes, start)))
    database.finish_run(run, "finished")
    return run


def say(database, path, content_hash, label):
    """What a person says of a photo, whatever its number."""
    (photo_id,) = {
        record.photo_id
        for record in database.all_records()
        if (record.outcome.photo.path, record.outcome.content_hash) == (path, content_hash)
    }
    if label is None:
        database.reviews.set_state([photo_id], UNREVIEWED)
    else:
        database.reviews.judge([photo_id], (label,))


def outcomes_of(database, run):
    return [record.outcome for record in database.records(run)]


def test_a_run_keeps_everything_that_is_known(database):
    outcomes = [
        classified(photo("a.jpg")),
        failed(photo("b.jpg", size=None, mtime_ns=None)),
        failed(photo("c.jpg"), PhotoProblem.CORRUPT, "c"),
    ]
    before = datetime.now(UTC)
    run = run_of(database, *outcomes)
    records = list(database.records(run))
    assert [record.outcome for record in records] == outcomes
    for record in records:
        assert record.settings == SETTINGS
        assert record.run_id == run
        assert record.human_label is None
        assert before <= record.classified_at <= datetime.now(UTC)
        assert record.classified_at.utcoffset() == timedelta(0)


def test_a_batch_is_given_back_as_the_records_it_became(database):
    run = database.begin_run(SETTINGS)
    outcomes = many(8)
    assert database.add_outcomes(run, list(enumerate(outcomes))) == list(database.records(run))


def test_the_report_is_in_the_order_of_the_request(database):
    outcomes = many(30)
    run = database.begin_run(SETTINGS)
    for position in reversed(range(30)):
        database.add_outcomes(run, [(position, outcomes[position])])
    assert outcomes_of(database, run) == outcomes


def test_long_reports_are_read_in_pages_that_lose_and_double_nothing(database):
    outcomes = many(3000)
    run = run_of(database, *outcomes)
    assert outcomes_of(database, run) == outcomes
    assert [record.outcome for record in database.all_records()] == outcomes


def test_a_report_is_streamed(database):
    run = run_of(database, *many(8000))
    next(database.records(run))  # what is loaded once does not count
    tracemalloc.start()
    records = database.records(run)
    assert sum(1 for _ in islice(records, 7500)) == 7500
    gc.collect()  # what waits for the collector is not held
    taken = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(False, pathlib.__file__)])
    tracemalloc.stop()  # pathlib interns names: Python's own table of them may happen to grow meanwhile
    assert sum(trace.size for trace in taken.statistics("filename")) < 5_000_000  # all at once it is 15 MB
    assert sum(1 for _ in records) == 500


def test_an_empty_batch_changes_nothing(database):
    run = database.begin_run(SETTINGS)
    assert database.add_outcomes(run, []) == []
    database.link_done(run, [])
    assert outcomes_of(database, run) == []
    assert database.find_done(FINGERPRINT, []) == {}


@pytest.mark.parametrize("number", [99, 2**63, -(2**64)])
def test_a_run_that_never_was_is_refused(database, number):
    for ask in (database.records, database.summary, lambda run: database.add_outcomes(run, many(1))):
        with pytest.raises(StoreError, match=f"no run {number}"):
            ask(number)


def test_the_latest_run_is_the_one_begun_last_that_has_a_result(database):
    assert database.latest_run_id() is None
    first = database.begin_run(SETTINGS)
    second = database.begin_run(SETTINGS)
    database.add_outcomes(second, [(0, classified(photo("b.jpg")))])
    database.add_outcomes(first, [(0, classified(photo("a.jpg")))])
    database.begin_run(SETTINGS)
    assert database.latest_run_id() == second


def test_the_same_settings_come_back_for_every_run(database):
    other = replace(SETTINGS, pack_name="현장", options={"sources": ["caf\udce9"], "threshold": 0.5, "again": True})
    first = run_of(database, classified(photo("a.jpg")))
    second = run_of(database, classified(photo("b.jpg")), settings=other)
    assert [record.settings for run in (first, second) for record in database.records(run)] == [SETTINGS, other]


# What is done already


def test_an_unchanged_photo_is_done(database):
    listed = [photo("a.jpg"), photo("b.jpg"), photo("new.jpg")]
    run_of(database, classified(listed[0]), classified(listed[1], "b"))
    done = database.find_done(FINGERPRINT, listed)
    assert list(done) == listed[:2]

    resumed = database.begin_run(SETTINGS)
    database.link_done(resumed, [(0, done[listed[0]]), (1, done[listed[1]])])
    database.add_outcomes(resumed, [(2, classified(listed[2], "c", FRAME))])
    records = list(database.records(resumed))
    assert [record.outcome.photo for record in records] == listed
    assert [record.run_id for record in records] == [1, 1, resumed]


@pytest.mark.parametrize(
    "changed",
    [photo("a.jpg", size=999), photo("a.jpg", mtime_ns=1), photo("a.jpg", None, None), photo("A.JPG")],
    ids=["size", "mtime", "unknown", "name"],
)
def test_a_changed_photo_is_not_done(database, changed):
    run_of(database, classified(photo("a.jpg")))
    assert database.find_done(FINGERPRINT, [changed]) == {}


def test_another_pack_has_done_nothing(database):
    run_of(database, classified(photo("a.jpg")))
    assert database.find_done("0" * 64, [photo("a.jpg")]) == {}


def test_what_fewer_networks_judged_is_done_for_those_only_who_ask_no_more(database):
    early, whole = classified(photo("a.jpg")), classified(photo("b.jpg"), "b")
    run_of(database, replace(early, verdict=replace(early.verdict, asked=1)))
    run_of(database, replace(whole, verdict=replace(whole.verdict, asked=3)))
    both = [early.photo, whole.photo]
    assert list(database.find_done(FINGERPRINT, both)) == both
    assert list(database.find_done(FINGERPRINT, both, members=3)) == [whole.photo]


def test_a_report_is_read_from_a_position_on(database):
    run = run_of(database, *many(7))
    whole = list(database.records(run))
    assert list(database.records(run, 5)) == whole[5:]


def test_a_failure_is_tried_again(database):
    run_of(database, failed(photo("a.jpg"), PhotoProblem.TRUNCATED, "a"), failed(photo("b.jpg", None, None)))
    assert database.find_done(FINGERPRINT, [photo("a.jpg"), photo("b.jpg", None, None)]) == {}


def test_a_touched_photo_stays_the_same_and_is_done_at_its_new_time(database):
    touched = photo("a.jpg", mtime_ns=2_000_000_000_000_000_000)
    run_of(database, classified(photo("a.jpg")))
    say(database, touched.path, "a" * 64, "오염")
    run = run_of(database, classified(touched))
    assert [record.human_label for record in database.records(run)] == ["오염"]
    assert len(list(database.all_records())) == 1
    assert database.find_done(FINGERPRINT, [photo("a.jpg")]) == {}
    assert list(database.find_done(FINGERPRINT, [touched]).values()) == [2]


def test_a_photo_of_other_content_is_another_photo(database):
    run_of(database, classified(photo("a.jpg"), "a"))
    say(database, photo("a.jpg").path, "a" * 64, "들뜸")
    replaced = photo("a.jpg", size=2000)
    run_of(database, classified(replaced, "b", FRAME))
    records = list(database.all_records())
    assert [(record.outcome.photo.size, record.human_label) for record in records] == [(1000, "들뜸"), (2000, None)]


def test_the_latest_of_several_results_is_the_one_that_counts(database):
    run_of(database, classified(photo("a.jpg"), verdict=FRAME))
    run = run_of(database, classified(photo("a.jpg"), verdict=STAIN))
    again = database.begin_run(SETTINGS)
    database.link_done(again, [(0, database.find_done(FINGERPRINT, [photo("a.jpg")])[photo("a.jpg")])])
    assert [(record.run_id, record.outcome.verdict) for record in database.records(again)] == [(run, STAIN)]


def test_a_look_up_never_reads_more_than_the_photos_it_asks_for(database, plans):
    run_of(database, classified(photo("a.jpg")))
    plans.clear()
    database.find_done(FINGERPRINT, [photo("a.jpg")])
    searches = [step for steps in plans for step in steps if step.startswith(("SEARCH", "SCAN"))]
    assert [step.split(" ")[:2] for step in searches] == [["SEARCH", "photo"], ["SEARCH", "result"], ["SEARCH", "run"]]
    assert "path=?" in searches[0]
    assert "photo_id=?" in searches[1]


def test_ten_thousand_photos_are_looked_up_in_a_moment(database):
    outcomes = many(10_000)
    run_of(database, *outcomes)
    start = time.process_time()
    done = database.find_done(FINGERPRINT, [outcome.photo for outcome in outcomes])
    assert time.process_time() - start < 2  # a tenth of a second when nothing else runs
    assert len(done) == 9_000


def test_a_time_beyond_the_year_2262_is_no_obstacle(database):
    far = photo("far.jpg", mtime_ns=2**63)
    run = run_of(database, classified(far))
    assert outcomes_of(database, run) == [classified(replace(far, mtime_ns=None))]
    assert database.find_done(FINGERPRINT, [far]) == {}


names = st.text(st.characters(exclude_characters="/\0") | st.sampled_from("\udce9\ud800"), min_size=1)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(names.map(lambda name: photo(name)), max_size=20))
def test_undecodable_paths_survive(database, files):
    run = run_of(database, *(classified(file) for file in files))
    assert [outcome.photo for outcome in outcomes_of(database, run)] == list(files)
    assert database.find_done(FINGERPRINT, list(files)).keys() == files


# What a person says


def test_both_labels_are_kept(database):
    run = run_of(database, classified(photo("a.jpg")), classified(photo("b.jpg"), "b"))
    say(database, photo("a.jpg").path, "a" * 64, "들뜸")
    records = list(database.records(run))
    assert [record.human_label for record in records] == ["들뜸", None]
    assert [record.outcome.verdict for record in records] == [STAIN, STAIN]

    later = database.begin_run(SETTINGS)
    assert [record.human_label for record in database.add_outcomes(later, [(0, classified(photo("a.jpg")))])] == [
        "들뜸"
    ]


def test_a_label_can_be_changed_and_taken_back(database):
    run = run_of(database, failed(photo("a.jpg")))
    for label in ("들뜸", "오염", None):
        say(database, photo("a.jpg").path, "", label)
        assert [record.human_label for record in database.records(run)] == [label]


def test_a_photo_without_a_record_cannot_be_labelled(database):
    with pytest.raises(LookupError):
        database.reviews.judge([99], ("들뜸",))


# The latest of everything


def test_all_records_are_the_latest_of_every_photo_by_path(database):
    run_of(database, classified(photo("b.jpg")), classified(photo("c.jpg")))
    second = run_of(database, classified(photo("c.jpg"), verdict=FRAME), failed(photo("a.jpg")))
    records = list(database.all_records())
    assert [(record.outcome.photo.path.name, record.run_id) for record in records] == [
        ("a.jpg", second), ("b.jpg", 1), ("c.jpg", second)
    ]  # fmt: skip
    assert records[2].outcome.verdict == FRAME


def test_a_file_that_could_be_read_later_is_no_failure_any_more(database):
    run_of(database, failed(photo("a.jpg", None, None)), failed(photo("b.jpg", None, None)))
    run_of(database, classified(photo("a.jpg")))
    assert [outcome.problem for outcome in (record.outcome for record in database.all_records())] == [
        None, PhotoProblem.MISSING
    ]  # fmt: skip


def test_a_file_that_was_lost_later_keeps_its_result_and_tells_of_the_loss(database):
    run_of(database, classified(photo("a.jpg")))
    run_of(database, failed(photo("a.jpg", None, None)))
    assert [record.outcome.problem for record in database.all_records()] == [PhotoProblem.MISSING, None]


def test_a_summary_counts_the_report_with_what_was_done_before(database):
    run_of(database, *many(20))
    run = database.begin_run(SETTINGS)
    done = database.find_done(FINGERPRINT, [outcome.photo for outcome in many(20)])
    database.link_done(run, list(enumerate(done.values())))
    database.add_outcomes(run, [(100, classified(photo("x.jpg"))), (101, failed(photo("y.jpg")))])
    summary = database.summary(run)
    assert (summary.run_id, summary.total, summary.done_before) == (run, 20, 18)
    assert (summary.failed, summary.needs_check) == (1, 1)
    assert list(summary.labels.items()) == [("창틀,문틀수정", 18), ("오염", 1)]
    assert summary.class_names == SETTINGS.class_names


# Several users of one database


def test_a_second_program_sees_what_the_first_records(database, path):
    run = run_of(database, classified(photo("a.jpg")))
    with Database.open(path) as other:
        assert outcomes_of(other, run) == [classified(photo("a.jpg"))]
        say(other, photo("a.jpg").path, "a" * 64, "들뜸")
        assert other.begin_run(SETTINGS) == run + 1
    assert [record.human_label for record in database.records(run)] == ["들뜸"]


def test_a_report_can_be_read_while_another_thread_records(database):
    run = database.begin_run(SETTINGS)
    outcomes = many(800)

    def record():
        for start in range(0, 800, 8):
            database.add_outcomes(run, list(enumerate(outcomes[start : start + 8], start)))

    worker = threading.Thread(target=record)
    worker.start()
    while worker.is_alive():
        seen = outcomes_of(database, run)
        assert seen == outcomes[: len(seen)]
        assert len(seen) % 8 == 0
    worker.join()
    assert outcomes_of(database, run) == outcomes


def test_two_programs_can_record_at_the_same_time(path):
    def record(number):
        with Database.open(path) as database:
            run = database.begin_run(SETTINGS)
            for position in range(50):
                database.add_outcomes(run, [(position, classified(photo(f"{number}-{position}.jpg")))])

    workers = [threading.Thread(target=record, args=(number,)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with Database.open(path) as database:
        assert [database.summary(run).total for run in (1, 2, 3, 4)] == [50] * 4
