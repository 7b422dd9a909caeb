"""The real window, driven as a user would, over work that is made up."""

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QFont, QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QMessageBox, QPushButton, QToolButton

from defect_desktop.core.place import Place
from defect_desktop.core.quality import QualityFinding
from defect_desktop.core.review import NOT_A_DEFECT, Remarks
from defect_desktop.errors import BusyError, PackError, PhotoError, PhotoProblem, ReportError, SourceError, StoreError
from defect_desktop.language import Bilingual, Language
from defect_desktop.preferences import OwnThresholds
from defect_desktop.ui.dialogs import Dialogs
from defect_desktop.ui.inspection import Inspection
from defect_desktop.ui.listing import Filter
from defect_desktop.ui.record_state import State, label_of, state_of
from defect_desktop.ui.results_model import Column
from defect_desktop.ui.session import Activity
from defect_desktop.ui.widgets.drop_overlay import DropOverlay
from defect_desktop.workflows.queue_arrivals import FolderStatus
from tests.ui.fakes import NOTICE, flawed, labelled, make_record, visit, wait_until
from tests.ui.wheel import turn_wheel

UNIT, NEXT_DOOR = Place(building="103동", unit="1502호"), Place(building="103동", unit="1503호")


def press(window, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window.focusWidget() or window, key, modifier)


def classify(program):
    program.window.messages.hide()
    program.inspection.classify((Path("/photos"),))
    wait_until(lambda: bool(program.window.messages.text))


def stop_amid(inspection, window, work):
    """Classifies, and cancels after the first photos; it has stopped once `work.go_on` is set."""
    work.go_on.clear()
    inspection.classify((Path("/photos"),))
    wait_until(lambda: inspection.model.rowCount() == 4)
    button(window, "Cancel").click()
    assert inspection.session.activity is Activity.STOPPING


def pause_amid(inspection, window, work):
    """Classifies, and pauses after the first photos."""
    work.go_on.clear()
    inspection.classify((Path("/photos"),))
    wait_until(lambda: inspection.model.rowCount() == 4)
    button(window, "Pause").click()
    wait_until(lambda: bool(work.paused))
    work.go_on.set()
    wait_until(lambda: inspection.session.activity is Activity.PAUSED)


def button(window, text):
    return next(one for one in window.findChildren(QAbstractButton) if text in one.text() and one.isVisible())


def cell(inspection, row, column):
    return inspection.model.data(inspection.model.index(row, column))


def overlay(window):
    return window.findChild(DropOverlay)


def drop(window, *urls):
    mime = QMimeData()
    mime.setUrls([QUrl(url) for url in urls])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.MoveAction, mime, buttons, keys)
    QApplication.sendEvent(window, enter)
    covered = overlay(window).isVisible()
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), Qt.DropAction.MoveAction, mime, buttons, keys))
    return covered


def test_it_invites_where_there_is_nothing_yet(program, page, inspection):
    program.start()
    wait_until(lambda: inspection.session.activity is Activity.IDLE)
    assert page.views.currentWidget() is page.start
    assert not page.export_action.isEnabled()
    assert page.notice.isVisible()


def test_from_folder_to_csv(page, inspection, window, work, dialogs, tmp_path):
    work.go_on.clear()
    QTest.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: inspection.model.rowCount() == 4)
    assert work.requests == [(Path("/photos"),)]
    assert page.views.currentWidget() is page.results
    assert "4 of 12" in page.progress.line
    assert page.progress.isVisible()
    assert page.choose_action.isEnabled()  # more can be added at any time
    assert NOTICE.en in page.notice.accessibleName()
    assert "starter 1.0.0" in page.status.line
    assert "torch, cpu" in page.status.line

    work.go_on.set()
    wait_until(lambda: bool(window.messages.text))
    assert window.messages.text == "Done: 11 photos classified, 2 need a check, 1 failed."
    assert not page.progress.isVisible()
    assert [cell(inspection, row, Column.PHOTO) for row in range(12)] == [f"IMG_{row:04}.jpg" for row in range(12)]

    dialogs.csv = tmp_path / "out.csv"
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: bool(work.exports) and not inspection.exporter.busy)
    assert work.exports == [(tmp_path / "out.csv", tuple(work.records))]
    assert window.messages.text == f"12 rows written to {tmp_path / 'out.csv'}."


def test_the_latest_run_is_there_at_the_start(program, page, inspection, work):
    work.stored = [make_record(0), make_record(1), labelled(make_record(2), "피스")]
    program.start()
    wait_until(lambda: inspection.model.rowCount() == 3)
    wait_until(lambda: inspection.session.activity is Activity.IDLE)
    assert page.views.currentWidget() is page.results
    assert cell(inspection, 2, Column.LABEL) == "Protruding screw"
    assert cell(inspection, 2, Column.VERDICT) == "Set by a person"
    assert page.export_action.isEnabled()
    assert "starter 1.0.0" in page.status.line
    page.results.opened.emit(inspection.model.record(2))
    assert "The model said:" in page.photo.panel._human.text()


def locked_at_the_start(program, work):
    work.stored = [make_record(0), make_record(1)]
    work.locked = BusyError(ko="잠김", en="The database is locked.")
    program.start()
    wait_until(lambda: program.window.messages.text == "The database is locked.")
    wait_until(lambda: program.inspection.session.activity is Activity.IDLE)
    work.locked = None
    visit(program.window, "review")


