"""The history page as a user drives it, over a real database of some hundred photos."""

import csv
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QScrollArea

from defect_desktop.core.history import EVERYTHING, HistoryFilter, VerdictKind
from defect_desktop.core.place import PlacePart
from defect_desktop.core.review import NOT_A_DEFECT, ReviewState
from defect_desktop.errors import StoreError
from defect_desktop.language import Language
from defect_desktop.store.database import Database
from defect_desktop.ui.pages.history import wording
from defect_desktop.ui.pages.history.charts import Grouping
from defect_desktop.ui.pages.history.paging import PAGE_ROWS
from defect_desktop.ui.pages.history.services import Choices
from defect_desktop.ui.widgets.rows_view import RowsView
from tests.store.million import fill
from tests.ui.fakes import labelled, make_record, painted_on, visit, wait_until
from tests.ui.review_data import STAIN, add_photos, verdict
from tests.ui.wheel import turn_wheel

PHOTOS = 640


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    file = tmp_path_factory.mktemp("history") / "results.sqlite3"
    fill(file, PHOTOS)
    return file


@pytest.fixture
def paths(paths, filled):
    paths.data.mkdir(parents=True)
    paths.database.write_bytes(filled.read_bytes())
    return paths


@pytest.fixture
def page(window):
    page = visit(window, "history")
    settle(page)
    return page


def settle(page):
    """Until nothing is asked any more."""
    wait_until(lambda: page.model.rowCount() or page.model.complete)
    wait_until(lambda: page.settled)


def narrow(page, where):
    page.show_only(where)
    settle(page)
    return page.tools.said


def button(widget, text):
    return next(each for each in widget.findChildren(QPushButton) if each.text().strip() == text)


def shown_ids(page):
    return [page.model.record(row).photo_id for row in range(page.model.rowCount())]


def test_the_newest_are_at_the_top_and_all_are_counted(page):
    assert page.tools.said == "Photos found: 640"
    assert shown_ids(page)[:3] == [640, 639, 638]
    first = page.model.index(0).data()
    assert "2025" not in first
    assert "IMG_0000639.jpg" in first


def test_the_programs_confidence_stands_beside_its_own_label_only():
    record = make_record(0)
    said = record.outcome.verdict.label
    assert wording.confidence(record) == wording.confidence(labelled(record, said)) == "62.0%"
    assert wording.confidence(labelled(record, "피스")) == ""
    assert wording.confidence(make_record(9)) == ""


def test_rows_come_while_one_scrolls_to_the_very_last(page):
    for _ in range(20):
        page.table.scrollToBottom()
        page.table.grab()
        settle(page)
    assert page.model.complete
    assert page.model.rowCount() == PHOTOS
    assert shown_ids(page) == list(range(PHOTOS, 0, -1))


def test_keys_lead_to_the_ends_of_the_list(page):
    QTest.keyClick(page.table, Qt.Key.Key_End)
    assert page.table.current_row == page.model.rowCount() - 1
    QTest.keyClick(page.table, Qt.Key.Key_Home)
    assert page.table.current_row == 0


def test_who_stops_at_the_top_has_read_little(page):
    assert page.model.rowCount() <= 4 * PAGE_ROWS


def test_a_search_waits_for_the_typing_to_pause(page):
    QTest.keyClicks(page.tools.search, "IMG_0000123")
    wait_until(lambda: page.tools.said == "Photos found: 1")
    assert shown_ids(page) == [124]
    page.tools.search.clear()
    wait_until(lambda: page.tools.said == "Photos found: 640")


def test_a_whole_report_pasted_into_the_search_is_found_nowhere_and_breaks_nothing(page):
    QApplication.clipboard().setText("벽지가 들떠 있음! " * 3200)
    page.tools.search.paste()
    wait_until(lambda: page.tools.said == "Photos found: 0")


def test_what_is_being_typed_is_left_alone_by_the_search_for_it(page):
    """Setting a field's text, be it the same, breaks a syllable that is being composed."""
    field = page.tools.search
    QTest.keyClicks(field, "IMG_0000123")
    field.setCursorPosition(4)
    QTest.keyClicks(field, "0")
    composed = QInputMethodEvent("호", [])
    QApplication.sendEvent(field, composed)
    wait_until(lambda: page.tools.said == "Photos found: 0")
    assert (field.cursorPosition(), field.isUndoAvailable()) == (5, True)
    QApplication.sendEvent(field, QInputMethodEvent("", []))
    page.show_only(EVERYTHING)
    assert field.text() == ""


