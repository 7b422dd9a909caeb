"""A million rows: scrolled through, they cost the memory of a few pages. How fast they come, and the longest that the
window does not answer, are told (-s): on a busy machine they say nothing about the program.
"""

import gc
import sys
import time

import pytest
from PySide6.QtCore import QCoreApplication, QTimer

from defect_desktop.core.history import HistoryFilter, VerdictKind
from defect_desktop.core.place import PlacePart
from defect_desktop.ui.pages.history.paging import KEPT_PAGES
from tests.store.million import fill
from tests.ui.fakes import wait_until

pytestmark = pytest.mark.slow

ATTEMPTS = 3


@pytest.fixture
def paths(paths, tmp_path_factory):
    paths.data.mkdir(parents=True)
    fill(paths.database)
    return paths


class Heart:
    """Beats every 5 ms where the event loop lets it."""

    def __init__(self):
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._beat)

    def longest_gap(self, work):
        self._last, self._gaps = time.perf_counter(), []
        self._timer.start()
        work()
        self._beat()
        self._timer.stop()
        return max(self._gaps)

    def _beat(self):
        now = time.perf_counter()
        self._gaps.append(now - self._last)
        self._last = now


def tell(what, measure):
    sys.stdout.write(f"{what}: {min(measure() for _ in range(ATTEMPTS)) * 1000:.0f} ms\n")


def test_a_million_rows(window, paths):
    window.pages.turn_to("history")
    page = window.pages.page("history")
    wait_until(lambda: page.settled and page.model.rowCount() > 0, 60)
    assert page.tools.said == "Photos found: 1,000,000"
    gc.freeze()  # as the first use of an engine does: the collector need not walk what stays for good
    found = []
    page.model.found.connect(lambda _: found.append(time.perf_counter()))

    def first_rows(where):
        wait_until(lambda: page.settled, 60)
        found.clear()
        start = time.perf_counter()
        page.show_only(where)
        wait_until(lambda: found, 60)
        return found[0] - start

    filters = (
        HistoryFilter(),
        HistoryFilter(labels=frozenset({"오염"})),
        HistoryFilter(place={PlacePart.PROJECT: "현장9"}),
        HistoryFilter(verdicts=frozenset({VerdictKind.NEEDS_CHECK})),
    )
    for where in filters:
        tell(f"first rows of {where}", lambda where=where: first_rows(where))
    page.show_only(HistoryFilter())
    wait_until(lambda: page.settled, 60)
    bar, heart = page.table.verticalScrollBar(), Heart()

    def scroll():
        for _ in range(120):
            bar.setValue(bar.value() + 400)
            deadline = time.perf_counter() + 0.016
            while time.perf_counter() < deadline:
                QCoreApplication.processEvents()

    tell("longest gap while scrolling", lambda: heart.longest_gap(scroll))
    assert page.model.rowCount() > 500
    for _ in range(60):
        page.table.scrollToBottom()
        page.table.viewport().repaint()
        wait_until(lambda: page.settled, 60)
    assert page.model.rowCount() > 100 * KEPT_PAGES
    assert len(page.model._records._kept) <= KEPT_PAGES
