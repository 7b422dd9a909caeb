"""What happens to a database in use: the user is told, and nothing that was recorded is lost."""

import sqlite3
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError

from defect_desktop.errors import StoreError
from defect_desktop.store.database import Database
from tests.store.samples import SETTINGS, classified, many, photo


@contextmanager
def disk_of(pages):
    """A disk on which a database may have so many pages and no more."""

    def limit(raw, _entry):
        raw.execute(f"PRAGMA max_page_count={pages}")

    event.listen(Engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(Engine, "connect", limit)


def record(database, run, outcomes, first=0):
    for start in range(first, len(outcomes), 8):
        database.add_outcomes(run, list(enumerate(outcomes[start : start + 8], start)))


def test_a_disk_that_fills_up_costs_only_the_batch_that_did_not_fit(path):
    outcomes = many(800)
    with disk_of(60), Database.open(path) as database:
        run = database.begin_run(SETTINGS)
        with pytest.raises(StoreError, match="disk is full"):
            record(database, run, outcomes)
        kept = [record.outcome for record in database.records(run)]
    assert kept
    assert kept == outcomes[: len(kept)]
    assert len(kept) % 8 == 0

    with Database.open(path) as database:
        record(database, run, outcomes, first=len(kept))
        assert [record.outcome for record in database.records(run)] == outcomes


def test_a_disk_that_is_full_from_the_start(path):
    with disk_of(4), pytest.raises(StoreError, match="disk is full"):
        Database.open(path)
    Database.open(path).close()


def test_a_database_that_is_locked_for_too_long_can_be_used_later(database, path):
    run = database.begin_run(SETTINGS)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="Another program") as told:
            database.add_outcomes(run, [(0, classified(photo("a.jpg")))])
        assert told.value.__cause__ is not None
        assert list(database.records(run)) == []
    database.add_outcomes(run, [(0, classified(photo("a.jpg")))])
    assert len(list(database.records(run))) == 1


def test_a_database_that_gets_damaged_in_use(path):
    with Database.open(path) as database:
        run = database.begin_run(SETTINGS)
        record(database, run, many(800))
    content = bytearray(path.read_bytes())
    content[8192:] = b"\x55" * (len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"), Database.open(path) as database:
        list(database.records(run))


@pytest.mark.parametrize(
    "twice",
    [
        lambda database, run: database.add_outcomes(
            run, [(1, classified(photo("b.jpg"))), (0, classified(photo("c.jpg")))]
        ),
        lambda database, run: database.add_outcomes(run, [(1, classified(photo("a.jpg")))]),
        lambda database, run: database.link_done(run, [(1, 1)]),
        lambda database, run: database.link_done(run, [(0, 1)]),
        lambda database, run: database.link_done(run, [(1, 99)]),
    ],
    ids=["position", "photo", "result", "position and result", "no such result"],
)
def test_a_mistake_of_ours_is_no_fault_of_the_database_and_leaves_no_trace(database, twice):
    run = database.begin_run(SETTINGS)
    database.add_outcomes(run, [(0, classified(photo("a.jpg")))])
    with pytest.raises(IntegrityError):
        twice(database, run)
    assert [record.outcome for record in database.records(run)] == [classified(photo("a.jpg"))]
    assert [record.outcome for record in database.all_records()] == [classified(photo("a.jpg"))]
