import csv
from contextlib import closing

import pytest

from defect_desktop.core.history import EVERYTHING, HistoryFilter, Order, Sort, VerdictKind
from defect_desktop.errors import ReportError, StoreError
from defect_desktop.language import Language
from defect_desktop.store.database import Database
from defect_desktop.workflows.export_history import export_history
from tests.store.million import fill
from tests.store.samples import classified, photo, record_all, verdict

PHOTOS = 2050
FAILED = HistoryFilter(verdicts=frozenset({VerdictKind.FAILED}))


@pytest.fixture
def filled(paths):
    fill(paths.database, PHOTOS)
    return paths


@pytest.fixture
def target(tmp_path):
    return tmp_path / "기록.csv"


def run(work):
    moments = []
    while True:
        try:
            moments.append(next(work))
        except StopIteration as end:
            return moments, end.value


def rows_of(target):
    with target.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_all_rows_in_order_with_progress(filled, target):
    moments, rows = run(export_history(EVERYTHING, Order(Sort.PATH, False), target, Language.ENGLISH, filled))
    assert rows == PHOTOS
    assert [(moment.done, moment.total) for moment in moments] == [(1000, 2050), (2000, 2050), (2050, 2050)]
    paths = [row["Path"] for row in rows_of(target)]
    assert len(paths) == PHOTOS
    assert paths == sorted(paths)


@pytest.mark.parametrize("order", [Order(), Order(Sort.CONFIDENCE, False)], ids=["newest", "least sure"])
def test_a_photo_that_is_classified_anew_meanwhile_is_written_once(paths, target, order):
    outcomes = [classified(photo(f"{n:05}.jpg"), verdict=verdict("오염", 0.5 + n / 10_000)) for n in range(1100)]
    with Database.open(paths.database) as database:
        record_all(database, *outcomes)
        work = export_history(EVERYTHING, order, target, Language.ENGLISH, paths)
        next(work)  # a page is written
        record_all(database, *(classified(outcomes[n].photo, verdict=verdict("들뜸", 0.99)) for n in (5, 1095)))
        _, rows = run(work)
    names = [row["Path"] for row in rows_of(target)]
    assert rows == len(names) == len(set(names)) == 1100


def test_only_what_the_filter_lets_through(filled, target):
    _, rows = run(export_history(FAILED, Order(), target, Language.KOREAN, filled))
    written = rows_of(target)
    assert rows == len(written) == 11
    assert {row["상태"] for row in written} == {"실패"}


def test_nothing_found_is_a_file_of_headers(filled, target):
    _, rows = run(export_history(HistoryFilter(text="nothing"), Order(), target, Language.ENGLISH, filled))
    assert (rows, rows_of(target)) == (0, [])


def test_stopping_leaves_the_earlier_file(filled, target):
    target.write_text("earlier")
    with closing(export_history(EVERYTHING, Order(), target, Language.ENGLISH, filled)) as work:
        next(work)
    assert target.read_text() == "earlier"
    assert [path.name for path in target.parent.iterdir() if path.suffix == ".partial"] == []


def test_what_cannot_be_written_or_read_is_told(filled, paths, tmp_path):
    with pytest.raises(ReportError, match="folder for the report"):
        run(export_history(EVERYTHING, Order(), tmp_path / "absent" / "x.csv", Language.ENGLISH, filled))
    paths.database.unlink()
    with pytest.raises(StoreError):
        run(export_history(EVERYTHING, Order(), tmp_path / "x.csv", Language.ENGLISH, paths))