def test_the_latest_run_comes_once_the_database_that_was_locked_at_the_start_is_free(program, page, inspection, work):
    locked_at_the_start(program, work)
    assert inspection.model.rowCount() == 0
    visit(program.window, "inspect")
    wait_until(lambda: inspection.model.rowCount() == 2)
    wait_until(lambda: inspection.session.activity is Activity.IDLE)
    assert page.views.currentWidget() is page.results


def test_the_latest_run_comes_to_who_returns_from_the_program_that_kept_it_locked(
    application, program, inspection, work
):
    locked_at_the_start(program, work)
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert inspection.session.activity is Activity.IDLE
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    wait_until(lambda: inspection.model.rowCount() == 2)
    wait_until(lambda: inspection.session.activity is Activity.IDLE)


def test_what_was_classified_meanwhile_is_not_replaced_by_the_latest_run(program, inspection, work):
    locked_at_the_start(program, work)
    classify(program)
    visit(program.window, "review")
    visit(program.window, "inspect")
    assert inspection.session.activity is Activity.IDLE
    assert inspection.model.rowCount() == 12


def test_a_new_run_replaces_what_is_shown_even_while_it_is_being_loaded(program, inspection, work):
    work.stored = [make_record(number) for number in range(50, 60)]
    program.start()
    classify(program)
    assert inspection.model.rowCount() == 12


def test_photos_of_the_camera_join_the_list(program, page, inspection, work):
    work.stored = [make_record(number) for number in range(50, 60)]
    program.start()
    wait_until(lambda: inspection.model.rowCount() == 10)
    wait_until(lambda: inspection.session.activity is Activity.IDLE)
    for number in (1, 2):
        inspection.session.join(make_record(number, run_id=2))
    assert inspection.model.rowCount() == 2  # what an earlier day has left makes way, as it does for a folder
    assert page.views.currentWidget() is page.results
    classify(program)
    assert inspection.model.rowCount() == 12
    inspection.session.join(make_record(12, run_id=2))
    assert inspection.model.rowCount() == 13
    inspection.session.join(make_record(3))  # which the work on the queue got to first
    assert inspection.model.rowCount() == 13
    assert page.export_action.isEnabled()


def test_a_photo_of_the_camera_stays_when_work_begins_after_it(program, inspection, work):
    inspection.classify((Path("/photos"),))
    inspection.session.join(make_record(99, run_id=2))
    wait_until(lambda: bool(program.window.messages.text))
    assert inspection.model.rowCount() == 13


def test_photos_done_before_are_shown_too(program, inspection, window, work):
    work.done_before = 5
    classify(program)
    assert inspection.model.rowCount() == 12
    assert "5 of them in an earlier run" in window.messages.text


def test_the_reason_for_a_slower_device_is_told(program, page, work):
    work.note = "CUDA: no kernel image"
    classify(program)
    assert "CUDA: no kernel image" in page.status.line


def test_early_exit_is_told_while_it_is_in_force(program, page, work):
    work.exits_early = True
    classify(program)
    assert "Computed by: torch with early exit, cpu" in page.status.line


def test_early_exit_that_was_asked_for_in_vain_is_told(program, page, work):
    work.exits_early = False
    classify(program)
    assert "torch, all networks (early exit takes OpenVINO and a pack fitted for it), cpu" in page.status.line


def test_copied_files_are_pasted_with_ctrl_v(window, page, work):
    mime = QMimeData()
    mime.setUrls([QUrl("file:///photos/one.jpg"), QUrl("https://example.com/two.jpg")])
    QApplication.clipboard().setMimeData(mime)
    press(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: bool(window.messages.text))
    assert work.requests == [(Path("/photos/one.jpg"),)]


