"""The history: the list, what narrows it, the charts, one photo."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing

from defect_desktop.core.history import HistoryFilter, VerdictKind
from defect_desktop.core.place import PlacePart
from defect_desktop.core.review import ReviewState
from defect_desktop.paths import Paths
from defect_desktop.ui.pages.history.page import HistoryPage
from defect_desktop.ui.program import Program
from tests.store.million import LABELS, fill
from tests.ui.fakes import FakeWork, visit, wait_until
from tests.ui.scenes import Scene

PHOTOS = 3_000


def stored(paths: Paths, work: FakeWork) -> None:
    """Photos of a site, more of some units than of others; each shows the drawing of its class, and that is plain."""
    fill(paths.database, PHOTOS)
    dice = random.Random(7)
    with closing(sqlite3.connect(paths.database)) as raw:
        drawings = f"{paths.assets / 'samples'}/"
        raw.execute("UPDATE photo SET path = ? || ai_label || '.jpg' WHERE ai_label IS NOT NULL", (drawings,))
        raw.execute("UPDATE place SET project = '한빛마을 2단지', building = (101 + id / 2 % 3) || '동'")
        places = [id_ for (id_,) in raw.execute("SELECT id FROM place")]
        likely = [0.2 + dice.random() for _ in places]
        photos = raw.execute("SELECT id, ai_label, needs_check FROM photo WHERE ai_label IS NOT NULL").fetchall()
        for (id_, label, check), place in zip(photos, dice.choices(places, likely, k=len(photos)), strict=True):
            sure = dice.uniform(0.31, 0.58) if check else dice.uniform(0.66, 0.99)
            first = LABELS.index(label)
            top = [
                {"label": LABELS[(first + rank) % len(LABELS)], "probability": share}
                for rank, share in enumerate((sure, min(0.9 * sure, 0.7 * (1 - sure)), 0.2 * (1 - sure)))
            ]
            told = (sure, json.dumps(top), id_)
            raw.execute("UPDATE result SET confidence = ?, top = ? WHERE photo_id = ?", told)
            shown = (sure, sure - check, place, id_)
            raw.execute("UPDATE photo SET confidence = ?, attention = ?, place_id = ? WHERE id = ?", shown)
        raw.commit()


def opened(program: Program) -> HistoryPage:
    page = visit(program.window, "history")
    assert isinstance(page, HistoryPage)
    settle(page)
    return page


def settle(page: HistoryPage) -> None:
    wait_until(lambda: page.model.rowCount() > 0 or page.model.complete)
    wait_until(lambda: page.settled)


def every(program: Program, work: FakeWork) -> None:
    opened(program).table.select(2)


def narrowed(program: Program, work: FakeWork) -> HistoryPage:
    page = opened(program)
    page.show_only(
        HistoryFilter(
            place={PlacePart.BUILDING: "102동", PlacePart.ROOM: "욕실"},
            labels=frozenset({"오염", "창틀,문틀수정"}),
            verdicts=frozenset({VerdictKind.NEEDS_CHECK}),
            reviews=frozenset({ReviewState.CORRECTED, ReviewState.ACCEPTED}),
        )
    )
    settle(page)
    return page


def filtered(program: Program, work: FakeWork) -> None:
    narrowed(program, work)


def sheet(program: Program, work: FakeWork) -> None:
    page = narrowed(program, work)
    page.open_sheet()
    settle(page)


def charts(program: Program, work: FakeWork) -> None:
    page = opened(program)
    page.open_charts()
    settle(page)
    wait_until(lambda: bool(page.charts.model.bars))


def photo(program: Program, work: FakeWork) -> None:
    page = opened(program)
    page.table.opened.emit(4)
    wait_until(lambda: page.photo.view.image is not None)


def nothing_found(program: Program, work: FakeWork) -> None:
    page = opened(program)
    page.show_only(HistoryFilter(text="1203호 발코니"))
    settle(page)


SCENES = tuple(
    Scene(f"history_{show.__name__}", show, stored) for show in (every, filtered, sheet, charts, photo, nothing_found)
)
