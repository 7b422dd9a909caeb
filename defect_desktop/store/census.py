"""What a database is made of, without anything that it holds: for the diagnostic file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from defect_desktop.store.faults import faults_told

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
_SCHEMA = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, name"


@dataclass(frozen=True, slots=True)
class Census:
    """The revision of the tables, the rows of each, the statements that made them, and the size in bytes."""

    revision: str | None
    rows: dict[str, int]
    schema: list[str]
    size: int


def take_census(database: Path) -> Census:
    """Only reads, and changes nothing even where the database is an older or a newer program's. Raises StoreError."""
    with (
        faults_told(database),
        closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection,
    ):
        tables = [name for (name,) in connection.execute(_TABLES)]
        rows = {name: _count(connection, name) for name in tables}
        schema = [statement for (statement,) in connection.execute(_SCHEMA)]
        revision = None
        if "alembic_version" in tables:
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            revision = found[0] if found else None
        return Census(revision, rows, schema, database.stat().st_size)


def _count(connection: sqlite3.Connection, table: str) -> int:
    name = table.replace('"', '""')
    rows: int = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - a name of the schema
    return rows