def test_text_in_the_clipboard_is_no_photo(window, page, work, inspection):
    QApplication.clipboard().setText("/photos/one.jpg")
    press(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert not inspection.session.working
    assert work.requests == []


def test_filter_by_class_and_by_need(program, page, inspection, window):
    classify(program)
    classes = page.results.findChild(QComboBox, "classes")
    check_only = page.results.findChild(QPushButton, "check_only")
    texts = [classes.itemText(place) for place in range(classes.count())]
    assert texts[0] == "All photos  (12)"
    assert texts[-1] == "Failed photos  (1)"
    assert texts[1:-1] == sorted(texts[1:-1])
    place = next(place for place, text in enumerate(texts) if text.startswith("Mould "))
    classes.setCurrentIndex(place)
    classes.activated.emit(place)
    assert {cell(inspection, row, Column.LABEL) for row in range(inspection.model.rowCount())} == {"Mould"}

    check_only.click()
    assert inspection.model.rowCount() == 0
    button(window, "Show all photos").click()
    assert inspection.model.rowCount() == 12
    assert not check_only.isChecked()
    check_only.click()
    assert inspection.model.rowCount() == 2
    assert "Needs check" in cell(inspection, 0, Column.VERDICT)
    classes.setCurrentIndex(len(texts) - 1)
    classes.activated.emit(len(texts) - 1)
    assert inspection.model.rowCount() == 0


def test_the_wheel_leaves_the_filter_as_it_is(program, page, inspection):
    classify(program)
    turn_wheel(page.results.findChild(QComboBox, "classes"))
    assert page.results.filter_bar.filter == Filter()
    assert inspection.model.rowCount() == 12


def test_filter_by_what_is_to_be_taken_again(program, page, inspection, work):
    work.records[0] = flawed(work.records[0], QualityFinding.BLURRED)
    classify(program)
    classes = page.results.findChild(QComboBox, "classes")
    place = classes.findText("Photos to take again  (1)")
    classes.setCurrentIndex(place)
    classes.activated.emit(place)
    assert inspection.model.rowCount() == 1
    assert "The photo is blurred" in cell(inspection, 0, Column.VERDICT)
    assert page.results.filter_bar.filter == Filter(retake=True)


def test_the_chosen_filter_holds_while_results_arrive(page, inspection, window, work):
    work.go_on.clear()
    inspection.classify((Path("/photos"),))
    wait_until(lambda: inspection.model.rowCount() == 4)
    page.results.findChild(QPushButton, "check_only").click()
    assert inspection.model.rowCount() == 1
    work.go_on.set()
    wait_until(lambda: bool(window.messages.text))
    assert inspection.model.rowCount() == 2
    assert "(2)" in button(window, "Needs check only").text()


def test_a_class_that_the_next_folder_lacks_hides_none_of_its_photos(program, page, inspection, work):
    classify(program)
    page.results.filter_bar.choose(Filter(label=label_of(work.records[0])))
    work.records = [record for record in work.records if label_of(record) != label_of(work.records[0])]
    classify(program)
    assert page.results.filter_bar.filter == Filter()
    assert inspection.model.rowCount() == len(work.records)


def test_photos_that_the_filter_hides_are_counted(program, page, inspection, work):
    bar = page.results.filter_bar
    bar.choose(Filter(check_only=True))
    work.records = [record for record in work.records if state_of(record) is not State.CHECK]
    classify(program)
    assert inspection.model.rowCount() == 0
    count = len(work.records)
    assert bar.findChild(QComboBox, "classes").itemText(0) == f"All photos  ({count})"
    assert page.results.why_nothing.text() == "No photo matches this choice."


def test_sorting_by_the_header(program, page, inspection):
    classify(program)
    table = page.results.table
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(Column.CONFIDENCE) + 20, 20)
    shares = {}
    for order in ("up", "down", "arrival"):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        shares[order] = [cell(inspection, row, Column.PHOTO) for row in range(12)]
    assert shares["up"] == shares["down"][::-1] != shares["arrival"]
    assert shares["arrival"] == sorted(shares["arrival"])


def test_the_keyboard_sorts_by_the_header_and_hears_how(program, page, inspection, window):
    window.resize(1280, 800)
    classify(program)
    table = page.results.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Backtab)
    header = window.focusWidget()
    assert header is table.horizontalHeader()
    assert header.accessibleName() == "Sort by: Photo"
    focused = header.grab().toImage()
    QTest.keyClick(header, Qt.Key.Key_Left)
    for _ in range(2):
        QTest.keyClick(header, Qt.Key.Key_Right)
    assert header.accessibleName() == "Sort by: Confidence"
    assert header.grab().toImage() != focused
    shares, heard = {}, []
    for order, key in (("up", Qt.Key.Key_Space), ("down", Qt.Key.Key_Return), ("arrival", Qt.Key.Key_Space)):
        QTest.keyClick(header, key)
        shares[order] = [cell(inspection, row, Column.PHOTO) for row in range(12)]
        heard.append(header.accessibleName())
    assert shares["up"] == shares["down"][::-1] != shares["arrival"]
    assert heard == ["Sorted by: Confidence, ascending", "Sorted by: Confidence, descending", "Sort by: Confidence"]
    assert page.views.currentWidget() is page.results  # no key opened the photo of the current row
    QTest.keyClick(header, Qt.Key.Key_End)
    assert header.accessibleName() == "Sort by: Verdict"
    QTest.keyClick(header, Qt.Key.Key_Tab)
    assert window.focusWidget() is table
    QTest.keyClick(table, Qt.Key.Key_Backtab)
    QTest.keyClick(header, Qt.Key.Key_Backtab)
    assert page.results.filter_bar.isAncestorOf(window.focusWidget())
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Backtab)
    QTest.keyClick(header, Qt.Key.Key_Down)
    assert window.focusWidget() is table


def test_a_column_that_a_narrow_table_leaves_out_is_passed_over(program, page, window):
    classify(program)
    header = page.results.table.horizontalHeader()
    header.setFocus()
    header.hideSection(Column.CONFIDENCE)
    heard = []
    for _ in range(len(Column)):
        QTest.keyClick(header, Qt.Key.Key_Right)
        heard.append(header.accessibleName().removeprefix("Sort by: "))
    assert "Confidence" not in heard
    assert heard[-1] == "Verdict"


def test_the_current_photo_stays_current_in_another_order_and_with_another_look(
    program, page, window, preferences, work
):
    work.records = [make_record(number) for number in range(200)]
    classify(program)
    table = page.results.table
    table.select(150)
    photo = page.results.current
    table.sortByColumn(Column.CONFIDENCE, Qt.SortOrder.DescendingOrder)
    assert page.results.current is photo
    row = table.currentIndex().row()
    assert row not in (150, 0)
    preferences.change(theme="dark")
    wait_until(lambda: window.pages.page("inspect") not in (page, None))
    results = window.pages.page("inspect").results
    assert results.current is photo
    assert results.table.currentIndex().row() == row
    header = results.table.horizontalHeader()
    assert header.sortIndicatorSection() == Column.CONFIDENCE
    assert header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
    seen = results.table.viewport().rect()
    wait_until(lambda: results.table.visualRect(results.table.currentIndex()).intersects(seen))


