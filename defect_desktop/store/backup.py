"""Copies of the database for bad days: made while it is in use, kept a few, put back with care.

The copies lie in a folder beside the database and are numbered: a clock may go backwards, and what is the newest must
not depend on it. SQLite's own backup makes them; the database may be written meanwhile, the copy is of one moment. One
at a time makes or removes them, see `alone_with`: they would take each other's number, and the file of half a copy.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Literal

from defect_desktop.language import Bilingual
from defect_desktop.store.backup_folder import PATIENCE, alone_with, backup_folder
from defect_desktop.store.faults import (
    BACKUP_DAMAGED,
    FOREIGN,
    LOCKED,
    NEWER,
    NO_BACKUP,
    PRIMARY_CODE,
    faults_told,
    store_error,
)
from defect_desktop.store.migrations import REVISIONS

KEPT = 5
"""How many copies of each reason are kept: those of every day must not push out what somebody asked for."""

DAILY = timedelta(days=1)

_PAGES = 2000
"""Pages that are copied between two reports of the progress: 8 MB."""

_PARTIAL = "results.partial"
_TIME = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"results-(\d{6,})-(\d{8}T\d{6}Z)-([a-z-]+)\.sqlite3")


class BackupReason(StrEnum):
    """Why a copy was made. The value is in its file's name."""

    DAILY = "daily"
    ON_REQUEST = "on-request"
    BEFORE_MIGRATION = "before-migration"
    BEFORE_RESTORE = "before-restore"

    @property
    def words(self) -> Bilingual:
        """What a person reads."""
        return _TITLES[self]


_TITLES = {
    BackupReason.DAILY: Bilingual(ko="매일 백업", en="Daily"),
    BackupReason.ON_REQUEST: Bilingual(ko="직접 백업", en="On request"),
    BackupReason.BEFORE_MIGRATION: Bilingual(ko="업데이트 전", en="Before an update"),
    BackupReason.BEFORE_RESTORE: Bilingual(ko="복원 전", en="Before a restore"),
}


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the database; `number` grows with every copy. `made_at` is what the clock said, in UTC."""

    path: Path
    number: int
    made_at: datetime
    reason: BackupReason
    size: int


CopyProgress = Callable[[int, int], None]
"""Told how many pages are copied, of how many, while some are left; may raise to break the copy off."""


def _silent(_done: int, _total: int) -> None:
    pass


def can_be_backed_up(database: Path) -> bool:
    """Whether there is a database with tables; one that is just being made has none yet. Raises StoreError."""
    if not database.exists():
        return False
    with faults_told(database), closing(_open(database, "rw")) as present:
        return _has_tables(present)


def backups_of(database: Path) -> list[Backup]:
    """The copies of a database, the newest first."""
    folder = backup_folder(database)
    found = (_parsed(path) for path in folder.iterdir()) if folder.is_dir() else ()
    return sorted((backup for backup in found if backup), key=lambda backup: backup.number, reverse=True)


def back_up(database: Path, reason: BackupReason, progress: CopyProgress = _silent) -> Backup:
    """Makes a copy of the database and removes the oldest of this reason beyond `KEPT`. Raises StoreError.

    A copy that is broken off, or finds the disk full, leaves nothing behind, and removes nothing.
    """
    with faults_told(database), alone_with(database):
        return _add(database, reason, progress)


def back_up_daily(database: Path, progress: CopyProgress = _silent) -> Backup | None:
    """Makes a copy unless there is one of the last day, by a clock that may have been set back meanwhile."""
    with faults_told(database), alone_with(database):
        now = datetime.now(UTC)
        if any(abs(now - backup.made_at) < DAILY for backup in backups_of(database)):
            return None
        return _add(database, BackupReason.DAILY, progress)


def back_up_before_migration(database: Path) -> None:
    """Makes a copy of what is about to be migrated, for who is `alone_with` it already. Raises StoreError."""
    with faults_told(database):
        _add(database, BackupReason.BEFORE_MIGRATION, _silent)


def restore(database: Path, backup: Path, progress: CopyProgress = _silent) -> Path | None:
    """Puts a copy in the place of the database, and returns where the present one is kept, None if there was none.

    The copy is examined first: whole, of this program, not newer. All or nothing; programs that have the database open
    see the old one or the new one. Open it anew afterwards: an older copy is migrated by that. Raises StoreError.
    """
    with faults_told(backup):
        _examine(backup)
    with faults_told(database), alone_with(database):
        if database.exists() and _is_sound(database):
            kept = _make(database, BackupReason.BEFORE_RESTORE, _silent).path
            with closing(_open(backup, "ro")) as source, closing(_open(database, "rw")) as target:
                _copy(source, target, database, progress)
            _remove_old(database, BackupReason.BEFORE_RESTORE)  # not before: it may be the one that is put back
            return kept
        return _replace_damaged(database, backup, progress)


def _add(database: Path, reason: BackupReason, progress: CopyProgress) -> Backup:
    made = _make(database, reason, progress)
    _remove_old(database, reason)
    return made


def _make(database: Path, reason: BackupReason, progress: CopyProgress) -> Backup:
    folder = backup_folder(database)
    number = next((backup.number for backup in backups_of(database)), 0) + 1
    made_at = datetime.now(UTC).replace(microsecond=0)
    target = folder / f"results-{number:06}-{made_at:{_TIME}}-{reason.value}.sqlite3"
    with closing(_open(database, "rw")) as source, _whole_copy(source, target, progress) as partial:
        partial.replace(target)
    return Backup(target, number, made_at, reason, target.stat().st_size)


def _remove_old(database: Path, reason: BackupReason) -> None:
    for old in [backup for backup in backups_of(database) if backup.reason is reason][KEPT:]:
        old.path.unlink(missing_ok=True)


def _replace_damaged(database: Path, backup: Path, progress: CopyProgress) -> Path | None:
    """The copy in the place of a database that is absent, or too damaged to go on with, which is moved aside."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with closing(_open(backup, "ro")) as source, _whole_copy(source, database, progress) as partial:
        aside = _move_aside(database) if database.exists() else None
        partial.replace(database)
        return aside