def test_a_condition_is_shown_with_every_character_that_it_has(page):
    narrow(page, HistoryFilter(place={PlacePart.PROJECT: "A&B"}))
    assert "Project: A&B" in [painted_on(one) for one in page.tools.findChildren(QPushButton)]


def test_what_is_just_being_typed_is_not_lost_by_a_tap_on_a_condition(page):
    narrow(page, HistoryFilter(verdicts=frozenset({VerdictKind.FAILED})))
    QTest.keyClicks(page.tools.search, "IMG_0000123")
    button(page.tools, "Failed").click()
    settle(page)
    assert page.where == HistoryFilter(text="IMG_0000123")
    assert page.tools.said == "Photos found: 1"


def test_the_keys_of_a_large_photo_work_after_a_look_at_another_page(page, window):
    page.table.opened.emit(1)
    settle(page)
    photo = page.photo.record.photo_id
    window.pages.turn_to("inspect")
    window.pages.turn_to("history")
    settle(page)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert page.photo.record.photo_id == photo - 1


def test_what_narrows_the_list_is_shown_and_can_be_dropped(page):
    where = HistoryFilter(place={PlacePart.UNIT: "0101호"}, verdicts=frozenset({VerdictKind.FAILED}))
    assert narrow(page, where) == "Photos found: 1"
    button(page.tools, "Unit: 0101호").click()
    settle(page)
    assert page.where == HistoryFilter(verdicts=frozenset({VerdictKind.FAILED}))
    assert page.tools.said == "Photos found: 4"
    button(page.tools, "Failed").click()
    settle(page)
    assert page.where == EVERYTHING


def test_where_nothing_matches_the_way_back_is_offered(page):
    narrow(page, HistoryFilter(text="no such photo"))
    assert page.model.rowCount() == 0
    button(page, "Show all photos").click()
    settle(page)
    assert page.tools.said == "Photos found: 640"


def test_before_the_first_photo_it_is_said_where_photos_come_from(page, paths, window):
    narrow(page, HistoryFilter(text="no such photo"))
    assert said_of_nothing(page) == ["No photo matches.", "Show all photos"]
    narrow(page, EVERYTHING)
    page._services.close()
    paths.database.unlink()
    window.pages.renew()
    wait_until(lambda: window.pages.page("history") not in (page, None))
    empty = window.pages.page("history")
    settle(empty)
    assert said_of_nothing(empty) == ["There are no photos yet. Classify some on the page “Inspect”."]


def said_of_nothing(page):
    shown = page._nothing.findChildren(QLabel) + page._nothing.findChildren(QPushButton)
    return [each.text() for each in shown if each.isVisible()]


def test_the_sheet_narrows_and_counts_at_every_tap(page):
    page.open_sheet()
    settle(page)
    button(page.sheet, "Stain").click()
    settle(page)
    by_class = page.model.rowCount()
    button(page.sheet, "Corrected").click()
    settle(page)
    assert page.where == HistoryFilter(labels=frozenset({"오염"}), reviews=frozenset({ReviewState.CORRECTED}))
    assert 0 < page.model.rowCount() < by_class
    assert button(page.sheet, f"Show the photos ({page.model.rowCount()})").isVisible()
    button(page.sheet, "Clear all").click()
    settle(page)
    assert page.where == EVERYTHING


def test_the_sheet_shows_what_was_chosen_elsewhere(page):
    where = HistoryFilter(place={PlacePart.ROOM: "주방"}, labels=frozenset({"훼손"}), pack="1" * 64)
    narrow(page, where)
    page.open_sheet()
    settle(page)
    assert page.sheet.filter == where
    assert button(page.sheet, "Damage").isChecked()


def test_the_calendar_speaks_the_language_that_was_chosen_last(page, window, preferences):
    preferences.change(language=Language.KOREAN)
    wait_until(lambda: window.pages.page("history") not in (page, None))
    renewed = window.pages.page("history")
    renewed.open_sheet()
    settle(renewed)
    assert {day.calendarWidget().locale().name() for day in renewed.sheet._days} == {"ko_KR"}