def test_a_photo_large_and_the_way_through_with_keys(program, page, window, work):
    classify(program)
    table = page.results.table
    table.setFocus()
    table.select(0)
    press(window, Qt.Key.Key_Return)
    large = page.photo
    assert page.views.currentWidget() is large
    wait_until(lambda: large.view.image is not None)
    assert not large.view.image.isNull()
    assert large.panel._bars.accessibleName().startswith("Furniture repair 62.0%")
    assert large._place.text() == "1 / 12"
    press(window, Qt.Key.Key_Left)
    assert large._place.text() == "1 / 12"
    press(window, Qt.Key.Key_Right)
    assert large._place.text() == "2 / 12"
    assert large.view.accessibleName() == "IMG_0001.jpg, Moulding repair, Needs check"
    assert "Low confidence" in large.panel._reasons.text()
    assert "starter 1.0.0" in large.panel._origin.text()
    assert "torch, cpu" in large.panel._origin.text()
    press(window, Qt.Key.Key_Escape)
    assert page.views.currentWidget() is page.results
    assert table.currentIndex().row() == 1


def test_the_keys_of_a_large_photo_work_after_a_look_at_another_page(program, page, window, work):
    classify(program)
    page.results.opened.emit(page.results.table.model().record(0))
    visit(window, "help")
    window.pages.turn_to("inspect")
    press(window, Qt.Key.Key_Right)
    assert page.photo._place.text() == "2 / 12"


def test_a_large_photo_can_be_opened_in_the_review(program, page, inspection, window):
    classify(program)
    page.results.opened.emit(inspection.model.record(3))
    press(window, Qt.Key.Key_R)
    assert window.pages.key == "review"


