"""Brings a database to the tables of this program, and refuses one that it does not know."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from defect_desktop.store.faults import FOREIGN, NEWER, store_error
from defect_desktop.store.migrations import REVISIONS


def check_known(connection: Connection, path: Path) -> bool:
    """Whether the database has older tables than this program. Only reads.

    Raises StoreError for a newer program's database, and for a file of another program.
    """
    revision = _revision(connection)
    if revision is None and inspect(connection).get_table_names():
        raise store_error(FOREIGN, path)
    if revision is not None and revision not in REVISIONS:
        raise store_error(NEWER, path)
    return revision is not None and revision != REVISIONS[-1]


def migrate(connection: Connection) -> None:
    """Brings the tables up to date within the connection's transaction, which must hold the write lock."""
    if _revision(connection) == REVISIONS[-1]:
        return
    # Alembic takes a third of a second to load, and is needed once.
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "defect_desktop.store:migrations")
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
