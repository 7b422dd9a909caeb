import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from defect_desktop.errors import StoreError
from defect_desktop.store.backup import BackupReason
from defect_desktop.store.database import Database
from defect_desktop.workflows.keep_backups import back_up_if_due, back_up_now, list_backups, restore_backup
from tests.store.samples import SETTINGS


def runs_in(paths) -> int | None:
    with Database.open(paths.database) as database:
        return database.begin_run(SETTINGS)


def result_of(workflow):
    while True:
        try:
            next(workflow)
        except StopIteration as end:
            return end.value


def test_nothing_is_backed_up_before_there_is_a_database(paths):
    assert result_of(back_up_if_due(paths)) is None
    assert result_of(back_up_now(paths)) is None
    assert list_backups(paths) == []


def test_a_database_that_is_just_being_made_is_no_backup_of_the_day(paths):
    paths.data.mkdir(parents=True)
    with closing(sqlite3.connect(paths.database)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
    assert result_of(back_up_if_due(paths)) is None
    assert result_of(back_up_now(paths)) is None
    runs_in(paths)
    assert result_of(back_up_if_due(paths)).reason is BackupReason.DAILY


def test_one_backup_a_day_and_more_on_request(paths):
    runs_in(paths)
    assert result_of(back_up_if_due(paths)).reason is BackupReason.DAILY
    assert result_of(back_up_if_due(paths)) is None
    made = result_of(back_up_now(paths))
    assert [backup.reason for backup in list_backups(paths)] == [BackupReason.ON_REQUEST, BackupReason.DAILY]
    assert list_backups(paths)[0] == made


def test_a_backup_comes_back_and_what_was_there_is_kept(paths):
    assert runs_in(paths) == 1
    made = result_of(back_up_now(paths))
    assert runs_in(paths) == 2
    kept = result_of(restore_backup(paths, made.path))
    assert runs_in(paths) == 2  # the second run was undone, so this is the second again
    assert kept in [backup.path for backup in list_backups(paths)]


def test_progress_is_told_on_the_way(paths):
    runs_in(paths)
    steps = list(back_up_now(paths))
    assert steps[-1].total > 0
    assert all(0 <= step.pages <= step.total for step in steps)


def test_closing_breaks_the_copy_off_and_leaves_no_thread(paths):
    runs_in(paths)
    before = threading.active_count()
    workflow = back_up_now(paths)
    next(workflow)
    workflow.close()
    assert threading.active_count() == before


def test_a_backup_that_is_gone_is_told(paths):
    runs_in(paths)
    with pytest.raises(StoreError):
        result_of(restore_backup(paths, Path("/nowhere/results.sqlite3")))
