"""A database of the first version is taken over with everything in it, and kept as it was beside."""

import shutil
import sqlite3
import threading
import time
from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, event

from defect_desktop.core.history import REVIEW_ORDER, Order, Sort
from defect_desktop.core.review import NO_REMARKS, NOT_A_DEFECT, UNREVIEWED, ActionKind, Review, ReviewState, Undoable
from defect_desktop.errors import PhotoProblem, StoreError
from defect_desktop.store.backup import BackupReason, back_up_daily, backups_of, restore
from defect_desktop.store.database import Database
from tests.store.first_version import write_first_version
from tests.store.samples import SETTINGS, accept, classified, photo, record_all, verdict
from tests.store.test_opening import open_at_once


@pytest.fixture
def old(path):
    write_first_version(path)
    return path


def shown(database, order):
    return [record.outcome.photo.path.name for record in database.history.where().page(order).records]


def test_everything_is_still_there(old):
    with Database.open(old) as database:
        records = {r.outcome.photo.path.name: r for r in database.all_records()}
        first, second = ([r.outcome.photo.path.name for r in database.records(run)] for run in (1, 2))
    assert first == ["accepted.jpg", "corrected.jpg", "lost.jpg", "twice.jpg", "caf\udce9.jpg", "gone.jpg"]
    assert second == ["lost.jpg", "twice.jpg"]
    assert records.keys() == {*first}
    assert records["accepted.jpg"].outcome.verdict == verdict("오염", 0.9)
    assert records["twice.jpg"].run_id == 2
    assert records["lost.jpg"].outcome.problem is None
    assert records["gone.jpg"].outcome.problem is PhotoProblem.MISSING
    assert records["accepted.jpg"].classified_at == datetime(2026, 1, 2, 9, 1, tzinfo=UTC)


def test_labels_become_reviews(old):
    with Database.open(old) as database:
        remarks = {record.outcome.photo.path.name: record.remarks for record in database.all_records()}
    assert remarks.pop("accepted.jpg").review == Review(ReviewState.ACCEPTED, ("오염",))
    assert remarks.pop("corrected.jpg").review == Review(ReviewState.CORRECTED, ("울음",))
    assert set(remarks.values()) == {NO_REMARKS}


def test_the_journal_tells_of_the_labels_and_undo_does_not_reach_them(old):
    with Database.open(old) as database:
        assert [(a.kind, a.at.hour, a.changed) for a in database.reviews.journal(9)] == [
            (ActionKind.TAKEN_OVER, 10, 1), (ActionKind.TAKEN_OVER, 9, 1)
        ]  # fmt: skip
        assert database.reviews.undoable() == Undoable(None, None)
        assert database.reviews.undo() is None
        photo_id = next(r.photo_id for r in database.all_records() if r.human_label == "울음")
        database.reviews.set_state([photo_id], NOT_A_DEFECT)
        database.reviews.undo()
        assert database.reviews.undo() is None
        assert database.history.record(photo_id).remarks.review == Review(ReviewState.CORRECTED, ("울음",))
        assert database.reviews.set_state([photo_id], UNREVIEWED).changed == 1


def test_the_history_is_in_the_order_that_the_present_version_gives_it(old):
    with Database.open(old) as database:
        assert shown(database, Order()) == [
            "twice.jpg", "lost.jpg", "gone.jpg", "caf\udce9.jpg", "corrected.jpg", "accepted.jpg"
        ]  # fmt: skip
        assert shown(database, REVIEW_ORDER)[:3] == ["gone.jpg", "lost.jpg", "twice.jpg"]
        assert shown(database, Order(Sort.CONFIDENCE))[-3:] == ["twice.jpg", "lost.jpg", "gone.jpg"]
        assert database.reviews.progress().check_left == 2


def test_the_work_goes_on(old):
    with Database.open(old) as database:
        done = database.find_done(SETTINGS.fingerprint, [photo("accepted.jpg"), photo("gone.jpg")])
        assert list(done) == [photo("accepted.jpg")]
        ids = record_all(database, classified(photo("gone.jpg")), classified(photo("new.jpg")))
        assert database.history.where().count() == 7
        assert accept(database, ids).changed == 2


def test_a_copy_of_what_it_was_is_kept(old):
    with closing(sqlite3.connect(old)) as raw:
        before = list(raw.iterdump())
    Database.open(old).close()
    (made,) = backups_of(old)
    assert made.reason is BackupReason.BEFORE_MIGRATION
    with closing(sqlite3.connect(made.path)) as raw:
        assert list(raw.iterdump()) == before
    Database.open(old).close()
    assert backups_of(old) == [made]


def test_a_migration_that_fails_leaves_the_database_as_it_was(old):
    def fail(_connection, _cursor, statement, *_):
        if "ix_photo_place" in statement:
            raise KeyboardInterrupt

    with closing(sqlite3.connect(old)) as raw:
        before = list(raw.iterdump())
    event.listen(Engine, "before_cursor_execute", fail)
    with pytest.raises(KeyboardInterrupt):
        Database.open(old)
    event.remove(Engine, "before_cursor_execute", fail)
    with closing(sqlite3.connect(old)) as raw:
        assert list(raw.iterdump()) == before
    with Database.open(old) as database:
        assert database.history.where().count() == 6


@pytest.fixture
def slow_migration():
    """A migration that takes longer than anybody waits for a transaction, as that of a million rows does."""

    def dawdle(_connection, _cursor, statement, *_):
        if "ix_photo_place" in statement:
            time.sleep(0.5)

    event.listen(Engine, "before_cursor_execute", dawdle)
    yield
    event.remove(Engine, "before_cursor_execute", dawdle)


def kept_before_migration(path):
    """The photos in the copies that were made before a migration."""
    made = [backup.path for backup in backups_of(path) if backup.reason is BackupReason.BEFORE_MIGRATION]
    counts = []
    for copy in made:
        with closing(sqlite3.connect(copy)) as raw:
            counts.append(raw.execute("SELECT count(*) FROM photo").fetchone()[0])
    return counts


def at_once(*calls):
    """Calls each in a thread of its own, all at the same moment; what they raised."""
    start, raised = threading.Barrier(len(calls)), []

    def run(call):
        start.wait()
        try:
            call()
        except StoreError as error:
            raised.append(str(error))

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.usefixtures("slow_migration")
def test_threads_that_open_it_at_the_same_moment_wait_for_the_one_that_migrates_it(old):
    def opener():
        Database.open(old, busy_timeout=0.1).close()

    assert at_once(opener, opener, opener, lambda: back_up_daily(old)) == []
    assert kept_before_migration(old) == [7]


@pytest.mark.usefixtures("slow_migration")
def test_an_older_copy_that_was_put_back_is_migrated_once_whoever_opens_it(old, tmp_path):
    copy = tmp_path / "copy.sqlite3"
    shutil.copyfile(old, copy)
    with Database.open(old) as database:
        record_all(database, classified(photo("new.jpg")))
    restore(old, copy)

    def opener():
        Database.open(old, busy_timeout=0.1).close()

    assert at_once(opener, opener, opener) == []
    assert kept_before_migration(old) == [7, 7]


def test_programs_that_open_it_at_the_same_moment_migrate_it_once(programs, old):
    start, answers = programs.Barrier(4), programs.SimpleQueue()
    openers = [programs.Process(target=open_at_once, args=(old, start, answers)) for _ in range(4)]
    for opener in openers:
        opener.start()
    assert [answers.get() for _ in openers] == ["opened"] * 4
    for opener in openers:
        opener.join()
    assert kept_before_migration(old) == [7]
