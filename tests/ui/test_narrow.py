"""What a window of a small tablet held upright, or half a screen, leaves room for."""

from dataclasses import replace
from pathlib import PureWindowsPath

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QScrollArea, QToolButton, QWidget

from defect_desktop.core.history import HistoryFilter
from defect_desktop.core.place import Place, PlacePart
from defect_desktop.core.record import PhotoFile
from defect_desktop.store.database import Database
from tests.ui.fakes import let_answer, visit, wait_until
from tests.ui.review_data import STAIN, add_photos, verdict

SITE = "동탄2신도시 한빛마을 푸르지오 센트럴파크 2단지 신축공사 (A-12블록)"
NAME = "IMG_20260103.jpg"


@pytest.fixture(params=[(540, 900, 100), (540, 900, 150), (700, 560, 100)], ids=str)
def window(request, program, paths):
    width, height, text_size = request.param
    with Database.open(paths.database) as database:
        add_photos(database, {NAME: verdict(STAIN, 0.99)}, Place(project=SITE))
    program.preferences.change(text_size=text_size)
    wait_until(lambda: program.window.pages.complete)
    program.window.resize(QSize(width, height))
    return program.window


def history(window):
    page = visit(window, "history")
    wait_until(lambda: page.settled and page.model.rowCount() == 1)
    return page


def out_of_sight(view):
    """What can be used and does not lie within the width of `view`, by name."""
    for each in view.findChildren(QWidget):
        if isinstance(each, (QAbstractButton, QComboBox, QLineEdit)) and each.isVisible():
            left = each.mapTo(view, QPoint()).x()
            if left < 0 or left + each.width() > view.width():
                yield each.accessibleName() or each.text()


def test_the_filters_stay_within_reach_however_long_the_name_of_the_site(window):
    page = history(window)
    page.show_only(HistoryFilter(place={PlacePart.PROJECT: SITE}))
    page.open_sheet()
    wait_until(lambda: page.settled)
    let_answer(50)
    assert [*out_of_sight(page.sheet.findChild(QScrollArea).viewport())] == []


def test_the_search_shows_what_is_looked_for_and_buttons_say_what_they_do(window):
    page = history(window)
    metrics = page.tools.search.fontMetrics()
    assert page.tools.search.width() > metrics.horizontalAdvance(NAME) + 60  # the icons at its ends
    for button in page.tools.findChildren(QToolButton):
        if button.text():
            assert button.sizeHint().width() <= button.width(), button.text()


def test_a_photo_of_the_history_is_seen_with_its_name_and_all_that_is_known_of_it(window):
    page = history(window)
    page.table.opened.emit(0)
    let_answer(50)
    photo = page.photo
    assert photo.facts.mapTo(photo, QPoint()).x() + photo.facts.width() <= photo.width()
    assert [*out_of_sight(window)] == []
    assert photo._name.accessibleName() == NAME
    assert len(photo._name.text()) > len(NAME) // 2


def test_what_is_known_of_a_pack_has_more_room_than_the_list_of_packs(window):
    page = visit(window, "models")
    wait_until(lambda: len(page.model.packs) > 0)
    let_answer(50)
    assert page.details.width() * page.details.height() > page.list.width() * page.list.height()
    page.open_comparison()
    let_answer(50)
    assert [*out_of_sight(window)] == []


def test_a_path_of_windows_is_shown_to_its_end(window):
    page = history(window)
    page.table.opened.emit(0)
    let_answer(50)
    folder = PureWindowsPath(r"C:\Users\HongGildong\Documents\Inspections\Dongtan2\Phase2\Building101\Unit1203\Photos")
    outcome = page.photo.record.outcome
    photo = PhotoFile(folder / NAME, 1, 1)
    page.photo.facts.show_record(replace(page.photo.record, outcome=replace(outcome, photo=photo)))
    let_answer(50)
    assert str(folder) in page.photo.facts._origin.text().replace("\u200b", "")
    assert page.photo.facts.widget().width() <= page.photo.facts.viewport().width()
