"""How the program talks to SQLite: explicit transactions, foreign keys, and how hard a commit is flushed."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

_BEGIN = "defect_desktop_begin"


def connect(path: Path, busy_timeout: float) -> Engine:
    """An engine for the file at `path`, which a first transaction creates; `busy_timeout` is in seconds."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": busy_timeout},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def for_writing(engine: Engine, *, flush: bool) -> Engine:
    """The same engine for transactions that write.

    They take the write lock at once: a transaction that reads first and then wants to write is refused at once, busy
    timeout or not, when somebody else wrote in between. With `flush` a commit survives a power failure, without it
    only the death of the program, which is much faster and for results that can be made again enough.
    """
    synchronous = "FULL" if flush else "NORMAL"
    return engine.execution_options(**{_BEGIN: (f"PRAGMA synchronous={synchronous}", "BEGIN IMMEDIATE")})


def keep_journal(engine: Engine, *, wal: bool) -> bool:
    """Whether the database keeps a write-ahead log from now on: its readers and its writer do not wait for each other.

    It is refused while another program is opening the database too; the database works without. SQLite does not
    refuse it on a network drive, where programs on two computers would destroy the database with it: ask for none
    there. Where something else is the matter, the next statement tells.
    """
    with engine.execution_options(**{_BEGIN: ()}).connect() as connection:  # not possible within a transaction
        try:
            return connection.exec_driver_sql(f"PRAGMA journal_mode={'WAL' if wal else 'DELETE'}").scalar() == "wal"
        except OperationalError:
            return False


def _prepare(raw: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # Python's driver would begin transactions on its own, and not before DDL: half a migration could stay.
    raw.isolation_level = None
    raw.execute("PRAGMA foreign_keys=ON")


def _begin(connection: Connection) -> None:
    for statement in connection.get_execution_options().get(_BEGIN, ("BEGIN",)):
        connection.exec_driver_sql(statement)
