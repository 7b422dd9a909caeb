"""A database of the first version is taken over with everything in it, and kept as it was beside."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event

from defect_desktop.core.history import REVIEW_ORDER, Order, Sort
from defect_desktop.core.review import NO_REMARKS, NOT_A_DEFECT, UNREVIEWED, ActionKind, Review, ReviewState, Undoable
from defect_desktop.errors import PhotoProblem
from defect_desktop.store.backup import BackupReason, backups_of
from defect_desktop.store.database import Database
from tests.store.samples import SETTINGS, classified, photo, record_all, verdict

RUN = {
    "started_at": "2026-01-02 09:00:00.000000", "finished_at": "2026-01-02 09:05:00.000000", "outcome": "finished",
    "pack_name": SETTINGS.pack_name, "pack_version": SETTINGS.pack_version, "fingerprint": SETTINGS.fingerprint,
    "engine": SETTINGS.engine, "device": SETTINGS.device, "program_version": SETTINGS.program_version,
    "class_names": json.dumps({"오염": {"ko": "오염", "en": "Stain"}}), "notice": None, "options": "{}",
}  # fmt: skip
NO_VERDICT = dict.fromkeys(["ai_label", "confidence", "margin", "agreement", "top", "check_reasons", "needs_check"])


def insert(raw, table, **row):
    names, places = ", ".join(row), ", ".join("?" * len(row))
    return raw.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(row.values())).lastrowid


def insert_photo(raw, name, content="a", label=None, at=None):
    facts = {"content_hash": content and content * 64, "size": 1000, "mtime_ns": 1_700_000_000_123_456_789}
    path = f"/사진/1층/{name}"
    return insert(raw, "photo", path=path, **facts, human_label=label, human_label_at=at)


def insert_result(raw, run, photo_id, position, label=None, confidence=0.9, needs_check=False):
    top = json.dumps([{"label": label, "probability": confidence}, {"label": "들뜸", "probability": 1 - confidence}])
    said = {
        "ai_label": label, "confidence": confidence, "margin": confidence, "agreement": 1.0, "top": top,
        "check_reasons": '["low_confidence"]' if needs_check else "[]", "needs_check": needs_check,
    }  # fmt: skip
    facts = {**(said if label else NO_VERDICT), "problem": None if label else "missing"}
    result = insert(raw, "result", photo_id=photo_id, run_id=run, classified_at="2026-01-02 09:01:00.000000", **facts)
    insert(raw, "run_item", run_id=run, position=position, result_id=result)
    return result


@pytest.fixture
def old(path):
    """A database that the first version made: two runs, labels of a person, failures, a name that is not Unicode."""
    path.parent.mkdir(parents=True)
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", "defect_desktop.store:migrations")
        command.upgrade(config, "0001")
    engine.dispose()
    with closing(sqlite3.connect(path)) as raw:
        first, second = insert(raw, "run", **RUN), insert(raw, "run", **RUN)
        accepted = insert_photo(raw, "accepted.jpg", label="오염", at="2026-01-03 10:00:00.000000")
        corrected = insert_photo(raw, "corrected.jpg", label="울음", at="2026-01-03 09:00:00.000000")
        lost, twice = insert_photo(raw, "lost.jpg", content=""), insert_photo(raw, "twice.jpg")
        found, strange = insert_photo(raw, "lost.jpg"), insert_photo(raw, "caf//dce9.jpg")
        gone = insert_photo(raw, "gone.jpg", content="")
        for position, (photo_id, label) in enumerate(
            [(accepted, "오염"), (corrected, "오염"), (lost, None), (twice, "오염"), (strange, "오염"), (gone, None)]
        ):
            insert_result(raw, first, photo_id, position, label)
        insert_result(raw, second, found, 0, "들뜸", 0.4, needs_check=True)
        insert_result(raw, second, twice, 1, "들뜸", 0.6, needs_check=True)
        raw.commit()
    return path


def shown(database, order):
    return [record.outcome.photo.path.name for record in database.history.where().page(order).records]


def test_everything_is_still_there(old):
    with Database.open(old) as database:
        records = {r.outcome.photo.path.name: r for r in database.all_records()}
        first, second = ([r.outcome.photo.path.name for r in database.records(run)] for run in (1, 2))
    assert first == ["accepted.jpg", "corrected.jpg", "lost.jpg", "twice.jpg", "caf\udce9.jpg", "gone.jpg"]
    assert second == ["lost.jpg", "twice.jpg"]
    assert records.keys() == {*first}
    assert records["accepted.jpg"].outcome.verdict == verdict("오염", 0.9)
    assert records["twice.jpg"].run_id == 2
    assert records["lost.jpg"].outcome.problem is None
    assert records["gone.jpg"].outcome.problem is PhotoProblem.MISSING
    assert records["accepted.jpg"].classified_at == datetime(2026, 1, 2, 9, 1, tzinfo=UTC)


def test_labels_become_reviews(old):
    with Database.open(old) as database:
        remarks = {record.outcome.photo.path.name: record.remarks for record in database.all_records()}
    assert remarks.pop("accepted.jpg").review == Review(ReviewState.ACCEPTED, ("오염",))
    assert remarks.pop("corrected.jpg").review == Review(ReviewState.CORRECTED, ("울음",))
    assert set(remarks.values()) == {NO_REMARKS}


def test_the_journal_tells_of_the_labels_and_undo_does_not_reach_them(old):
    with Database.open(old) as database:
        assert [(a.kind, a.at.hour, a.changed) for a in database.reviews.journal(9)] == [
            (ActionKind.TAKEN_OVER, 10, 1), (ActionKind.TAKEN_OVER, 9, 1)
        ]  # fmt: skip
        assert database.reviews.undoable() == Undoable(None, None)
        assert database.reviews.undo() is None
        photo_id = next(r.photo_id for r in database.all_records() if r.human_label == "울음")
        database.reviews.set_state([photo_id], NOT_A_DEFECT)
        database.reviews.undo()
        assert database.reviews.undo() is None
        assert database.history.record(photo_id).remarks.review == Review(ReviewState.CORRECTED, ("울음",))
        assert database.reviews.set_state([photo_id], UNREVIEWED).changed == 1


def test_the_history_is_in_the_order_that_the_present_version_gives_it(old):
    with Database.open(old) as database:
        assert shown(database, Order()) == [
            "twice.jpg", "lost.jpg", "gone.jpg", "caf\udce9.jpg", "corrected.jpg", "accepted.jpg"
        ]  # fmt: skip
        assert shown(database, REVIEW_ORDER)[:3] == ["gone.jpg", "lost.jpg", "twice.jpg"]
        assert shown(database, Order(Sort.CONFIDENCE))[-3:] == ["twice.jpg", "lost.jpg", "gone.jpg"]
        assert database.reviews.progress().check_left == 2


def test_the_work_goes_on(old):
    with Database.open(old) as database:
        done = database.find_done(SETTINGS.fingerprint, [photo("accepted.jpg"), photo("gone.jpg")])
        assert list(done) == [photo("accepted.jpg")]
        ids = record_all(database, classified(photo("gone.jpg")), classified(photo("new.jpg")))
        assert database.history.where().count() == 7
        assert database.reviews.accept(ids).changed == 2


def test_a_copy_of_what_it_was_is_kept(old):
    with closing(sqlite3.connect(old)) as raw:
        before = list(raw.iterdump())
    Database.open(old).close()
    (made,) = backups_of(old)
    assert made.reason is BackupReason.BEFORE_MIGRATION
    with closing(sqlite3.connect(made.path)) as raw:
        assert list(raw.iterdump()) == before
    Database.open(old).close()
    assert backups_of(old) == [made]


def test_a_migration_that_fails_leaves_the_database_as_it_was(old):
    def fail(_connection, _cursor, statement, *_):
        if "ix_photo_place" in statement:
            raise KeyboardInterrupt

    with closing(sqlite3.connect(old)) as raw:
        before = list(raw.iterdump())
    event.listen(Engine, "before_cursor_execute", fail)
    with pytest.raises(KeyboardInterrupt):
        Database.open(old)
    event.remove(Engine, "before_cursor_execute", fail)
    with closing(sqlite3.connect(old)) as raw:
        assert list(raw.iterdump()) == before
    with Database.open(old) as database:
        assert database.history.where().count() == 6
