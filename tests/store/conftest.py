import pytest

from defect_desktop.store.database import Database


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "results.sqlite3"


@pytest.fixture
def database(path):
    with Database.open(path, busy_timeout=0.2) as database:
        yield database