@pytest.mark.parametrize("choices_came", [False, True])
def test_a_tap_on_the_sheet_keeps_the_conditions_that_are_no_usual_choice(page, choices_came):
    where = HistoryFilter(place={PlacePart.UNIT: ""}, labels=frozenset({"훼손", "gone"}), pack="9" * 64)
    page._choices = page._choices if choices_came else Choices((), (), {})
    narrow(page, where)
    page._faces.setCurrentWidget(page.sheet)
    button(page.sheet, "Failed").click()
    settle(page)
    assert page.where == replace(where, verdicts=frozenset({VerdictKind.FAILED}))
    assert button(page.sheet, "Damage").isChecked()
    button(page.sheet, "gone").click()
    settle(page)
    assert page.where.labels == {"훼손"}


def test_days_between_two_dates(page):
    page.open_sheet()
    settle(page)
    button(page.sheet, "Between two days").click()
    for edit, day in zip(page.sheet._days, ((2024, 1, 2), (2024, 1, 2)), strict=True):
        edit.setDate(type(edit.date())(*day))
    settle(page)
    assert page.where.since is not None
    assert page.where.until is not None
    assert page.model.rowCount() > 0


def test_the_wheel_scrolls_the_sheet_past_what_it_could_change(page):
    page.open_sheet()
    settle(page)
    button(page.sheet, "Between two days").click()
    settle(page)
    where = page.where
    for control in (*page.sheet.findChildren(QComboBox), *page.sheet._days):
        page.sheet.findChild(QScrollArea).ensureWidgetVisible(control)
        turn_wheel(control)
    settle(page)
    assert page.where == where


@pytest.mark.parametrize("away", [False, True])
@pytest.mark.parametrize("face", ["open_sheet", "open_charts"])
def test_escape_leads_back_to_the_list_after_a_look_at_another_page_too(page, window, face, away):
    getattr(page, face)()
    settle(page)
    if away:
        visit(window, "help")
        visit(window, "history")
        settle(page)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert page.table.isVisible()
    assert page.table.hasFocus()


def test_the_wheel_leaves_the_order_as_it_is(page):
    order = page.tools.order
    turn_wheel(page.tools._orders)
    assert page.tools.order == order


def test_the_order_can_be_chosen(page):
    page.tools._orders.setCurrentIndex(page.tools._orders.findText("Oldest first"))
    page.tools._orders.activated.emit(1)
    settle(page)
    assert shown_ids(page)[:3] == [1, 2, 3]


def test_a_photo_opens_large_and_leads_to_the_next(page):
    page.table.opened.emit(1)
    assert page.photo.isVisible()
    assert page.photo._name.accessibleName() == "IMG_0000638.jpg"
    QTest.keyClick(page.photo.view, Qt.Key.Key_Right)
    assert page.photo._name.accessibleName() == "IMG_0000637.jpg"
    assert page.photo.view.accessibleName() == page.model.data(page.model.index(page.photo.row))
    QTest.keyClick(page.photo.view, Qt.Key.Key_Escape)
    assert page.table.isVisible()
    assert page.table.current_row == 2


def test_the_current_row_stays_current_after_a_look_at_another_page(page, window):
    page.table.select(2)
    visit(window, "help")
    visit(window, "history")
    settle(page)
    assert page.table.current_row == 2
    narrow(page, HistoryFilter(verdicts=frozenset({VerdictKind.FAILED})))
    assert page.table.current_row is None


def test_charts_count_anew_what_was_reviewed_on_another_page(page, window, paths):
    page.open_charts()
    button(page.charts, "By defect").click()
    settle(page)
    before = sum(bar.defects for bar in page.charts.model.bars)
    visit(window, "help")
    with Database.open(paths.database) as database:
        open_ones = database.history.where(HistoryFilter(reviews=frozenset({ReviewState.UNREVIEWED}))).page().records
        seen = [record.photo_id for record in open_ones if record.outcome.verdict][:5]
        database.reviews.set_state(seen, NOT_A_DEFECT)
    visit(window, "history")
    settle(page)
    assert sum(bar.defects for bar in page.charts.model.bars) == before - 5


