"""The help page as a user drives it."""

import shutil

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from defect_desktop.core.how_to import HOW_TO, KEYS
from defect_desktop.language import Language
from tests.ui.fakes import visit, wait_until


@pytest.fixture
def page(window):
    visit(window, "help")
    return settled(window)


def settled(window):
    page = window.pages.page("help")
    wait_until(lambda: page.model.classes)
    return page


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_it_begins_with_the_six_steps_and_the_keys(page):
    assert page.topics.current_row == 0
    shown = texts(page)
    assert all(step.en in shown for step in HOW_TO)
    page.topics.select(1)
    assert all(meaning.en in texts(page) for _, meaning in KEYS)


def test_all_19_defects_have_a_picture_and_a_text(page):
    assert page.model.rowCount() == 2 + 19
    for row in range(2, 21):
        assert page.model.example(row).path.is_file()
        page.topics.select(row)
        shown = texts(page.defect)
        assert page.model.index(row).data() in shown
        assert "What to do" in shown
    wait_until(lambda: page.defect.picture.image is not None)
    assert not page.defect.picture.image.isNull()


def test_what_a_defect_is_taken_for_is_one_tap_away(page):
    page.show_defect("틈새과다")
    next(button for button in page.defect.findChildren(QPushButton) if button.text() == "Moulding repair").click()
    assert "Moulding repair" in texts(page.defect)


def test_a_class_that_only_a_users_pack_knows_shows_its_name(page, window, paths, tiny_shelf):
    shutil.copytree(tiny_shelf / "tiny", paths.user_models / "tiny")
    page.shown()
    wait_until(lambda: page.model.row_of("=cmd") is not None)
    page.show_defect("=cmd")
    shown = texts(page.defect)
    assert "Formula" in shown
    assert "What to do" not in shown
    assert "Drawn example" not in shown


def test_it_speaks_the_language_of_the_window_and_stays_where_it_was(page, window, preferences):
    page.show_defect("곰팡이")
    preferences.change(language=Language.KOREAN)
    wait_until(lambda: window.pages.page("help") not in (page, None))
    renewed = settled(window)
    wait_until(lambda: "곰팡이" in texts(renewed.defect))
