"""A million rows: scrolled through, they cost the memory of a few pages. How fast they come is told (-s): on a busy
machine it says nothing about the program.
"""

import gc
import time

import pytest
from PySide6.QtCore import QCoreApplication

from defect_desktop.core.history import HistoryFilter, VerdictKind
from defect_desktop.core.place import PlacePart
from defect_desktop.ui.pages.history.charts import Grouping
from defect_desktop.ui.pages.history.paging import KEPT_PAGES
from tests.store.million import fill
from tests.ui.fakes import visit, wait_until
from tests.ui.heart import LONGEST_GAP, Heart, tell

pytestmark = pytest.mark.slow


@pytest.fixture
def paths(paths, tmp_path_factory):
    paths.data.mkdir(parents=True)
    fill(paths.database)
    return paths


def test_a_million_rows(window, paths):
    page = visit(window, "history")
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

    assert tell("longest gap while scrolling", lambda: heart.longest_gap(scroll)) <= LONGEST_GAP
    assert page.model.rowCount() > 500

    def chart(grouping):
        page.charts.groups.choose([grouping])
        page.open_charts()
        wait_until(lambda: page.settled, 60)

    for grouping in Grouping:
        gap = tell(
            f"longest gap while counting {grouping.name}", lambda by=grouping: heart.longest_gap(lambda: chart(by))
        )
        assert gap <= LONGEST_GAP
        assert page.charts.model.bars
    page.charts.left.emit()
    for _ in range(60):
        page.table.scrollToBottom()
        page.table.viewport().repaint()
        wait_until(lambda: page.settled, 60)
    assert page.model.rowCount() > 100 * KEPT_PAGES
    assert len(page.model._records._kept) <= KEPT_PAGES
