"""Databases for the tests of the review: real ones, filled with made-up verdicts."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from defect_desktop.core.decision import CheckReason, Ranked, Verdict
from defect_desktop.core.place import NOWHERE, Place
from defect_desktop.core.record import Outcome, PhotoFile
from defect_desktop.errors import PhotoProblem
from defect_desktop.store.database import Database
from tests.ui.fakes import SETTINGS

STAIN, DAMAGE, MOULD = "오염", "훼손", "곰팡이"


def verdict(label: str, confidence: float, *, check: bool = False) -> Verdict:
    others = [other for other in (STAIN, DAMAGE, MOULD) if other != label]
    second = min(0.9 * confidence, 0.7 * (1 - confidence))
    top = (Ranked(label, confidence), Ranked(others[0], second), Ranked(others[1], 0.3 * second))
    return Verdict(top, confidence - second, 1.0, (CheckReason.LOW_CONFIDENCE,) if check else ())


def add_photos(database: Database, verdicts: dict[str, Verdict | None], place: Place = NOWHERE, folder="/사진") -> None:
    """Photos by name; one without a verdict could not be opened."""
    outcomes = []
    for number, (name, said) in enumerate(verdicts.items()):
        photo = PhotoFile(Path(folder) / name, 1000, 1)
        problem = None if said else PhotoProblem.CORRUPT
        outcomes.append((number, Outcome(photo, sha256(name.encode()).hexdigest(), verdict=said, problem=problem)))
    run = database.begin_run(SETTINGS)
    database.add_outcomes(run, outcomes, place)
    database.finish_run(run, "finished")


def day(database: Database) -> None:
    """Two photos that need a check, three that do not, and one that could not be opened."""
    add_photos(
        database,
        {
            "sure1.jpg": verdict(STAIN, 0.99),
            "check1.jpg": verdict(DAMAGE, 0.4, check=True),
            "sure2.jpg": verdict(DAMAGE, 0.9),
            "broken.jpg": None,
            "check2.jpg": verdict(MOULD, 0.5, check=True),
            "sure3.jpg": verdict(DAMAGE, 0.8),
        },
    )