def test_charts_count_what_is_shown_and_a_bar_leads_to_its_photos(page):
    narrow(page, HistoryFilter(reviews=frozenset({ReviewState.ACCEPTED})))
    accepted = page.model.rowCount()
    page.open_charts()
    settle(page)
    assert sum(bar.defects for bar in page.charts.model.bars) >= accepted
    assert page.charts.model.index(0).data().startswith("현장0  ·  101동  ·  ")
    button(page.charts, "By trade").click()
    settle(page)
    assert page.charts.groups.chosen == [Grouping.TRADE]
    assert [page.charts.model.title(bar) for bar in page.charts.model.bars] == ["Wallpapering"]
    button(page.charts, "By defect").click()
    settle(page)
    label, count = page.charts.model.bars[0].labels[0]
    page.charts.findChild(RowsView).opened.emit(0)
    settle(page)
    assert page.where.labels == {label}
    assert page.where.reviews == {ReviewState.ACCEPTED}
    assert page.model.rowCount() >= count


def test_a_bar_of_a_class_leads_to_as_many_photos_as_it_counts(page):
    """Not to those that the program gave that name and a person another."""
    page.open_charts()
    settle(page)
    button(page.charts, "By defect").click()
    settle(page)
    bars = page.charts.model.bars
    for row, bar in enumerate(bars[:4]):
        page.charts.model.show(Grouping.CLASS, bars, str)
        page.charts.findChild(RowsView).opened.emit(row)
        settle(page)
        assert page.tools.said == f"Photos found: {bar.defects}"


@pytest.mark.parametrize("then", ["By unit", "By defect"])
def test_a_bar_leads_to_its_own_photos_while_others_are_counted(page, then):
    page.open_charts()
    settle(page)
    button(page.charts, "By trade").click()
    settle(page)
    button(page.charts, then).click()
    page.charts.findChild(RowsView).opened.emit(0)
    assert page.where == HistoryFilter(place={PlacePart.TRADE: "도배"})


def test_the_export_holds_exactly_what_is_filtered(page, dialogs, tmp_path, window):
    dialogs.csv = tmp_path / "목록.csv"
    where = HistoryFilter(labels=frozenset({"오염"}), place={PlacePart.ROOM: "거실"})
    narrow(page, where)
    rows = page.model.rowCount()
    page._export.trigger()
    assert page.working
    wait_until(lambda: not page.working)
    assert f"{rows} rows written" in window.messages.text
    with dialogs.csv.open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.DictReader(file))
    assert [Path(row["Path"]).name for row in written] == [
        page.model.record(row).outcome.photo.path.name for row in range(rows)
    ]
    assert {row["Room"] for row in written} == {"Living room"}


def test_a_file_that_cannot_be_written_is_told(page, dialogs, tmp_path, window):
    dialogs.csv = tmp_path / "absent" / "x.csv"
    page._export.trigger()
    wait_until(lambda: not page.working)
    assert "folder for the report does not exist" in window.messages.text


def test_what_was_reviewed_elsewhere_shows_when_the_page_is_shown_again(page, window, paths):
    page.table.verticalScrollBar().setValue(40 * page.table.rowHeight(0))
    row = page.table.top_row
    photo = page.model.record(row).photo_id
    window.pages.turn_to("inspect")
    with Database.open(paths.database) as database:
        database.reviews.set_state([photo], NOT_A_DEFECT)
    window.pages.turn_to("history")
    settle(page)
    page.model.record(row)
    settle(page)
    assert page.table.top_row == row
    assert page.model.record(row).remarks.review == NOT_A_DEFECT


def review_elsewhere(page, window, paths, *photos):
    window.pages.turn_to("inspect")
    with Database.open(paths.database) as database:
        database.reviews.set_state(photos, NOT_A_DEFECT)
    window.pages.turn_to("history")
    settle(page)


@pytest.mark.parametrize("row", [1, 150])
def test_a_photo_that_is_large_shows_what_was_said_of_it_elsewhere(page, window, paths, row):
    page.table.opened.emit(row)
    settle(page)
    photo = page.photo.record.photo_id
    review_elsewhere(page, window, paths, photo)
    assert page.photo.isVisible()
    assert page.photo.record.photo_id == photo
    assert page.photo.record.remarks.review == NOT_A_DEFECT
    page.photo._next.trigger()
    assert page.photo.record.photo_id == photo - 1


