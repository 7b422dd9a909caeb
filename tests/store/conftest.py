import multiprocessing

import pytest

from defect_desktop.store.database import Database


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "results.sqlite3"


@pytest.fixture
def database(path):
    with Database.open(path, busy_timeout=0.2) as database:
        yield database


@pytest.fixture(scope="session")
def programs():
    """Makes processes that start at once, from a clean server: pytest's own process may have threads, unfit to fork."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        pytest.skip("processes take too long to start here")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["alembic.command", "defect_desktop.store.database", "tests.store.samples"])
    return context