def test_a_double_click_opens_a_photo(program, page, inspection):
    classify(program)
    table = page.results.table
    place = table.visualRect(inspection.model.index(2, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.photo._place.text() == "3 / 12"


def test_a_failed_photo_large_says_why(program, page, inspection, work):
    def cannot(path, width, height):
        raise PhotoError(PhotoProblem.TRUNCATED)

    page.photo.view._loader._decode = lambda photo: cannot(photo.path, 1, 1)
    classify(program)
    page.results.opened.emit(inspection.model.record(9))
    wait_until(lambda: page.photo.view.image is not None)
    assert page.photo.view.image.isNull()
    assert page.photo.panel._reasons.text() == make_record(9).outcome.problem.sentence.en
    assert page.photo.panel._bars.isHidden()


def test_a_failed_photo_that_comes_again_stays_current_and_large_shows_what_came_of_it(program, page, inspection, work):
    decode, page.photo.view._loader._decode = page.photo.view._loader._decode, _unreadable
    classify(program)
    failed = inspection.model.record(9)
    page.results.select(failed)
    page.results.opened.emit(failed)
    wait_until(lambda: page.photo.view.image is not None)
    assert page.photo.view.image.isNull()
    page.photo.view._loader._decode = decode
    judged = replace(make_record(8), photo_id=9, classified_at=failed.classified_at + timedelta(minutes=1))
    inspection.model.add([judged])
    assert page.results.current is page.photo.record is judged
    assert not page.photo.panel._bars.isHidden()
    wait_until(lambda: page.photo.view.image is not None and not page.photo.view.image.isNull())


def _unreadable(photo):
    raise PhotoError(PhotoProblem.MISSING)


def test_cancel_keeps_what_is_done_and_can_go_on(page, inspection, window, work):
    work.go_on.clear()
    inspection.classify((Path("/photos"),))
    wait_until(lambda: inspection.model.rowCount() == 4)
    button(window, "Cancel").click()
    assert inspection.session.activity is Activity.STOPPING
    assert page.progress.line == "Stopping…"
    work.go_on.set()
    wait_until(lambda: bool(window.messages.text))
    assert window.messages.text.startswith("Stopped.")
    assert 4 <= inspection.model.rowCount() < 12
    assert work.closed_in not in (None, threading.current_thread().name)

    button(window, "Continue").click()
    wait_until(lambda: "Done" in window.messages.text)
    assert work.requests == [(Path("/photos"),)]
    assert list(inspection.model.listing.records) == work.records  # on the same list


@pytest.mark.parametrize("language", list(Language))
def test_an_error_is_one_sentence_in_the_windows_language_and_results_stay(
    program, page, inspection, window, work, language
):
    classify(program)
    work.error = SourceError(ko="사진을 찾지 못했습니다.", en="There are no photos there.")
    classify(program)
    assert window.messages.text == work.error.sentence.text(language)
    assert inspection.model.rowCount() == 12
    assert page.choose_action.isEnabled()


def test_a_csv_that_cannot_be_written_is_told(program, page, window, work, dialogs, tmp_path):
    classify(program)
    work.error = ReportError(ko="쓸 수 없습니다.", en="It cannot be written.")
    dialogs.csv = tmp_path / "out.csv"
    page.export_action.trigger()
    wait_until(lambda: window.messages.text == "It cannot be written.")


def test_a_bug_in_the_work_is_logged_and_told(program, window, work, caplog):
    work.error = ZeroDivisionError("a bug")
    classify(program)
    assert "unexpected" in window.messages.text
    assert "ZeroDivisionError: a bug" in caplog.text
    work.error = None
    classify(program)
    assert "Done" in window.messages.text


def test_thinking_better_of_a_dialog_does_nothing(program, page, work, dialogs):
    dialogs.folder = None
    page.choose_action.trigger()
    assert work.requests == []
    classify(program)
    page.export_action.trigger()
    assert work.exports == []


def test_folders_and_photos_can_be_dropped(window, work):
    assert drop(window, "file:///photos", "file:///사진/1.jpg", "https://example.org/2.jpg")
    wait_until(lambda: bool(window.messages.text))
    assert work.requests == [(Path("/photos"), Path("/사진/1.jpg"))]
    assert not overlay(window).isVisible()


def test_what_is_no_file_of_this_computer_is_not_offered_a_place_to_drop_it(window, work):
    assert not drop(window, "https://example.com/wall.jpg")
    assert work.requests == []
    assert drop(window, "https://example.com/wall.jpg", "file:///photos/wall.jpg")
    wait_until(lambda: work.requests == [(Path("/photos/wall.jpg"),)])


def test_nothing_is_dropped_on_a_page_that_asks_something(window, page, work):
    page.places.pick()
    assert not drop(window, "file:///photos")
    QTest.keyClick(page.places.picker, Qt.Key.Key_Escape)
    assert drop(window, "file:///photos/1.jpg")
    wait_until(lambda: bool(window.messages.text))
    assert work.requests == [(Path("/photos/1.jpg"),)]


def test_a_drop_during_work_joins_it(inspection, window, page, work):
    work.go_on.clear()
    inspection.classify((Path("/photos"),))
    wait_until(lambda: inspection.model.rowCount() == 4)
    drop(window, "file:///more")
    wait_until(lambda: window.messages.text == "12 photos added to those that wait.")
    assert work.requests == [(Path("/photos"),), (Path("/more"),)]
    wait_until(lambda: "4 of 24" in page.progress.line)
    work.go_on.set()
    wait_until(lambda: "Done: 22 photos classified" in window.messages.text)
    assert inspection.model.rowCount() == 23  # the photo that failed is listed as it was the second time


def test_what_was_reviewed_elsewhere_shows_when_one_comes_back(program, page, inspection, window, work):
    work.records = [make_record(number) for number in range(40)]
    classify(program)
    wait_until(lambda: inspection.session.activity is Activity.IDLE)
    page.results.filter_bar.choose(Filter(check_only=True))
    rows = inspection.model.rowCount()
    page.results.table.select(1)
    first, second, third = (inspection.model.record(row) for row in range(3))
    page.results.table.opened.emit(0)
    page.hide()
    work.remarks = {first.photo_id: Remarks(NOT_A_DEFECT)}
    inspection.note_reviewed([first.photo_id, 4711])
    assert inspection.model.record(0) is first
    page.show()
    page.shown()
    wait_until(lambda: inspection.model.rowCount() == rows - 1)
    assert page.photo.record.remarks.review == NOT_A_DEFECT
    assert page.photo.panel._label.text() == "Not a defect"
    assert page.results._model.record(page.results.table.currentIndex().row()) is second
    page.photo._next.trigger()
    assert page.photo.record is second
    page.photo.leave()
    assert button(page, "Needs check only").text().strip() == f"Needs check only  ({rows - 1})"
    work.remarks = {third.photo_id: Remarks(NOT_A_DEFECT)}
    inspection.note_reviewed([third.photo_id])  # saved late, when the list was in front already
    wait_until(lambda: inspection.model.rowCount() == rows - 2)


def test_what_could_not_be_reread_is_reread_the_next_time(program, page, inspection, window, work):
    classify(program)
    wait_until(lambda: inspection.session.activity is Activity.IDLE)
    window.messages.hide()
    checked = inspection.model.listing.states[State.CHECK]
    photo = next(one.photo_id for one in inspection.model.listing.records if state_of(one) is State.CHECK)
    inspection.note_reviewed([photo])  # it has no remarks yet: a KeyError stands for a database that fails
    wait_until(lambda: bool(window.messages.text))
    work.remarks = {photo: Remarks(NOT_A_DEFECT)}
    page.shown()
    wait_until(lambda: inspection.model.listing.states[State.CHECK] == checked - 1)


def test_closing_during_work_asks_and_then_stops_cleanly(inspection, window, work, dialogs):
    work.go_on.clear()
    inspection.classify((Path("/photos"),))
    wait_until(lambda: inspection.model.rowCount() == 4)
    window.close()
    assert window.isVisible()
    assert len(dialogs.questions) == 1
    assert dialogs.stakes == [""]
    assert inspection.session.activity is Activity.CLASSIFYING  # nothing stops before the user says so

    dialogs.questions[0]()
    assert window.isVisible()
    window.close()  # impatience changes nothing
    work.go_on.set()
    wait_until(lambda: not window.isVisible())
    assert not inspection.session.working
    assert work.closed_in is not None
    assert len(dialogs.questions) == 1


def test_the_question_before_closing_calls_nothing_saved_that_is_not(window):
    asked = []
    for at_stake in ("", "3 decisions are not saved and would be lost."):
        Dialogs().confirm_stop(window, at_stake, lambda: None)
        box = window.findChild(QMessageBox)
        asked.append((box.text(), box.informativeText()))
        box.reject()
        wait_until(lambda: window.findChild(QMessageBox) is None)
    assert asked == [
        ("Work is still going on.", "What is done is saved. The rest can be done at any time."),
        ("3 decisions are not saved and would be lost.", "Before it closes, the program tries once more to save."),
    ]


def test_closing_while_results_are_loaded_just_closes(program, window, work):
    work.stored = [make_record(number) for number in range(10)]
    program.start()
    window.close()
    assert not window.isVisible()


def test_what_is_touched_is_large_enough_and_named(program, page, inspection, window, work):
    classify(program)
    page.results.opened.emit(inspection.model.record(0))
    page._leave_photo(inspection.model.record(0))
    kinds = (QToolButton, QPushButton, QComboBox)
    touched = [one for kind in kinds for one in window.findChildren(kind) if one.isVisible()]
    assert len(touched) >= 5
    for one in touched:
        assert min(one.width(), one.height()) >= 44, one
        assert one.accessibleName() or one.text(), one
    assert page.results.table.rowHeight(0) >= 44
    assert page.results.table.horizontalHeader().height() >= 44


def test_a_pause_holds_the_work_and_what_is_added_until_it_is_resumed(inspection, window, page, work):
    pause_amid(inspection, window, work)
    shown = inspection.model.rowCount()
    assert page.progress.line == f"Paused: {12 - shown} photos wait."
    drop(window, "file:///more")
    wait_until(lambda: page.progress.line == f"Paused: {24 - shown} photos wait.")
    assert inspection.model.rowCount() == shown
    button(window, "Resume").click()
    wait_until(lambda: "Done: 22 photos classified" in window.messages.text)
    assert inspection.model.rowCount() == 23  # the photo that failed is listed as it was the second time


@pytest.mark.parametrize(("width", "height", "text_size"), [(1024, 768, 150), (1024, 768, 125), (800, 1280, 100)])
def test_the_list_has_room_for_the_names_of_the_photos(program, window, preferences, width, height, text_size):
    preferences.change(text_size=text_size)
    wait_until(lambda: window.pages.complete)
    window.resize(width, height)
    classify(program)
    table = window.pages.page("inspect").results.table
    wait_until(table.isVisible)
    font = QFont(table.font())
    font.setPixelSize(program.appearance.look.theme.sizes.body)
    beside = table.columnWidth(Column.PHOTO) - 76 - 3 * 12  # the thumbnail, and the margins
    assert beside > QFontMetrics(font).horizontalAdvance("IMG_0001.jpg")
    assert sum(table.columnWidth(column) for column in Column) == table.viewport().width()


def test_keys_pause_and_resume_and_never_slip_to_cancel(inspection, window, work):
    work.go_on.clear()
    inspection.classify((Path("/photos"),))
    wait_until(lambda: inspection.model.rowCount() == 4)
    button(window, "Pause").setFocus()
    press(window, Qt.Key.Key_Space)
    wait_until(lambda: bool(work.paused))
    work.go_on.set()
    wait_until(lambda: inspection.session.activity is Activity.PAUSED)
    assert window.focusWidget() is button(window, "Resume")
    work.go_on.clear()
    press(window, Qt.Key.Key_Space)
    wait_until(lambda: inspection.session.activity is Activity.CLASSIFYING)
    assert window.focusWidget() is button(window, "Pause")


def test_keys_go_on_with_what_waits_from_the_last_time_and_pause_it(program, inspection, window, page, work):
    """The model is prepared in between, which can only be cancelled."""
    work.waiting = list(work.records)
    program.start()
    wait_until(lambda: inspection.session.activity is Activity.PAUSED)
    button(window, "Resume").setFocus()
    work.go_on.clear()
    press(window, Qt.Key.Key_Space)
    wait_until(lambda: page.progress.line.startswith("Looking"))
    press(window, Qt.Key.Key_Space)
    wait_until(lambda: inspection.session.activity is Activity.CLASSIFYING)
    assert window.focusWidget() is button(window, "Pause")
    assert work.cancelled == []


def test_what_waits_from_the_last_time_is_shown_and_goes_on(program, inspection, window, page, work):
    work.stored = [make_record(number) for number in range(50, 60)]
    work.waiting = list(work.records)
    program.start()
    wait_until(lambda: inspection.session.activity is Activity.PAUSED)
    assert page.progress.line == "Paused: 12 photos wait."
    assert not page.working
    button(window, "Resume").click()
    wait_until(lambda: "Done: 11 photos classified" in window.messages.text)
    assert inspection.model.rowCount() == 22  # those of the last time stay in sight


def test_what_waits_from_the_last_time_can_be_given_up(program, inspection, window, work):
    work.waiting = list(work.records)
    program.start()
    wait_until(lambda: inspection.session.activity is Activity.PAUSED)
    button(window, "Cancel").click()
    wait_until(lambda: inspection.session.activity is Activity.IDLE)
    assert work.waiting == []
    button(window, "Continue").click()  # what it says it can do "at any time"
    wait_until(lambda: "Done: 11 photos classified" in window.messages.text)
    assert inspection.model.rowCount() == 12


def test_only_what_the_last_cancel_gave_up_is_taken_up_again(inspection, window, work):
    work.cancelled = [make_record(50)]  # given up on an earlier day
    work.go_on.clear()
    inspection.paste(np.zeros((4, 4, 3), np.uint8))
    wait_until(lambda: inspection.model.rowCount() == 1)
    inspection.paste(np.ones((4, 4, 3), np.uint8))
    wait_until(lambda: len(work.waiting) == 1)
    button(window, "Cancel").click()
    wait_until(lambda: len(work.cancelled) == 2)
    work.go_on.set()
    wait_until(lambda: inspection.session.activity is Activity.IDLE)
    assert inspection.model.rowCount() == 1
    button(window, "Continue").click()
    wait_until(lambda: "Done: 1 photo classified" in window.messages.text)
    assert work.cancelled == [make_record(50)]


def test_a_watch_that_was_cancelled_goes_on_with_the_photos(inspection, window, page, work):
    page.places.change(UNIT)
    work.go_on.clear()
    page.watch_action.trigger()
    work.arriving = [FolderStatus(None, 0, 0, 9)]
    wait_until(lambda: inspection.model.rowCount() == 4)
    button(window, "Cancel").click()
    work.go_on.set()
    wait_until(lambda: inspection.session.activity is Activity.IDLE)
    assert not page.watch.isVisible()
    button(window, "Continue").click()
    wait_until(lambda: inspection.session.activity is Activity.WATCHING and inspection.model.rowCount() == 9)
    assert work.watched == [Path("/photos")] * 2
    page.places.change(NEXT_DOOR)
    work.arriving = [FolderStatus(None, 0, 0, 1)]
    wait_until(lambda: work.places == [UNIT, NEXT_DOOR])


def test_what_is_begun_while_other_work_is_stopping_goes_on_when_that_has_stopped(inspection, window, page, work):
    stop_amid(inspection, window, work)
    page.watch_action.trigger()
    work.go_on.set()
    wait_until(lambda: inspection.session.activity is Activity.WATCHING)
    given_up, listed = len(work.cancelled), inspection.model.rowCount()
    work.arriving = [FolderStatus(None, 0, 0, 3)]
    wait_until(lambda: inspection.model.rowCount() == listed + 3)
    button(window, "Continue").click()
    wait_until(lambda: inspection.model.rowCount() == listed + 3 + given_up)


def test_a_folder_that_is_chosen_while_other_work_is_stopping_is_classified(inspection, window, work):
    stop_amid(inspection, window, work)
    inspection.classify((Path("/more"),))
    work.go_on.set()
    wait_until(lambda: "Done" in window.messages.text)
    assert work.waiting == []


def test_what_is_dropped_while_the_window_closes_waits_for_the_next_start(inspection, window, work, dialogs):
    work.go_on.clear()
    inspection.classify((Path("/photos"),))
    wait_until(lambda: inspection.model.rowCount() == 4)
    window.close()
    dialogs.questions[0]()
    inspection.classify((Path("/more"),))
    inspection.watch(Path("/watched"))
    work.go_on.set()
    wait_until(lambda: not window.isVisible())
    assert work.begun == 1
    wait_until(lambda: len(work.waiting) >= 12)


def test_a_folder_is_watched_while_photos_arrive_until_it_is_let_be(inspection, window, page, work):
    trouble = Bilingual(ko="폴더를 찾을 수 없습니다.", en="The folder cannot be found.")
    page.watch_action.trigger()
    wait_until(lambda: inspection.session.activity is Activity.WATCHING)
    assert work.watched == [Path("/photos")]
    assert page.watch.isVisible()
    assert not page.working  # nothing is cut off by closing
    assert page.results.why_nothing.isVisible()
    assert "one by one" in page.results.why_nothing.text()
    work.arriving = [FolderStatus(None, 1, 0, 3)]
    wait_until(lambda: inspection.model.rowCount() == 3)
    wait_until(lambda: page.watch.line == "3 photos taken in  ·  1 arriving")
    work.arriving = [FolderStatus(trouble, 0, 0, 0)]
    wait_until(lambda: page.watch.line == trouble.en)
    button(window, "Stop watching").click()
    wait_until(lambda: inspection.session.activity is Activity.IDLE)
    assert "Done: 3 photos classified" in window.messages.text
    assert not page.watch.isVisible()


def test_another_device_is_used_while_a_folder_is_watched(inspection, page, work, preferences):
    page.watch_action.trigger()
    wait_until(lambda: inspection.session.activity is Activity.WATCHING)
    work.arriving = [FolderStatus(None, 0, 0, 3)]
    wait_until(lambda: inspection.model.rowCount() == 3)
    preferences.change(device="cuda")
    wait_until(lambda: work.begun == 2 and inspection.session.activity is Activity.WATCHING)
    assert work.watched == [Path("/photos")]
    work.arriving = [FolderStatus(None, 0, 0, 2)]
    wait_until(lambda: inspection.model.rowCount() == 5)
    preferences.change(inspector="김철수")
    assert inspection.session.activity is Activity.WATCHING  # what does not concern the work lets it be


def test_the_warning_of_a_pack_that_comes_to_judge_amid_a_list_is_shown_with_its_first_photo(
    program, inspection, page, work
):
    program.start()
    wait_until(lambda: inspection.session.activity is Activity.IDLE)
    company, practice = make_record(1), make_record(2)
    inspection.session.join(company)
    assert not page.notice.isVisible()
    warned = replace(practice, settings=replace(practice.settings, notice=NOTICE))
    inspection.session.join(warned)
    assert page.notice.isVisible()
    assert NOTICE.en in page.notice.accessibleName()
    inspection.session.join(make_record(3))
    assert page.notice.isVisible()  # what the practice pack judged is still listed


@pytest.mark.parametrize("change", [{"thresholds": OwnThresholds(confidence=0.9)}, {"early_exit": True}])
def test_another_choice_holds_for_the_photos_that_still_wait(inspection, window, page, work, preferences, change):
    work.go_on.clear()
    inspection.classify((Path("/photos"),))
    wait_until(lambda: inspection.model.rowCount() == 4)
    preferences.change(**change)
    work.go_on.set()
    wait_until(lambda: "Done: 11 photos classified" in window.messages.text)
    assert work.begun == 2
    assert inspection.model.rowCount() == 12


def test_a_pause_outlasts_another_choice_of_the_engine(inspection, window, page, work, preferences):
    pause_amid(inspection, window, work)
    preferences.change(engine="torch")
    wait_until(lambda: work.closed_in is not None)
    button(window, "Resume").click()
    wait_until(lambda: "Done: 11 photos classified" in window.messages.text)
    assert work.begun == 2


def test_another_engine_that_was_found_fastest_is_used_while_a_folder_is_watched(inspection, window, page, work):
    page.watch_action.trigger()
    wait_until(lambda: inspection.session.activity is Activity.WATCHING)
    work.arriving = [FolderStatus(None, 0, 0, 3)]
    wait_until(lambda: inspection.model.rowCount() == 3)
    begun = work.begun
    visit(window, "settings").computing.measure.click()
    wait_until(lambda: work.begun == begun + 1 and inspection.session.activity is Activity.WATCHING)


def test_a_picture_is_pasted_as_a_photo(window, work, inspection):
    picture = QImage(5, 3, QImage.Format.Format_ARGB32)
    picture.fill(QColor(10, 20, 30))
    picture.setPixelColor(4, 2, QColor(0, 0, 0, 0))
    QApplication.clipboard().setImage(picture)
    press(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: inspection.model.rowCount() == 1)
    (pixels,) = work.pictures
    assert pixels.shape == (3, 5, 3)
    assert pixels[0, 0].tolist() == [10, 20, 30]
    assert pixels[2, 4].tolist() == [255, 255, 255]


def test_what_comes_in_was_taken_where_the_inspector_is(window, page, work, inspection):
    page.places.change(UNIT)
    inspection.classify((Path("/photos"),))
    page.watch_action.trigger()
    work.arriving = [FolderStatus(None, 0, 0, 1)]
    wait_until(lambda: len(work.places) == 2)
    assert work.places == [UNIT] * 2
    wait_until(lambda: work.place == work.places[0])  # and it is remembered


def test_a_watched_folder_follows_the_inspector(window, page, work, inspection):
    page.places.change(UNIT)
    page.watch_action.trigger()
    wait_until(lambda: inspection.session.activity is Activity.WATCHING)
    work.arriving = [FolderStatus(None, 0, 0, 1)]
    wait_until(lambda: inspection.model.rowCount() == 1)
    page.places.change(NEXT_DOOR)
    work.arriving = [FolderStatus(None, 0, 0, 1)]
    wait_until(lambda: inspection.model.rowCount() == 2)
    assert work.places == [UNIT, NEXT_DOOR]


def test_what_comes_in_before_the_place_is_known_was_taken_where_the_inspector_was_last(program, work):
    work.place = UNIT
    inspection = Inspection(work.services(), program.appearance.look, program)  # no page tells it of the place
    inspection.classify((Path("/photos"),))
    inspection.watch(Path("/photos"))
    work.arriving = [FolderStatus(None, 0, 0, 1)]
    wait_until(lambda: len(work.places) == 2)
    assert work.places == [UNIT] * 2
    inspection.shut_down()


def test_what_is_dropped_on_the_camera_was_taken_where_its_page_says(window, page, work):
    page.places.change(UNIT)
    visit(window, "camera").place_bar.change(NEXT_DOOR)
    drop(window, "file:///photos")
    wait_until(lambda: work.places == [NEXT_DOOR])


@pytest.mark.parametrize("arrived", [FolderStatus(None, 0, 0, 3), FolderStatus(None, 0, 0, 0, 3)])
def test_work_that_fails_while_a_folder_is_watched_goes_on_with_what_arrived_meanwhile(
    inspection, window, page, work, preferences, arrived
):
    page.watch_action.trigger()
    wait_until(lambda: inspection.session.activity is Activity.WATCHING)
    work.failure = PackError(ko="팩이 없습니다.", en="There is no pack.")
    preferences.change(pack="gone")
    wait_until(lambda: inspection.session.activity is Activity.PAUSED)
    assert window.messages.text == "There is no pack."
    assert page.watch.isVisible()
    work.arriving = [arrived]
    wait_until(lambda: page.progress.line == "Paused: 3 photos wait.")
    work.failure = None
    button(window, "Resume").click()
    wait_until(lambda: inspection.model.rowCount() == 3 and inspection.session.activity is Activity.WATCHING)
    assert work.watched == [Path("/photos")]


def test_a_watch_whose_work_has_failed_can_be_let_be(inspection, window, page, work):
    work.failure = StoreError(ko="디스크가 가득 찼습니다.", en="The disk is full.")
    page.watch_action.trigger()
    wait_until(lambda: inspection.session.activity is Activity.PAUSED)
    button(window, "Stop watching").click()
    wait_until(lambda: inspection.session.activity is Activity.IDLE)
    assert not page.progress.isVisible()


def test_work_that_fails_leaves_the_photos_waiting_for_another_try(inspection, window, page, work):
    work.failure = StoreError(ko="디스크가 가득 찼습니다.", en="The disk is full.")
    inspection.classify((Path("/photos"),))
    wait_until(lambda: inspection.session.activity is Activity.PAUSED)
    assert window.messages.text == "The disk is full."
    assert page.progress.line == "Paused: 12 photos wait."
    work.failure = None
    button(window, "Resume").click()
    wait_until(lambda: "Done" in window.messages.text)
    assert inspection.model.rowCount() == 12
