import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from defect_desktop.store import migrations
from defect_desktop.store.tables import Base

TABLES = Base.metadata.sorted_tables


def foreign_keys(engine, table):
    """What refers where, and the names of the keys. The inspector finds no name that stands beside its column."""
    with engine.connect() as connection:
        statement = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = :table"), {"table": table})
        names = set(re.findall(r"CONSTRAINT (fk_\w+)", statement.scalar_one()))
    return names, {
        (*key["constrained_columns"], key["referred_table"]) for key in inspect(engine).get_foreign_keys(table)
    }


def test_the_migrations_lead_to_the_tables(database, path):
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_the_migrations_lead_to_the_constraints(database, path):
    """Alembic compares neither CHECK constraints nor the names of keys."""
    migrated, declared = create_engine(f"sqlite:///{path}"), create_engine("sqlite://")
    Base.metadata.create_all(declared)
    for table in Base.metadata.tables:
        for facts in ("get_check_constraints", "get_pk_constraint", "get_unique_constraints"):
            assert getattr(inspect(migrated), facts)(table) == getattr(inspect(declared), facts)(table)
        assert foreign_keys(migrated, table) == foreign_keys(declared, table)
    migrated.dispose()
    declared.dispose()


def test_the_known_revisions_are_those_that_exist():
    script = ScriptDirectory(str(Path(migrations.__file__).parent))
    oldest_first = [revision.revision for revision in script.walk_revisions()][::-1]
    assert tuple(oldest_first) == migrations.REVISIONS


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_postgresql_can_have_the_tables(table):
    dialect = postgresql.dialect()
    statement = str(CreateTable(table).compile(dialect=dialect))
    assert "TIMESTAMP WITH TIME ZONE" in statement or "_at" not in statement
    assert "INTEGER" not in statement  # row numbers, sizes and times need 64 bits
    for index in table.indexes:
        CreateIndex(index).compile(dialect=dialect)
