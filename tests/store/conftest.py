import multiprocessing
import shutil

import pytest
from sqlalchemy import Engine, event

from defect_desktop.store.database import Database


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "results.sqlite3"


@pytest.fixture(scope="session")
def blank(tmp_path_factory):
    """An empty database, made once: what is copied need not be migrated."""
    path = tmp_path_factory.mktemp("blank") / "results.sqlite3"
    Database.open(path).close()
    return path


@pytest.fixture
def database(path, blank):
    path.parent.mkdir(parents=True)
    shutil.copyfile(blank, path)
    with Database.open(path, busy_timeout=0.2) as database:
        yield database


@pytest.fixture
def plans():
    """How SQLite goes about each query that is made meanwhile: a list of steps a query."""
    found = []

    def explain(connection, _cursor, statement, parameters, *_):
        if statement.startswith("SELECT"):
            raw = connection.connection.dbapi_connection
            found.append([step[3] for step in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)])

    event.listen(Engine, "before_cursor_execute", explain)
    yield found
    event.remove(Engine, "before_cursor_execute", explain)


@pytest.fixture(scope="session")
def programs():
    """Makes processes that start at once, from a clean server: pytest's own process may have threads, unfit to fork."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        pytest.skip("processes take too long to start here")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["alembic.command", "defect_desktop.store.database", "tests.store.samples"])
    return context