def test_a_large_photo_that_the_filter_shows_no_more_makes_way_for_the_next(page, window, paths):
    narrow(page, HistoryFilter(reviews=frozenset({ReviewState.UNREVIEWED}), place={PlacePart.UNIT: "0101호"}))
    rows = page.model.rowCount()
    page.table.opened.emit(rows - 2)
    following = page.model.record(rows - 1).photo_id
    review_elsewhere(page, window, paths, page.photo.record.photo_id)
    assert page.photo.record.photo_id == following
    review_elsewhere(page, window, paths, *shown_ids(page))
    assert not page.photo.isVisible()


def test_a_new_look_goes_on_where_the_user_was(page, window, preferences):
    narrow(page, HistoryFilter(verdicts=frozenset({VerdictKind.FAILED})))
    preferences.change(language=Language.KOREAN)
    wait_until(lambda: window.pages.page("history") not in (page, None))
    renewed = window.pages.page("history")
    settle(renewed)
    wait_until(lambda: "4" in renewed.tools.said)
    assert renewed.where == HistoryFilter(verdicts=frozenset({VerdictKind.FAILED}))


def test_a_new_look_searches_for_what_was_just_being_typed(page, window, preferences):
    QTest.keyClicks(page.tools.search, "IMG_0000123")
    preferences.change(language=Language.KOREAN)
    wait_until(lambda: window.pages.page("history") not in (page, None))
    renewed = window.pages.page("history")
    settle(renewed)
    assert renewed.tools.search.text() == "IMG_0000123"
    assert shown_ids(renewed) == [124]


def test_a_database_that_fails_is_told_and_asked_again_later(page, window, monkeypatch):
    photos = page.model._photos
    healthy = type(photos).page

    def failing(*_):
        raise StoreError(ko="잠김", en="The database is locked.")

    monkeypatch.setattr(type(photos), "page", failing)
    page.table.scrollToBottom()
    page.table.grab()
    wait_until(lambda: window.messages.text == "The database is locked.")
    before = page.model.rowCount()
    monkeypatch.setattr(type(photos), "page", healthy)

    def looked_again():
        """The banner's coming made the list look for itself, and that question may have failed as well."""
        page.table.scrollToBottom()
        page.table.viewport().repaint()
        return page.model.rowCount() > before

    wait_until(looked_again)


def test_nothing_is_said_to_be_counted_once_counting_failed(page, window, monkeypatch):
    def failing(*_):
        raise StoreError(ko="잠김", en="The database is locked.")

    for question in ("page", "defects"):
        monkeypatch.setattr(type(page.model._photos), question, failing)
    page.show_only(HistoryFilter(text="IMG"))
    wait_until(lambda: window.messages.text == "The database is locked.")
    assert page.tools.said == "Photos found: –"
    page.open_charts()
    wait_until(lambda: page.settled)
    assert "Counting" not in page.charts.said


def test_photos_that_came_meanwhile_push_none_out_of_the_list_nor_the_large_one_away(page, window, paths):
    row = PAGE_ROWS - 5
    page.table.select(row)
    page.table.scrollTo(page.model.index(row))
    page._open_photo(row)
    settle(page)
    visit(window, "help")
    with Database.open(paths.database) as database:
        add_photos(database, {f"new-{number}.jpg": verdict(STAIN, 0.9) for number in range(10)})
    page = visit(window, "history")
    settle(page)
    page.model.record(0)
    settle(page)
    assert page.photo.record.photo_id == PHOTOS - row
    assert page.photo.row == row + 10
    assert page.tools.said == f"Photos found: {PHOTOS + 10}"
    assert [page.model.record(each).photo_id for each in range(150)] == list(range(PHOTOS + 10, PHOTOS - 140, -1))


def test_places_are_offered_within_the_chosen_ones(page):
    narrow(page, HistoryFilter(place={PlacePart.UNIT: "0101호"}))
    page.open_sheet()
    page._ask_choices()
    settle(page)
    rooms = page.sheet._places[PlacePart.ROOM]
    assert [rooms.itemText(row) for row in range(rooms.count())] == ["Any", "Living room"]


def test_the_first_names_of_the_rows_need_no_colour(page):
    """Every row says in words what its chip says in colour."""
    words = {"Failed", "Needs check", "Sure", "Set by a person"}
    for row in islice(range(page.model.rowCount()), 100):
        assert any(word in page.model.index(row).data() for word in words)
