"""The folder of the copies beside the database, and the right to be alone with it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

PATIENCE = 30.0
"""Seconds to wait for another program's transaction."""

_LOCK = "lock"
"""An empty file that stays: whoever deleted it would let in two, one that waits for it and one that makes it anew."""

_turn = threading.Lock()


def backup_folder(database: Path) -> Path:
    """Where the copies of a database lie; it may not be there yet."""
    return database.with_name("backups")


@contextmanager
def alone_with(database: Path) -> Iterator[None]:
    """While it lasts, nobody else copies, restores or migrates: no thread of this program, and no other program.

    A thread waits for another however long that takes, and for another program as long as for its transactions. Not
    to be entered twice, nor while a transaction writes to the database: who is alone with it may wait for that one.
    """
    folder = backup_folder(database)
    with _turn:
        folder.mkdir(parents=True, exist_ok=True)
        # SQLite's locks hold on every system and on the drives that databases lie on, and go with their program.
        with closing(sqlite3.connect(folder / _LOCK, timeout=PATIENCE, isolation_level=None)) as lock:
            lock.execute("BEGIN EXCLUSIVE")
            yield
