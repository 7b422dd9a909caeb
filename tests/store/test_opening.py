import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from defect_desktop.errors import StoreError
from defect_desktop.store.database import Database
from tests.store.permissions import ordinary_folder, posix
from tests.store.samples import SETTINGS, classified, photo


def fill(path):
    with Database.open(path) as database:
        run = database.begin_run(SETTINGS)
        database.add_outcomes(run, [(0, classified(photo("a.jpg")))])


def refusal(path, opener=Database.open):
    with pytest.raises(StoreError) as refused:
        opener(path, busy_timeout=0.1)
    assert str(path) in refused.value.sentence.ko
    return refused.value.sentence.en


def test_the_folder_and_the_file_are_created(path):
    with Database.open(path) as database:
        assert database.latest_run_id() is None
    assert path.is_file()


def test_a_folder_with_any_name_will_do(tmp_path):
    path = tmp_path / ("현장 100%#&;mode=ro" + "?" * (os.name == "posix")) / "결과.sqlite3"
    fill(path)
    fill(path)
    assert path.is_file()


def test_closing_leaves_one_file(path):
    fill(path)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_an_absent_database_is_not_created_for_reading(path):
    assert "classify photos first" in refusal(path, Database.open_existing)
    assert not path.parent.exists()


def test_an_existing_database_is_opened(path):
    fill(path)
    with Database.open_existing(path) as database:
        assert database.latest_run_id() == 1


def test_a_newer_database_is_refused_and_left_alone(path):
    fill(path)
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
    before = path.read_bytes()
    assert "update the program" in refusal(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "contacts.sqlite3"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE contact (name TEXT)")
    before = path.read_bytes()
    assert "not a results database" in refusal(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "results.sqlite3"
    path.write_bytes(b"\xff\xd8\xff\xe0 a photo " * 1000)
    assert "not a results database" in refusal(path)


def test_a_damaged_database_is_refused(path):
    fill(path)
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\x55" * 3996
    path.write_bytes(content)
    assert "damaged" in refusal(path)


def test_a_folder_in_the_place_of_the_file(path):
    path.mkdir(parents=True)
    assert "cannot be opened" in refusal(path)


def test_a_file_in_the_place_of_the_folder(path):
    path.parent.write_text("")
    assert "cannot be opened" in refusal(path)


def test_a_full_disk_before_there_is_a_folder(path, monkeypatch):
    def no_space(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(Path, "mkdir", no_space)
    assert "disk is full" in refusal(path)


def test_a_database_that_another_program_keeps_locked(path):
    fill(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "Another program" in refusal(path)
    fill(path)


@posix
def test_a_read_only_file():
    with ordinary_folder() as folder:
        path = folder / "results.sqlite3"
        fill(path)
        path.chmod(0o444)
        assert "cannot be written" in refusal(path)


@posix
def test_a_read_only_folder():
    with ordinary_folder() as folder:
        path = folder / "results.sqlite3"
        fill(path)
        path.chmod(0o444)
        folder.chmod(0o555)
        assert "cannot be" in refusal(path)


@posix
def test_a_folder_where_nothing_can_be_created():
    with ordinary_folder() as folder:
        folder.chmod(0o555)
        assert "cannot be opened or created" in refusal(folder / "results.sqlite3")
        assert "cannot be opened or created" in refusal(folder / "data" / "results.sqlite3")


def test_a_drive_without_a_write_ahead_log(path):
    """Where the drive refuses it, the database works in SQLite's older way, every commit flushed."""
    statements = []

    def refuse(_connection, _cursor, statement, parameters, _context, _many):
        statements.append(statement)
        return statement.replace("journal_mode=WAL", "journal_mode=DELETE"), parameters

    event.listen(Engine, "before_cursor_execute", refuse, retval=True)
    try:
        fill(path)
    finally:
        event.remove(Engine, "before_cursor_execute", refuse)
    assert path.read_bytes()[18:20] == b"\x01\x01"  # the header's mark of the older way
    assert "PRAGMA synchronous=NORMAL" not in statements


def open_at_once(path, start, answers):
    start.wait()
    try:
        fill(path)
    except StoreError as error:
        answers.put(error.sentence.en)
    else:
        answers.put("opened")


def test_programs_that_create_the_database_at_the_same_moment(programs, tmp_path):
    for attempt in range(3):
        path = tmp_path / str(attempt) / "results.sqlite3"
        start, answers = programs.Barrier(6), programs.SimpleQueue()
        openers = [programs.Process(target=open_at_once, args=(path, start, answers)) for _ in range(6)]
        for opener in openers:
            opener.start()
        assert [answers.get() for _ in openers] == ["opened"] * 6
        for opener in openers:
            opener.join()
        with Database.open(path) as database:
            assert database.begin_run(SETTINGS) == 7
