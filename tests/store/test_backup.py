"""Copies of the database: made in use, kept a few, put back all or not at all."""

import errno
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from defect_desktop.core.history import EVERYTHING
from defect_desktop.errors import StoreError
from defect_desktop.store import backup as backup_module
from defect_desktop.store import backup_folder as backup_folder_module
from defect_desktop.store.backup import KEPT, BackupReason, back_up, back_up_daily, backups_of, restore
from defect_desktop.store.database import Database
from tests.store.permissions import posix
from tests.store.samples import SETTINGS, accept, classified, many, photo, record_all

REQUEST = BackupReason.ON_REQUEST


PAGES = 20
"""Copied in one go: less than a database has."""


class BrokenOffError(Exception):
    pass


def at_once(_done, _total):
    raise BrokenOffError


def in_the_middle(done, _total):
    if done >= PAGES:
        raise BrokenOffError


both = pytest.mark.parametrize("breaking_off", [at_once, in_the_middle])


def names(database):
    return [record.outcome.photo.path.name for record in database.all_records()]


def names_in(path):
    with Database.open_existing(path) as database:
        return names(database)


def files(path):
    return sorted(file.name for file in path.parent.rglob("*") if file.is_file() and file.name != "lock")


def damage(path):
    """As a failing drive does it: pages in the middle are gone."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    content[8192:] = b"\x55" * (len(content) - 8192)
    path.write_bytes(content)


@pytest.fixture(autouse=True)
def _few_pages(monkeypatch):
    monkeypatch.setattr(backup_module, "_PAGES", PAGES)


@pytest.fixture
def clock(monkeypatch):
    """A clock that is set by hand."""

    class Clock(datetime):
        shown = datetime(2026, 3, 1, 9, tzinfo=UTC)

        @classmethod
        def now(cls, tz=None):
            return cls.shown

    monkeypatch.setattr(backup_module, "datetime", Clock)
    return Clock


@pytest.fixture
def filled(path, blank):
    """A closed database with one photo."""
    path.parent.mkdir(parents=True)
    path.write_bytes(blank.read_bytes())
    with Database.open(path) as database:
        record_all(database, classified(photo("a.jpg")))
    return path


# Copies


def test_a_copy_is_whole_and_one_file(database, path):
    record_all(database, classified(photo("a.jpg")))
    made = back_up(path, REQUEST)
    assert made.path.parent == path.parent / "backups"
    assert files(made.path) == [made.path.name]
    assert made.size == made.path.stat().st_size > 0
    assert (made.number, made.reason) == (1, REQUEST)
    assert timedelta(0) <= datetime.now(UTC) - made.made_at < timedelta(minutes=1)
    record_all(database, classified(photo("b.jpg")))
    assert names_in(made.path) == ["a.jpg"]


def test_copies_are_listed_newest_first_and_other_files_are_left_out(filled):
    assert backups_of(filled) == []
    made = [back_up(filled, reason) for reason in (REQUEST, BackupReason.DAILY)]
    (filled.parent / "backups" / "notes.txt").write_text("mine")
    (filled.parent / "backups" / "results-000009-20260301T090000Z-weekly.sqlite3").write_text("")
    assert backups_of(filled) == made[::-1]


def test_the_oldest_of_the_same_reason_go(filled):
    asked = back_up(filled, REQUEST)
    daily = [back_up(filled, BackupReason.DAILY) for _ in range(KEPT + 2)]
    assert backups_of(filled) == [*daily[:1:-1], asked]


def test_the_progress_is_told(filled):
    told = []
    back_up(filled, REQUEST, lambda *progress: told.append(progress))
    (total,) = {total for _, total in told}
    assert [done for done, _ in told] == list(range(0, total, PAGES))


@both
def test_a_copy_that_is_broken_off_leaves_nothing_and_removes_nothing(filled, breaking_off):
    for _ in range(KEPT):
        back_up(filled, REQUEST)
    before = files(filled)
    with pytest.raises(BrokenOffError):
        back_up(filled, REQUEST, breaking_off)
    assert files(filled) == before
    assert names_in(filled) == ["a.jpg"]


@pytest.mark.parametrize("name", ["results.partial", "results-000001-20260301T090000Z-daily.partial"])
def test_what_a_killed_program_left_is_no_obstacle_and_goes(filled, name):
    half = filled.parent / "backups" / name
    half.parent.mkdir()
    half.write_bytes(b"half a copy")
    made = back_up(filled, REQUEST)
    assert names_in(made.path) == ["a.jpg"]
    assert files(made.path) == [made.path.name]


def test_a_disk_that_is_full_is_told_and_leaves_nothing(filled, monkeypatch):
    def full(_path):
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(backup_module, "_flush", full)
    before = files(filled)
    with pytest.raises(StoreError, match="disk is full"):
        back_up(filled, REQUEST)
    assert files(filled) == before


def test_without_a_database_there_is_nothing_to_copy(path):
    path.parent.mkdir()
    with pytest.raises(StoreError, match="cannot be opened"):
        back_up(path, REQUEST)
    assert files(path) == []


def test_a_copy_is_of_one_moment_while_others_write(database, path):
    record_all(database, *many(400))
    stop = threading.Event()

    def write():
        number = 0
        while not stop.is_set():
            record_all(database, *(classified(photo(f"{number}-{n}.jpg")) for n in range(4)))
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    made = [back_up(path, REQUEST) for _ in range(4)]
    stop.set()
    writer.join()
    for copy in made:
        with closing(sqlite3.connect(copy.path)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            photos, items = (raw.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("photo", "run_item"))
        assert photos == items
        assert photos % 4 == 0


def test_a_copy_that_is_asked_for_while_one_is_made_waits_for_it(filled, clock):
    other = threading.Thread(target=back_up, args=(filled, REQUEST))

    def ask(_done, _total):
        if other.ident is None:
            other.start()
            other.join(0.3)  # time enough to make its copy, if it did not wait

    back_up(filled, REQUEST, ask)
    other.join()
    made = backups_of(filled)
    assert [backup.number for backup in made] == [2, 1]
    assert [names_in(backup.path) for backup in made] == [["a.jpg"], ["a.jpg"]]


def test_another_program_that_goes_on_copying_is_told(filled, monkeypatch):
    back_up(filled, REQUEST)
    monkeypatch.setattr(backup_folder_module, "PATIENCE", 0.1)
    with closing(sqlite3.connect(filled.parent / "backups" / "lock", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="Another program"):
            back_up(filled, REQUEST)
    assert back_up(filled, REQUEST).number == 2


# Every day


def test_one_copy_a_day(filled, clock):
    assert back_up_daily(filled).reason is BackupReason.DAILY
    clock.shown += timedelta(hours=23)
    assert back_up_daily(filled) is None
    clock.shown += timedelta(hours=1)
    assert back_up_daily(filled).number == 2


@pytest.mark.parametrize("years", [-3, 3])
def test_a_clock_that_was_wrong_once_does_not_stop_the_copies(filled, clock, years):
    clock.shown += timedelta(days=365 * years)
    back_up_daily(filled)
    clock.shown -= timedelta(days=365 * years)
    assert back_up_daily(filled).number == 2
    assert back_up_daily(filled) is None
    assert [backup.number for backup in backups_of(filled)] == [2, 1]  # whatever the clock said


def back_up_at_once(path, start, answers):
    start.wait()
    try:
        made = back_up_daily(path)
    except StoreError as error:
        answers.put(error.sentence.en)
    else:
        answers.put("made" if made else "there")


def test_of_programs_that_start_at_the_same_moment_one_makes_the_copy(programs, filled):
    start, answers = programs.Barrier(4), programs.SimpleQueue()
    starting = [programs.Process(target=back_up_at_once, args=(filled, start, answers)) for _ in range(4)]
    for program in starting:
        program.start()
    assert sorted(answers.get() for _ in starting) == ["made", "there", "there", "there"]
    for program in starting:
        program.join()
    (made,) = backups_of(filled)
    assert names_in(made.path) == ["a.jpg"]


# Putting one back


def test_a_copy_is_put_back_and_the_present_one_kept(filled):
    made = back_up(filled, REQUEST)
    with Database.open(filled) as database:
        record_all(database, classified(photo("b.jpg")))
    kept = restore(filled, made.path)
    assert names_in(filled) == ["a.jpg"]
    assert names_in(kept) == ["a.jpg", "b.jpg"]
    assert backups_of(filled)[0].reason is BackupReason.BEFORE_RESTORE
    restore(filled, kept)
    assert names_in(filled) == ["a.jpg", "b.jpg"]


def test_a_program_that_has_it_open_sees_the_old_one_or_the_new_one(filled):
    made = back_up(filled, REQUEST)
    with Database.open(filled) as database:
        record_all(database, classified(photo("b.jpg")))
        listed = database.all_records()
        restore(filled, made.path)
        assert [record.outcome.photo.path.name for record in listed] in (["a.jpg"], ["a.jpg", "b.jpg"])
        assert names(database) == ["a.jpg"]
        record_all(database, classified(photo("c.jpg")))
    assert names_in(filled) == ["a.jpg", "c.jpg"]


@both
def test_restoring_that_is_broken_off_changes_nothing(filled, breaking_off):
    made = back_up(filled, REQUEST)
    with Database.open(filled) as database:
        record_all(database, classified(photo("b.jpg")))
    with pytest.raises(BrokenOffError):
        restore(filled, made.path, breaking_off)
    assert names_in(filled) == ["a.jpg", "b.jpg"]


def test_the_oldest_copy_can_be_put_back_when_there_are_as_many_as_are_kept(filled):
    oldest = restore(filled, back_up(filled, REQUEST).path)
    with Database.open(filled) as database:
        record_all(database, classified(photo("b.jpg")))
    for _ in range(KEPT - 1):
        restore(filled, backups_of(filled)[0].path)
    restore(filled, oldest)
    assert names_in(filled) == ["a.jpg"]
    assert len([b for b in backups_of(filled) if b.reason is BackupReason.BEFORE_RESTORE]) == KEPT


def test_a_damaged_database_is_moved_aside(filled):
    made = back_up(filled, REQUEST)
    damage(filled)
    aside = restore(filled, made.path)
    assert names_in(filled) == ["a.jpg"]
    assert aside.name == "results-damaged-1.sqlite3"
    assert aside.read_bytes()[8192:8200] == b"\x55" * 8
    damage(filled)
    assert restore(filled, made.path).name == "results-damaged-2.sqlite3"


@both
def test_where_a_damaged_database_cannot_be_replaced_it_stays(filled, breaking_off):
    made = back_up(filled, REQUEST)
    damage(filled)
    before = files(filled), filled.read_bytes()
    with pytest.raises(BrokenOffError):
        restore(filled, made.path, breaking_off)
    assert (files(filled), filled.read_bytes()) == before


@posix  # elsewhere a file that is open stays where it is, and the user is told
def test_the_log_of_a_damaged_database_does_not_meet_the_new_one(filled):
    made = back_up(filled, REQUEST)
    with closing(sqlite3.connect(filled)) as other:
        other.execute("UPDATE run SET engine = 'in the log'")
        other.commit()
        filled.write_bytes(b"\x55" * filled.stat().st_size)
        restore(filled, made.path)
        assert "results-damaged-1.sqlite3-wal" in files(filled)
        with Database.open(filled) as database:
            assert [record.settings.engine for record in database.all_records()] == ["torch"]


def test_an_absent_database_is_put_back(filled):
    made = back_up(filled, REQUEST)
    filled.unlink()
    assert restore(filled, made.path) is None
    assert names_in(filled) == ["a.jpg"]


def changed(path, statement):
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute(statement)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (Path.unlink, "does not exist"),
        (damage, "is damaged"),
        (lambda path: path.write_bytes(b"\xff\xd8 a photo" * 999), "is damaged"),
        (lambda path: path.write_bytes(b""), "not a results database"),
        (lambda path: changed(path, "DROP TABLE alembic_version"), "not a results database"),
        (lambda path: changed(path, "UPDATE alembic_version SET version_num = '9999'"), "update the program"),
        (lambda path: changed(path, "UPDATE run_item SET result_id = 99"), "is damaged"),
    ],
    ids=["absent", "damaged", "a photo", "empty", "foreign", "newer", "references"],
)
def test_what_is_no_good_copy_is_refused_and_nothing_touched(filled, spoil, told):
    made = back_up(filled, REQUEST)
    spoil(made.path)
    before = files(filled), filled.read_bytes()
    with pytest.raises(StoreError, match=told) as refused:
        restore(filled, made.path)
    assert made.path.name in refused.value.sentence.ko
    assert (files(filled), filled.read_bytes()) == before


def test_a_database_that_is_kept_busy_is_told(filled, monkeypatch):
    monkeypatch.setattr(backup_module, "PATIENCE", 0.1)
    made = back_up(filled, REQUEST)
    with closing(sqlite3.connect(filled, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="Another program"):
            restore(filled, made.path)
    assert names_in(filled) == ["a.jpg"]


def test_undo_goes_on_in_what_was_put_back(filled):
    with Database.open(filled) as database:
        accept(database, [1])
    made = back_up(filled, REQUEST)
    with Database.open(filled) as database:
        database.reviews.note(1, "later")
    restore(filled, made.path)
    with Database.open(filled) as database:
        assert database.reviews.undo().changed == 1
        assert database.reviews.undo() is None
        assert database.reviews.accept_sure(EVERYTHING, 0.0).changed == 1


def test_a_copy_that_goes_while_they_are_listed_is_not_listed(database, path, monkeypatch):
    kept, gone = (back_up(path, BackupReason.ON_REQUEST) for _ in range(2))
    listed = list(kept.path.parent.iterdir())
    gone.path.unlink()
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(listed))
    assert backups_of(path) == [kept]


def test_a_file_that_names_no_time_hides_no_backup(database, path):
    kept = back_up(path, BackupReason.ON_REQUEST)
    (kept.path.parent / "results-000099-20251399T000000Z-daily.sqlite3").touch()
    assert backups_of(path) == [kept]


@pytest.mark.parametrize("begun_anew", [False, True], ids=["no such run", "another run"])
def test_who_records_while_another_program_puts_a_backup_back_is_told(database, path, begun_anew):
    kept = back_up(path, BackupReason.ON_REQUEST)
    with Database.open(path) as terminal:
        run = terminal.begin_run(SETTINGS)
        restore(path, kept.path)
        if begun_anew:
            assert database.begin_run(SETTINGS) == run
        for record in (
            lambda: terminal.add_outcomes(run, [(0, classified(photo("b.jpg")))]),
            lambda: terminal.link_done(run, [(0, 1)]),
            lambda: terminal.finish_run(run, "finished"),
        ):
            with pytest.raises(StoreError, match=r"replaced by a backup.*run again"):
                record()