@contextmanager
def _whole_copy(source: sqlite3.Connection, target: Path, progress: CopyProgress) -> Iterator[Path]:
    """A copy beside `target`, whole and on the disk, which is to become it; removed where it did not."""
    for left in target.parent.glob("results*.partial*"):
        left.unlink()  # of a program that was killed, its journal too
    partial = target.with_name(_PARTIAL)
    try:
        with closing(_open(partial, "rwc")) as copy:
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master")  # from now on it sees one moment, whoever writes
            _copy(source, copy, target, progress)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, whole by itself
        _flush(partial)
        yield partial
    finally:
        partial.unlink(missing_ok=True)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, database: Path, progress: CopyProgress) -> None:
    """Copies page by page. Raises StoreError where another program keeps the target busy: Python would wait on."""
    moved = [time.monotonic(), -1]

    def report(_status: int, remaining: int, total: int) -> None:
        now = time.monotonic()
        if remaining != moved[1]:
            moved[:] = now, remaining
        elif now - moved[0] > PATIENCE:
            raise store_error(LOCKED, database)
        if remaining:  # else it is done, and must not be called broken off
            progress(total - remaining, total)

    progress(0, source.execute("PRAGMA page_count").fetchone()[0])
    source.backup(target, pages=_PAGES, progress=report)


def _move_aside(database: Path) -> Path:
    number = 1
    while (aside := database.with_name(f"{database.stem}-damaged-{number}{database.suffix}")).exists():
        number += 1
    for ending in ("-wal", "-shm", ""):  # they belong together; the log first, so that it never meets another database
        present = database.with_name(database.name + ending)
        if present.exists():
            present.replace(aside.with_name(aside.name + ending))
    return aside


def _is_sound(database: Path) -> bool:
    """Whether a database can be copied and written over. Much faster than the examination of a copy."""
    with closing(_open(database, "rw")) as present:
        return _passes(present, "quick_check")


def _examine(backup: Path) -> None:
    if not backup.is_file():
        raise store_error(NO_BACKUP, backup)
    with closing(_open(backup, "ro")) as copy:
        if not _passes(copy, "integrity_check") or copy.execute("PRAGMA foreign_key_check").fetchone():
            raise store_error(BACKUP_DAMAGED, backup)
        if not _has_tables(copy):
            raise store_error(FOREIGN, backup)
        revision = copy.execute("SELECT version_num FROM alembic_version").fetchone()
        if revision is None or revision[0] not in REVISIONS:
            raise store_error(NEWER, backup)


def _has_tables(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    return found is not None


def _passes(connection: sqlite3.Connection, check: Literal["quick_check", "integrity_check"]) -> bool:
    try:
        return connection.execute(f"PRAGMA {check}(1)").fetchall() == [("ok",)]
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & PRIMARY_CODE in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return False
        raise


def _open(path: Path, mode: Literal["ro", "rw", "rwc"]) -> sqlite3.Connection:
    """Opens a file to read it, to write it too, or creates it."""
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _parsed(path: Path) -> Backup | None:
    match = _NAME.fullmatch(path.name)
    if match is None or match[3] not in set(BackupReason):
        return None
    try:
        made_at = datetime.strptime(match[2], _TIME).replace(tzinfo=UTC)
        size = path.stat().st_size
    except (ValueError, FileNotFoundError):  # no time, or another program has removed it since it was listed
        return None
    return Backup(path, int(match[1]), made_at, BackupReason(match[3]), size)
