"""A program that is killed at any moment leaves a database that opens, with nothing lost, halved or doubled."""

import os
import random
import signal
import sqlite3
import time
from contextlib import closing

from defect_desktop.store.database import Database
from tests.store.samples import SETTINGS, many

STARTS, WORKING = 5, 20
"""How often to kill a program that is starting, and one that is at work."""

PHOTOS, BATCH = 1600, 2


def classify(path, safe):
    """Does what the program does with a folder: take over what is done, classify the rest, and tell what is safe."""
    outcomes = many(PHOTOS)
    with Database.open(path) as database:
        run = database.begin_run(SETTINGS)
        done = database.find_done(SETTINGS.fingerprint, [outcome.photo for outcome in outcomes])
        items = list(enumerate(outcomes))
        database.link_done(run, [(position, done[o.photo]) for position, o in items if o.photo in done])
        rest = [(position, outcome) for position, outcome in items if outcome.photo not in done]
        for start in range(0, len(rest), BATCH):
            time.sleep(0.001)  # the classifying itself
            database.add_outcomes(run, rest[start : start + BATCH])
            safe.value = sum(outcome.problem is None for _, outcome in rest[: start + BATCH]) + len(done)
        database.finish_run(run, "finished")


def check(path, safe):
    """Whether the database is whole and holds at least what was reported as safe; how many photos are done."""
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    outcomes = many(PHOTOS)
    with Database.open(path) as database:
        done = database.find_done(SETTINGS.fingerprint, [outcome.photo for outcome in outcomes])
        assert len(done) >= safe
        run = database.latest_run_id()
        reported = [record.outcome for record in database.records(run)] if run else []
    assert len({outcome.photo for outcome in reported}) == len(reported)
    assert set(reported) <= set(outcomes)
    return len(done)


def kill(programs, path, safe, moments, *, working):
    """Kills a program while it creates and opens the database, or within some batches that it records."""
    program = programs.Process(target=classify, args=(path, safe))
    program.start()
    if working:
        enough = safe.value + moments.randrange(1, 20)
        while safe.value < enough and program.is_alive():
            time.sleep(0.0001)
        time.sleep(moments.uniform(0, 0.003))
    else:
        time.sleep(moments.uniform(0, 0.1))
    os.kill(program.pid, signal.SIGKILL)
    program.join()
    assert program.exitcode == -signal.SIGKILL, "the run ended before it was killed"


def test_killing_at_random_moments(programs, path):
    moments = random.Random(2)
    safe = programs.RawValue("i", 0)  # a lock would die with its holder
    done = 0
    for number in range(STARTS + WORKING):
        kill(programs, path, safe, moments, working=number >= STARTS)
        if path.exists():
            before, done = done, check(path, safe.value)
            assert done >= before
    assert done > WORKING

    classify(path, safe)
    with Database.open(path) as database:
        report = [record.outcome for record in database.records(database.latest_run_id())]
    assert report == many(PHOTOS)
