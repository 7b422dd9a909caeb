"""The review, with made-up verdicts on whatever photos there are."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from defect_desktop.core.place import Place
from defect_desktop.paths import Paths
from defect_desktop.store.database import Database
from defect_desktop.ui.pages.review.review_page import ReviewPage
from defect_desktop.ui.pages.review.services import CANNOT_EXPLAIN, Reasons
from defect_desktop.ui.program import Program
from tests.ui.fakes import SETTINGS, FakeWork, visit, wait_until
from tests.ui.scenes import Scene

HERE = Place("한빛마을 2단지", "103동", "1502호", "거실", "벽", "도배")
_PHOTOS = 60


def fill(paths: Paths, work: FakeWork) -> None:
    """Some photos of a flat."""
    with Database.open(paths.database) as database:
        run = database.begin_run(SETTINGS)
        outcomes = [(number, record.outcome) for number, record in enumerate(work.records[:_PHOTOS])]
        database.add_outcomes(run, outcomes, HERE)
        database.places.use(HERE)
        database.finish_run(run, "finished")


def opened(program: Program) -> ReviewPage:
    """The page as soon as it has its list."""
    page = visit(program.window, "review")
    assert isinstance(page, ReviewPage)
    settle(page)
    return page


def settle(page: ReviewPage) -> None:
    wait_until(lambda: not page.reviewer.desk.busy)
    wait_until(lambda: page.reviewer.current is None or page.area.view.image is not None)


def press(page: ReviewPage, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(page.area.view, key)
        settle(page)


def empty(program: Program, work: FakeWork) -> None:
    opened(program)


def first(program: Program, work: FakeWork) -> None:
    opened(program)


def decided(program: Program, work: FakeWork) -> None:
    press(opened(program), Qt.Key.Key_2, Qt.Key.Key_Return, Qt.Key.Key_N, Qt.Key.Key_Left)


def several(program: Program, work: FakeWork) -> None:
    press(opened(program), Qt.Key.Key_M, Qt.Key.Key_3)


def any_defect(program: Program, work: FakeWork) -> None:
    press(opened(program), Qt.Key.Key_L)


def together(program: Program, work: FakeWork) -> None:
    press(opened(program), Qt.Key.Key_B)


def note(program: Program, work: FakeWork) -> None:
    press(opened(program), Qt.Key.Key_E)


def place(program: Program, work: FakeWork) -> None:
    press(opened(program), Qt.Key.Key_P)


def picked(program: Program, work: FakeWork) -> None:
    page = opened(program)
    press(page, Qt.Key.Key_S)
    page.area.strip.tapped.emit(2)


def why(program: Program, work: FakeWork) -> None:
    page = opened(program)
    page.area._explaining._explain = lambda record: Reasons(_warm_spot(), (record.outcome.verdict.top,) * 3)
    press(page, Qt.Key.Key_W)
    wait_until(lambda: "1:" in page.area.why.text)


def why_not(program: Program, work: FakeWork) -> None:
    page = opened(program)
    page.area._explaining._explain = lambda record: Reasons(sentence=CANNOT_EXPLAIN)
    press(page, Qt.Key.Key_W)
    wait_until(lambda: not page.area.busy)


def _warm_spot() -> np.ndarray:
    rows, columns = np.mgrid[-1:1:96j, -1:1:128j]
    return np.exp(-12 * ((rows + 0.52) ** 2 + (columns + 0.25) ** 2)).astype(np.float32)


SCENES = (
    Scene("review_empty", empty),
    *(
        Scene(f"review_{show.__name__}", show, fill)
        for show in (first, decided, several, any_defect, together, note, place, picked, why, why_not)
    ),
)
