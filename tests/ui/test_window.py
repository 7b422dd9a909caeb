"""The real window, driven as a user would, over work that is made up."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QPushButton, QToolButton

from defect_desktop.errors import PhotoError, PhotoProblem, ReportError, SourceError
from defect_desktop.language import Language
from defect_desktop.ui.results_model import Column
from defect_desktop.ui.session import Activity
from tests.ui.fakes import NOTICE, labelled, make_record, wait_until


def press(window, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window.focusWidget() or window, key, modifier)


def classify(window):
    window.classify((Path("/photos"),))
    wait_until(lambda: bool(window.messages.text))


def button(window, text):
    return next(one for one in window.findChildren(QAbstractButton) if text in one.text() and one.isVisible())


def cell(window, row, column):
    return window.model.data(window.model.index(row, column))


def drop(window, *urls):
    mime = QMimeData()
    mime.setUrls([QUrl(url) for url in urls])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.MoveAction, mime, buttons, keys)
    window.dragEnterEvent(enter)
    covered = window._overlay.isVisible()
    window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.MoveAction, mime, buttons, keys))
    return covered


def test_it_invites_where_there_is_nothing_yet(window):
    window.load_latest()
    wait_until(lambda: window.session.activity is Activity.IDLE)
    assert window.pages.currentWidget() is window.start_page
    assert not window.export_action.isEnabled()
    assert window.notice.isVisible()


def test_from_folder_to_csv(window, work, dialogs, tmp_path):
    work.go_on.clear()
    QTest.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: window.model.rowCount() == 4)
    assert work.requests == [(Path("/photos"),)]
    assert window.pages.currentWidget() is window.results_page
    assert "4 of 12" in window.progress.line
    assert window.progress.isVisible()
    assert not window.choose_action.isEnabled()
    assert NOTICE.en in window.notice.accessibleName()
    assert "starter 1.0.0" in window.status.line
    assert "torch, cpu" in window.status.line

    work.go_on.set()
    wait_until(lambda: bool(window.messages.text))
    assert window.messages.text == "Done: 11 photos classified, 2 need a check, 1 failed."
    assert not window.progress.isVisible()
    assert [cell(window, row, Column.PHOTO) for row in range(12)] == [f"IMG_{row:04}.jpg" for row in range(12)]

    dialogs.csv = tmp_path / "out.csv"
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: bool(work.exports) and not window.session.working)
    assert work.exports == [(tmp_path / "out.csv", 2)]
    assert window.messages.text == f"12 rows written to {tmp_path / 'out.csv'}."


def test_the_latest_run_is_there_at_the_start(window, work):
    work.stored = [make_record(0), make_record(1), labelled(make_record(2), "피스")]
    window.load_latest()
    wait_until(lambda: window.model.rowCount() == 3)
    wait_until(lambda: window.session.activity is Activity.IDLE)
    assert window.pages.currentWidget() is window.results_page
    assert cell(window, 2, Column.LABEL) == "Protruding screw"
    assert cell(window, 2, Column.VERDICT) == "Set by a person"
    assert window.export_action.isEnabled()
    assert "starter 1.0.0" in window.status.line
    window.results_page.opened.emit(window.model.record(2))
    assert "The model said:" in window.photo_page.panel._human.text()


def test_a_new_run_replaces_what_is_shown_even_while_it_is_being_loaded(window, work):
    work.stored = [make_record(number) for number in range(50, 60)]
    window.load_latest()
    classify(window)
    assert window.model.rowCount() == 12
    assert window.session.run_id == 2


def test_photos_done_before_are_shown_too(window, work):
    work.done_before = 5
    classify(window)
    assert window.model.rowCount() == 12
    assert "5 of them in an earlier run" in window.messages.text


def test_the_reason_for_a_slower_device_is_told(window, work):
    work.note = "CUDA: no kernel image"
    classify(window)
    assert "CUDA: no kernel image" in window.status.line


def test_filter_by_class_and_by_need(window):
    classify(window)
    classes = window.results_page.findChild(QComboBox, "classes")
    check_only = window.results_page.findChild(QPushButton, "check_only")
    texts = [classes.itemText(place) for place in range(classes.count())]
    assert texts[0] == "All photos  (12)"
    assert texts[-1] == "Failed photos  (1)"
    assert texts[1:-1] == sorted(texts[1:-1])
    place = next(place for place, text in enumerate(texts) if text.startswith("Mould "))
    classes.setCurrentIndex(place)
    classes.activated.emit(place)
    assert {cell(window, row, Column.LABEL) for row in range(window.model.rowCount())} == {"Mould"}

    check_only.click()
    assert window.model.rowCount() == 0
    button(window, "Show all photos").click()
    assert window.model.rowCount() == 12
    assert not check_only.isChecked()
    check_only.click()
    assert window.model.rowCount() == 2
    assert "Needs check" in cell(window, 0, Column.VERDICT)
    classes.setCurrentIndex(len(texts) - 1)
    classes.activated.emit(len(texts) - 1)
    assert window.model.rowCount() == 0


def test_the_chosen_filter_holds_while_results_arrive(window, work):
    work.go_on.clear()
    window.classify((Path("/photos"),))
    wait_until(lambda: window.model.rowCount() == 4)
    window.results_page.findChild(QPushButton, "check_only").click()
    assert window.model.rowCount() == 1
    work.go_on.set()
    wait_until(lambda: bool(window.messages.text))
    assert window.model.rowCount() == 2
    assert "(2)" in button(window, "Needs check only").text()


def test_sorting_by_the_header(window):
    classify(window)
    table = window.results_page.table
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(Column.CONFIDENCE) + 20, 20)
    shares = {}
    for order in ("up", "down", "arrival"):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        shares[order] = [cell(window, row, Column.PHOTO) for row in range(12)]
    assert shares["up"] == shares["down"][::-1] != shares["arrival"]
    assert shares["arrival"] == sorted(shares["arrival"])


def test_a_photo_large_and_the_way_through_with_keys(window, work):
    classify(window)
    table = window.results_page.table
    table.setFocus()
    table.select(0)
    press(window, Qt.Key.Key_Return)
    page = window.photo_page
    assert window.pages.currentWidget() is page
    wait_until(lambda: page.view.image is not None)
    assert not page.view.image.isNull()
    assert page.panel._bars.accessibleName().startswith("Furniture repair 62.0%")
    assert page._place.text() == "1 / 12"
    press(window, Qt.Key.Key_Left)
    assert page._place.text() == "1 / 12"
    press(window, Qt.Key.Key_Right)
    assert page._place.text() == "2 / 12"
    assert "Low confidence" in page.panel._reasons.text()
    assert "starter 1.0.0" in page.panel._origin.text()
    assert "torch, cpu" in page.panel._origin.text()
    press(window, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.results_page
    assert table.currentIndex().row() == 1


def test_a_double_click_opens_a_photo(window):
    classify(window)
    table = window.results_page.table
    place = table.visualRect(window.model.index(2, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.photo_page._place.text() == "3 / 12"


def test_a_failed_photo_large_says_why(window, work):
    def cannot(path, width, height):
        raise PhotoError(PhotoProblem.TRUNCATED)

    window.photo_page.view._loader._decode = lambda photo: cannot(photo.path, 1, 1)
    classify(window)
    window.results_page.opened.emit(window.model.record(9))
    wait_until(lambda: window.photo_page.view.image is not None)
    assert window.photo_page.view.image.isNull()
    assert window.photo_page.panel._reasons.text() == make_record(9).outcome.problem.sentence.en
    assert window.photo_page.panel._bars.isHidden()


def test_cancel_keeps_what_is_done_and_can_go_on(window, work):
    work.go_on.clear()
    window.classify((Path("/photos"),))
    wait_until(lambda: window.model.rowCount() == 4)
    button(window, "Cancel").click()
    assert window.session.activity is Activity.STOPPING
    assert window.progress.line == "Stopping…"
    work.go_on.set()
    wait_until(lambda: bool(window.messages.text))
    assert window.messages.text.startswith("Stopped.")
    assert 4 <= window.model.rowCount() < 12
    assert work.closed_in not in (None, threading.current_thread().name)

    button(window, "Continue").click()
    wait_until(lambda: "Done" in window.messages.text)
    assert work.requests == [(Path("/photos"),)] * 2
    assert window.model.rowCount() == 12


@pytest.mark.parametrize("language", list(Language))
def test_an_error_is_one_sentence_in_the_windows_language_and_results_stay(window, work, language):
    classify(window)
    work.error = SourceError(ko="사진을 찾지 못했습니다.", en="There are no photos there.")
    classify(window)
    assert window.messages.text == work.error.sentence.text(language)
    assert window.model.rowCount() == 12
    assert window.choose_action.isEnabled()


def test_a_csv_that_cannot_be_written_is_told(window, work, dialogs, tmp_path):
    classify(window)
    work.error = ReportError(ko="쓸 수 없습니다.", en="It cannot be written.")
    dialogs.csv = tmp_path / "out.csv"
    window.export_action.trigger()
    wait_until(lambda: window.messages.text == "It cannot be written.")


def test_a_bug_in_the_work_is_logged_and_told(window, work, caplog):
    work.error = ZeroDivisionError("a bug")
    classify(window)
    assert "unexpected" in window.messages.text
    assert "ZeroDivisionError: a bug" in caplog.text
    work.error = None
    classify(window)
    assert "Done" in window.messages.text


def test_thinking_better_of_a_dialog_does_nothing(window, work, dialogs):
    dialogs.folder = None
    window.choose_action.trigger()
    assert work.requests == []
    classify(window)
    window.export_action.trigger()
    assert work.exports == []


def test_folders_and_photos_can_be_dropped(window, work):
    assert drop(window, "file:///photos", "file:///사진/1.jpg", "https://example.org/2.jpg")
    wait_until(lambda: bool(window.messages.text))
    assert work.requests == [(Path("/photos"), Path("/사진/1.jpg"))]
    assert not window._overlay.isVisible()


def test_a_drop_during_work_is_answered_in_words(window, work):
    work.go_on.clear()
    window.classify((Path("/photos"),))
    wait_until(lambda: window.model.rowCount() == 4)
    drop(window, "file:///more")
    assert "finish first" in window.messages.text
    assert work.requests == [(Path("/photos"),)]


def test_closing_during_work_asks_and_then_stops_cleanly(window, work, dialogs):
    work.go_on.clear()
    window.classify((Path("/photos"),))
    wait_until(lambda: window.model.rowCount() == 4)
    window.close()
    assert window.isVisible()
    assert len(dialogs.questions) == 1
    assert window.session.activity is Activity.CLASSIFYING  # nothing stops before the user says so

    dialogs.questions[0]()
    assert window.isVisible()
    window.close()  # impatience changes nothing
    work.go_on.set()
    wait_until(lambda: not window.isVisible())
    assert not window.session.working
    assert work.closed_in is not None
    assert len(dialogs.questions) == 1


def test_closing_while_results_are_loaded_just_closes(window, work):
    work.stored = [make_record(number) for number in range(10)]
    window.load_latest()
    window.close()
    assert not window.isVisible()


def test_what_is_touched_is_large_enough_and_named(window, work):
    classify(window)
    window.results_page.opened.emit(window.model.record(0))
    window._leave_photo(window.model.record(0))
    kinds = (QToolButton, QPushButton, QComboBox)
    touched = [one for kind in kinds for one in window.findChildren(kind) if one.isVisible()]
    assert len(touched) >= 5
    for one in touched:
        assert min(one.width(), one.height()) >= 44, one
        assert one.accessibleName() or one.text(), one
    assert window.results_page.table.rowHeight(0) >= 44
    assert window.results_page.table.horizontalHeader().height() >= 44
