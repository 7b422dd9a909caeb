"""What the database gives out as CSV is, to the byte, what the plain way makes of its records one by one."""

from itertools import islice
from pathlib import Path

import pytest

from defect_desktop.core.history import EVERYTHING, REVIEW_ORDER, HistoryFilter, Order, Sort, VerdictKind
from defect_desktop.core.place import Place
from defect_desktop.core.quality import QualityFinding
from defect_desktop.core.record import Outcome, PhotoFile
from defect_desktop.core.review import Shot
from defect_desktop.errors import StoreError
from defect_desktop.language import Language
from defect_desktop.store import records
from defect_desktop.store.backup import BackupReason, back_up, restore
from defect_desktop.store.database import Database
from defect_desktop.workflows.export_history import export_history
from defect_desktop.workflows.export_results import export_records, export_results
from tests.reports.plain_csv import plain_csv
from tests.store.million import fill
from tests.store.samples import STAIN, classified, failed, many, photo, record_all

KITCHEN = Place("=래미안", "101동", "1203호", "주방", "벽", "도배")
FILTERS = (EVERYTHING, HistoryFilter(verdicts=frozenset({VerdictKind.FAILED})), HistoryFilter(text="IMG_"))
ORDERS = (Order(), Order(Sort.PATH, False), REVIEW_ORDER)


@pytest.fixture
def filled(paths, in_zone, monkeypatch):
    """Photos of every kind, and pages small enough that there are several."""
    in_zone("EST5EDT,M3.2.0,M11.1.0")
    monkeypatch.setattr(records, "PAGE", 64)
    fill(paths.database, 300)
    with Database.open(paths.database) as database:
        record_all(database, *many(30))
        ids = record_all(database, *odd_ones(), place=KITCHEN)
        database.reviews.judge(ids[:2], ("울음", "창틀,문틀수정", "오염"))
        database.reviews.judge(ids[2:3], ("오염",))
        database.reviews.note(ids[0], '=HYPERLINK(1)\n두 줄, "따옴표"')
        database.reviews.group({ids[0]: Shot.FAR, ids[1]: None, ids[2]: Shot.SCALE})
        again = classified(photo("again.jpg"))
        record_all(database, again)
        record_all(database, again)
    return paths


def odd_ones():
    autumn, spring = 1_793_509_199, 1_772_953_199  # in New York: 01:59:59, before it is one o'clock again, or three
    return [
        classified(photo("caf\udce9.jpg", mtime_ns=autumn * 10**9), "b"),
        classified(PhotoFile(Path("//server/공유/a.jpg"), 10, (autumn + 1) * 10**9), "c"),
        Outcome(photo('a,"b".jpg', 0, spring * 10**9), "d" * 64, STAIN, quality=tuple(QualityFinding)),
        classified(photo("later.jpg", 1, (spring + 1) * 10**9), "e"),
        classified(photo("old.jpg", 1, -1), "f"),
        failed(photo("gone.jpg", None, None)),
    ]


@pytest.mark.parametrize("language", Language)
def test_the_newest_of_every_photo(filled, tmp_path, language):
    target = tmp_path / "out.csv"
    rows = export_results(filled, target, language)
    with Database.open(filled.database) as database:
        listed = list(database.all_records())
    assert rows == len(listed) == 337
    assert target.read_bytes() == plain_csv(listed, language)


def test_a_run(filled, tmp_path):
    target = tmp_path / "out.csv"
    with Database.open(filled.database) as database:
        listed = list(database.records(1))
    assert export_results(filled, target, Language.KOREAN, 1) == len(listed) == 300
    assert target.read_bytes() == plain_csv(listed, Language.KOREAN)


def test_what_is_listed_each_once_and_nothing_else_of_its_runs(filled, tmp_path):
    target = tmp_path / "out.csv"
    with Database.open(filled.database) as database:
        last = database.latest_run_id()
        listed = [*islice(database.records(1), 100), *database.records(last), *database.records(last - 1)]
        database.reviews.judge([listed[0].photo_id], ("오염",))
        as_known_now = [database.history.record(listed[0].photo_id), *listed[1:]]
    assert len({record.run_id for record in listed}) == 3
    assert export_records(filled, target, Language.KOREAN, [*listed, *listed[:70]]) == len(listed) == 102
    assert target.read_bytes() == plain_csv(as_known_now, Language.KOREAN)


@pytest.mark.parametrize("where", FILTERS, ids=["everything", "failed", "text"])
@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_the_history_in_its_order(filled, tmp_path, where, order):
    target = tmp_path / "out.csv"
    for _ in export_history(where, order, target, Language.ENGLISH, filled):
        pass
    with Database.open(filled.database) as database:
        listed = database.history.where(where).page(order, limit=1000).records
    assert listed
    assert target.read_bytes() == plain_csv(listed, Language.ENGLISH)


@pytest.mark.parametrize("given_anew", [False, True])
def test_a_list_that_a_restored_backup_does_not_have_is_not_exported_as_another(paths, tmp_path, given_anew):
    target = tmp_path / "out.csv"
    with Database.open(paths.database) as database:
        empty = back_up(paths.database, BackupReason.ON_REQUEST).path
        record_all(database, classified(photo("seen.jpg")))
        listed = list(database.all_records())
    restore(paths.database, empty)
    if given_anew:
        with Database.open(paths.database) as database:
            record_all(database, classified(photo("other.jpg"), "b"))
    with pytest.raises(StoreError, match="replaced by a backup"):
        export_records(paths, target, Language.ENGLISH, listed)
    assert not target.exists()
