"""Fills a database with as many photos as one wants, fast: `python -m tests.store.million FILE [PHOTOS]`.

The rows are written past the program, in the order that it would have written them; indexes are dropped meanwhile.
"""

import json
import random
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from defect_desktop.core.taxonomy import CONTEST_CLASSES, CONTEST_COUNTS
from defect_desktop.store.database import Database
from tests.store.samples import SETTINGS

A_UNIT = 50
"""Photos a unit."""

A_RUN = 5000
START = datetime(2024, 1, 2, tzinfo=UTC)
TAKEN = int(START.timestamp()) - 86_400
"""A photo is classified the day after it was taken, and both go on by 40 s a photo."""

LABELS = list(CONTEST_COUNTS)
ROOMS = ("거실", "주방", "안방", "욕실")
NAMES = {entry.label: {"ko": entry.name.ko, "en": entry.name.en} for entry in CONTEST_CLASSES}


def fill(path, photos=1_000_000):
    """Projects of 100,000 photos with buildings of 100 units; half of the photos reviewed, some with several labels."""
    Database.open(path).close()
    dice = random.Random(4)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        indexes = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-200000"):
            raw.execute(f"PRAGMA {pragma}")
        raw.execute("BEGIN")
        for name, _ in indexes:
            raw.execute(f"DROP INDEX {name}")
        _insert(raw, "run", (_run(number) for number in range(1, (photos - 1) // A_RUN + 2)))
        _insert(raw, "place", (_place(number) for number in range(1, (photos - 1) // A_UNIT + 2)))
        for first in range(0, photos, 20_000):
            _insert_photos(raw, [_photo(n, dice) for n in range(first, min(first + 20_000, photos))])
        for _, sql in indexes:
            raw.execute(sql)
        raw.execute("COMMIT")
        raw.execute("PRAGMA journal_mode=WAL")


def _insert(raw, table, rows):
    for row in rows:
        raw.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def _insert_photos(raw, photos):
    for table in ("photo", "result", "run_item", "photo_label"):
        rows = [row for photo in photos for row in photo[table]]
        names = ", ".join(rows[0])
        values = ", ".join("?" * len(rows[0]))
        raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({values})", [list(row.values()) for row in rows])


def _run(number):
    return {
        "id": number, "started_at": "2024-01-02 00:00:00.000000", "finished_at": "2024-01-02 01:00:00.000000",
        "outcome": "finished", "pack_name": "starter", "pack_version": f"{1 + number % 3}.0",
        "fingerprint": f"{number % 3}" * 64, "engine": "torch", "device": "cpu", "program_version": "0.1.0",
        "class_names": json.dumps(NAMES), "notice": None, "options": json.dumps(dict(SETTINGS.options)),
    }  # fmt: skip


def _place(number):
    unit = number - 1
    return {
        "id": number, "project": f"현장{unit // 2000}", "building": f"{101 + unit // 100 % 20}동",
        "unit": f"{unit % 100 // 4 + 1:02}{unit % 4 + 1:02}호", "room": ROOMS[unit % 4], "part": "벽", "trade": "도배",
        "used": number,
    }  # fmt: skip


def _photo(number, dice):
    label, second, third = dice.choices(LABELS, CONTEST_COUNTS.values(), k=3)
    confidence = dice.random()
    check, failed, reviewed = confidence < 0.4, number % 200 == 7, dice.random() < 0.5
    state, labels = _review(label, second, dice.random()) if reviewed and not failed else ("unreviewed", [])
    at = (START + timedelta(seconds=40 * number)).strftime("%Y-%m-%d %H:%M:%S.000000")
    id_, run, content = number + 1, number // A_RUN + 1, f"{number:064x}"
    top = [{"label": name, "probability": confidence / rank} for rank, name in enumerate((label, second, third), 1)]
    result = {
        "id": id_, "photo_id": id_, "run_id": run, "classified_at": at, "ai_label": None if failed else label,
        "confidence": None if failed else confidence, "margin": None if failed else confidence / 2,
        "agreement": None if failed else (1 + number % 3) / 3, "top": None if failed else json.dumps(top),
        "check_reasons": None if failed else '["low_confidence"]' if check else "[]",
        "needs_check": None if failed else check, "asked": None if failed else 3,
        "problem": "corrupt" if failed else None,
    }  # fmt: skip
    photo = {
        "id": id_, "path": f"/home/inspector/사진/현장{number // 100_000}/{number // A_UNIT:05}/IMG_{number:07}.jpg",
        "content_hash": content, "size": 4_000_000 + number, "mtime_ns": (TAKEN + 40 * number) * 10**9 + number,
        "quality": '["blurred"]' if number % 97 == 0 else "[]", "result_id": id_, "run_id": run, "classified_at": at,
        "ai_label": result["ai_label"], "needs_check": result["needs_check"], "confidence": result["confidence"] or 0,
        "attention": -1 if failed else confidence - check, "review": state,
        "note": f"창가 아래 {number}" if number % 50 == 3 else "", "place_id": number // A_UNIT + 1,
        "group_id": None, "shot": None,
    }  # fmt: skip
    return {
        "photo": [photo],
        "result": [result],
        "run_item": [{"run_id": run, "position": number % A_RUN, "result_id": id_}],
        "photo_label": [{"photo_id": id_, "position": n, "label": name} for n, name in enumerate(labels)],
    }


def _review(label, second, chance):
    if chance < 0.8:
        return "accepted", [label]
    if chance < 0.95:
        return "corrected", [second] if second != label else [label, *({"울음"} - {label})]
    return ("not_a_defect" if chance < 0.99 else "cannot_tell"), []


if __name__ == "__main__":
    fill(Path(sys.argv[1]), *map(int, sys.argv[2:]))
