"""Whoever does not see, or wears gloves, gets along on every page.

What takes the focus has a name for a screen reader, what is touched has 44 pixels, and a finger scrolls what scrolls.
"""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLineEdit,
    QScroller,
    QSlider,
    QWidget,
)

from defect_desktop.core.history import HistoryFilter
from defect_desktop.language import Language
from defect_desktop.store.database import Database
from tests.ui.fakes import visit, wait_until
from tests.ui.review_data import day

TOUCHED = (QAbstractButton, QComboBox, QLineEdit, QSlider)
PAGES = ("inspect", "review", "history", "models", "settings", "help")


@pytest.fixture
def paths(paths):
    with Database.open(paths.database) as database:
        day(database)
    return paths


def complaints_about(window):
    for widget in window.findChildren(QWidget):
        if widget.visibleRegion().isEmpty():
            continue
        name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        about = f"{type(widget).__name__} {name!r}, {widget.width()}x{widget.height()}"
        if isinstance(widget, QAbstractScrollArea) and not QScroller.hasScroller(widget.viewport()):
            yield f"no finger scrolls it: {about}"
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or not widget.isEnabled():
            continue
        if not name.strip():
            yield f"no name: {about}"
        if isinstance(widget, TOUCHED) and min(widget.width(), widget.height()) < 44:
            yield f"too small: {about}"
        if isinstance(widget, QAbstractButton) and widget.text() and widget.sizeHint().width() > widget.width() + 1:
            yield f"cut off: {about}"


def faces(page, key):
    """What the page can show besides, by the name of what leads there."""
    yield "first", lambda: None
    if key == "history":
        wait_until(lambda: page.settled and page.model.rowCount() > 0)
        yield "filters", page.open_sheet
        yield "charts", page.open_charts
        yield "photo", lambda: page.table.opened.emit(0)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", [QSize(1280, 800), QSize(800, 1280)])
def test_everything_has_a_name_and_can_be_hit(window, language, size):
    window.resize(size)
    heard = []
    for key in PAGES:
        for face, lead in faces(visit(window, key), key):
            lead()
            QTest.qWait(200)  # what is asked beside the window comes in
            heard += [f"{key}, {face}: {each}" for each in complaints_about(window)]
    assert heard == []


def walked(window):
    """What the tab key comes to, once around, by name."""
    stops = []
    while not stops or window.focusWidget() is not stops[0]:
        stops.append(window.focusWidget())
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    return [QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name).strip() for one in stops]


def test_the_tab_key_goes_where_the_eye_goes(window):
    page = visit(window, "history")
    wait_until(lambda: page.settled and page.model.rowCount() > 0)
    page.open_sheet()
    wait_until(lambda: page.settled)
    page.sheet.findChild(QComboBox).setFocus()
    stops = walked(window)
    assert stops[:6] == ["Any"] * 6
    assert stops[6] == "Bad seam"
    order = [stops.index(one) for one in ("Wrinkled paper", "Said by anyone", "At any time", "Clear all")]
    assert order == sorted(order)
    assert stops.index("Clear all") + 2 < len(stops)

    page.show_only(HistoryFilter(labels=frozenset({"오염"})))
    page.sheet.closed.emit()
    wait_until(lambda: page.settled)
    page.tools.search.setFocus()
    assert walked(window)[3:6] == ["Export CSV", "Without: Stain", "Newest first"]

    page = visit(window, "review")
    wait_until(lambda: page.area.view.isVisible())
    stops = walked(window)
    begin = stops.index("Accept")
    assert stops[begin : begin + 3] == ["Accept", "Not a defect", "Cannot tell"]
    assert stops.index("Needs check") < stops.index("All") < stops.index("This unit")


def test_a_choice_says_what_it_is_a_choice_of(window):
    page = visit(window, "settings")
    wait_until(lambda: page.complete)
    said = [one.accessibleDescription() for one in page.findChildren(QAbstractButton) if one.text() == "Automatic"]
    assert said == ["Engine", "Device", "Opened with"]
