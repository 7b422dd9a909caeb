"""Writes a results database as the first version of the program made it."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from tests.store.samples import SETTINGS

RUN = {
    "started_at": "2026-01-02 09:00:00.000000", "finished_at": "2026-01-02 09:05:00.000000", "outcome": "finished",
    "pack_name": SETTINGS.pack_name, "pack_version": SETTINGS.pack_version, "fingerprint": SETTINGS.fingerprint,
    "engine": SETTINGS.engine, "device": SETTINGS.device, "program_version": SETTINGS.program_version,
    "class_names": json.dumps({"오염": {"ko": "오염", "en": "Stain"}}), "notice": None, "options": "{}",
}  # fmt: skip
NO_VERDICT = dict.fromkeys(["ai_label", "confidence", "margin", "agreement", "top", "check_reasons", "needs_check"])


FOLDER = Path("/사진/1층")


def insert(raw: sqlite3.Connection, table: str, **row: object) -> int | None:
    names, places = ", ".join(row), ", ".join("?" * len(row))
    return raw.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(row.values())).lastrowid


def insert_photo(
    raw: sqlite3.Connection, name: str, content: str = "a", label: str | None = None, at: str | None = None
) -> int | None:
    facts = {"content_hash": content and content * 64, "size": 1000, "mtime_ns": 1_700_000_000_123_456_789}
    path = f"{FOLDER}{os.sep}{name}"
    return insert(raw, "photo", path=path, **facts, human_label=label, human_label_at=at)


def insert_result(
    raw: sqlite3.Connection,
    run: int | None,
    photo_id: int | None,
    position: int,
    label: str | None = None,
    confidence: float = 0.9,
    needs_check: bool = False,
) -> int | None:
    top = json.dumps([{"label": label, "probability": confidence}, {"label": "들뜸", "probability": 1 - confidence}])
    said = {
        "ai_label": label, "confidence": confidence, "margin": confidence, "agreement": 1.0, "top": top,
        "check_reasons": '["low_confidence"]' if needs_check else "[]", "needs_check": needs_check,
    }  # fmt: skip
    facts = {**(said if label else NO_VERDICT), "problem": None if label else "missing"}
    result = insert(raw, "result", photo_id=photo_id, run_id=run, classified_at="2026-01-02 09:01:00.000000", **facts)
    insert(raw, "run_item", run_id=run, position=position, result_id=result)
    return result


def write_first_version(path: Path) -> None:
    """A database as the first version made it: two runs, labels of a person, failures, a name that is not Unicode."""
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
