"""How pages of records are asked for; what they say is held against the records in `workflows/test_export_results`."""

from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from defect_desktop.store import records
from defect_desktop.store.record_pages import PLAIN_RECORD
from tests.store.samples import many, photo, record_all


def test_all_pages_walk_an_index_in_order_and_sort_nothing(database, plans, monkeypatch):
    monkeypatch.setattr(records, "PAGE", 10)
    record_all(database, *many(35))
    plans.clear()
    pages = list(database.all_pages())
    assert [len(page.path) for page in pages] == [10, 10, 10, 5]
    assert [path for page in pages for path in page.path] == [str(photo(f"{n:07}.jpg").path) for n in range(35)]
    asked = [steps for steps in plans if any("photo_label" in step for step in steps)]
    assert len(asked) == 4
    assert not [step for steps in asked for step in steps if "TEMP B-TREE" in step]


def test_pages_of_some_records_are_found_by_an_index(database, plans, monkeypatch):
    monkeypatch.setattr(records, "PAGE", 10)
    record_all(database, *many(35))
    some = list(database.all_records())[5:30]
    plans.clear()
    assert [path for page in database.pages_of(some) for path in page.path] == [str(r.outcome.photo.path) for r in some]
    asked = [steps for steps in plans if any("photo_label" in step for step in steps)]
    assert len(asked) == 3
    assert not [step for steps in asked for step in steps if step.startswith(("SCAN result", "SCAN photo"))]


def test_nothing_recorded_is_no_page(database):
    assert list(database.all_pages()) == list(database.history.where().pages()) == list(database.pages_of([])) == []


def test_postgresql_can_be_asked_too():
    statement = str(select(*PLAIN_RECORD).compile(dialect=postgresql.dialect()))
    assert "json_agg" in statement
    assert "group_array" not in statement
