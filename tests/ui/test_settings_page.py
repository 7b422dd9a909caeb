"""Every setting, changed as a user would, and what comes of it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPlainTextEdit, QScrollArea

from defect_desktop.core.decision import Thresholds
from defect_desktop.errors import StoreError
from defect_desktop.language import Bilingual, Language
from defect_desktop.preferences import OwnThresholds, Preferences, load_preferences
from defect_desktop.settings import ThemeChoice
from defect_desktop.ui.pages.settings.about import LicenceSheet
from defect_desktop.ui.pages.settings.services import PackChoice, real_settings_services
from defect_desktop.ui.session import Activity
from tests.ui.fakes import let_answer, make_backup, visit, wait_until
from tests.ui.wheel import turn_wheel


@pytest.fixture
def page(window):
    page = visit(window, "settings")
    wait_until(lambda: page.thresholds.isEnabled() and page.backups.list.count() == 1 and page.complete)
    return page


def choose(group, text):
    next(button for button in group.findChildren(QAbstractButton) if button.text().strip() == text).click()


def test_the_theme_and_the_size_of_the_text_apply_at_once(page, window, program, preferences):
    choose(page.appearance.themes, "Dark")
    assert preferences.value.theme is ThemeChoice.DARK
    wait_until(lambda: window.pages.page("settings") not in (page, None))
    assert program.appearance.look.theme.colour("window").lightness() < 60
    choose(window.pages.page("settings").appearance.text_sizes, "150%")
    wait_until(lambda: program.appearance.look.theme.sizes.body == 22)


def test_the_language_applies_at_once(page, window, preferences, application):
    choose(page.appearance.languages, "한국어")
    assert preferences.value.language is Language.KOREAN
    wait_until(lambda: window.pages.page("settings") not in (page, None))
    assert application.translate("QPlatformTheme", "Cancel") == "취소"


def test_a_change_is_on_the_disk(page, program, paths):
    page.inspector.name.setText("  김하나 ")
    page.inspector.name.editingFinished.emit()
    page.camera.source.setText("rtsp://10.0.0.7/live")
    page.camera.source.editingFinished.emit()
    choose(page.computing.engines, "torch")
    choose(page.computing.devices, "Processor")
    choose(page.computing.networks, "The first alone where it is sure")
    wait_until(lambda: load_preferences(paths.preferences) == (program.preferences.value, None))
    saved, _ = load_preferences(paths.preferences)
    assert (saved.inspector, saved.camera, saved.engine, saved.device, saved.early_exit) == (
        "김하나",
        "rtsp://10.0.0.7/live",
        "torch",
        "cpu",
        True,
    )


def test_only_devices_that_this_edition_knows_are_offered(page, window, preferences):
    offered = [button.text() for button in page.computing.devices.findChildren(QAbstractButton)]
    assert offered == ["Automatic", "Processor"]
    preferences.change(device="intel-gpu")  # in another edition, or by hand
    window.pages.renew()
    wait_until(lambda: window.pages.page("settings") not in (page, None))
    wait_until(lambda: window.pages.page("settings").complete)
    assert window.pages.page("settings").computing.devices.chosen == ["intel-gpu"]


def test_an_empty_camera_is_the_first_one(page, preferences):
    page.camera.source.setText(" ")
    page.camera.source.editingFinished.emit()
    assert preferences.value.camera == page.camera.source.text() == "0"


def test_a_camera_that_was_chosen_elsewhere_shows(page, window, preferences):
    visit(window, "help")
    preferences.change(camera="rtsp://10.0.0.7/live", camera_back_end="dshow")
    visit(window, "settings")
    assert page.camera.source.text() == "rtsp://10.0.0.7/live"
    assert page.camera.back_ends.chosen == ["dshow"]
    page.camera.source.editingFinished.emit()
    assert preferences.value.camera == "rtsp://10.0.0.7/live"


def test_the_preview_follows_the_slider_and_only_letting_go_changes_the_setting(page, preferences, work):
    wait_until(lambda: "600 (60%)" in page.thresholds.preview.text())
    slider = page.thresholds.sliders["confidence"]
    slider.setSliderDown(True)
    slider.setValue(80)
    wait_until(lambda: "800 (80%)" in page.thresholds.preview.text())
    assert work.counted[-1] == Thresholds(0.8, 0.2, 0.9)
    assert preferences.value.thresholds == OwnThresholds()
    slider.setSliderDown(False)
    assert preferences.value.thresholds == OwnThresholds(confidence=0.8)
    page.thresholds.reset.click()
    assert preferences.value.thresholds == OwnThresholds()
    wait_until(lambda: "600 (60%)" in page.thresholds.preview.text())
    assert not page.thresholds.reset.isEnabled()


def test_thresholds_with_keys(page, preferences):
    slider = page.thresholds.sliders["margin"]
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert preferences.value.thresholds == OwnThresholds(margin=0.21)


def test_the_wheel_scrolls_past_what_it_could_change(page, preferences):
    before = preferences.value
    area = page.findChild(QScrollArea)
    for control in (page.inspector.packs, *page.thresholds.sliders.values(), page.backups.list):
        area.ensureWidgetVisible(control)
        where = area.verticalScrollBar().value()
        turn_wheel(control)
        assert area.verticalScrollBar().value() > where
        assert not control.hasFocus()
    assert preferences.value == before
    assert page.inspector.packs.currentIndex() == 0


def test_another_pack_brings_its_own_thresholds(page, window, preferences, work):
    work.packs.append(PackChoice("site", Bilingual(ko="현장", en="Site"), Thresholds(0.5, 0.1, 0.6)))
    page.shown()
    wait_until(lambda: page.inspector.packs.count() == 2)
    page.inspector.packs.setCurrentIndex(1)
    page.inspector.packs.activated.emit(1)
    assert preferences.value.pack == "site"
    wait_until(lambda: "500 (50%)" in page.thresholds.preview.text())


def test_where_the_chosen_pack_is_gone_another_can_be_chosen(page, window, preferences, work):
    gone = work.packs.pop()
    work.packs.append(PackChoice("site", Bilingual(ko="현장", en="Site"), Thresholds(0.5, 0.1, 0.6)))
    page.shown()
    wait_until(lambda: "“starter” is not here" in window.messages.text)
    assert not page.thresholds.isEnabled()
    assert page.inspector.packs.isEnabled()
    assert page.inspector.packs.currentIndex() == -1
    page.inspector.packs.activated.emit(0)
    assert preferences.value.pack == "site"
    wait_until(page.thresholds.isEnabled)
    assert gone.name not in page.inspector.packs.currentText()


def test_a_pack_that_is_gone_hides_none_of_those_that_are_there(paths):
    services = real_settings_services(paths, lambda: Preferences(pack="gone"))
    assert [choice.name for choice in services.packs()] == ["starter"]


def test_what_was_measured_is_still_there_after_the_look_changed(page, work, window, preferences):
    work.go_on.clear()
    page.computing.measure.click()
    preferences.change(text_size=125)
    work.go_on.set()
    wait_until(lambda: window.pages.page("settings") not in (page, None) and window.pages.complete)
    renewed = window.pages.page("settings")
    assert "4.0 ×" in [label.text() for label in renewed.computing.result.findChildren(QLabel)]
    renewed.computing.measure.click()
    assert renewed.computing.result is None


def test_the_speed_is_measured_and_can_be_stopped(page, work, window):
    work.go_on.clear()
    page.computing.measure.click()
    assert window.pages.working
    page.computing.measure.click()
    work.go_on.set()
    wait_until(lambda: not page.computing.working)
    assert page.computing.result is None
    page.computing.measure.click()
    wait_until(lambda: page.computing.result is not None)
    said = [cell.text() for cell in page.computing.result.findChildren(QLabel)]
    assert said[5:10] == ["openvino-int8 on cpu, early exit", "66.7", "5.3 ×", "90%", "99.2%"]
    assert said[10:15] == ["torch on cpu", "52.6", "–", "90%", "–"]
    assert said[15:20] == ["openvino-int8 on cpu", "50.0", "4.0 ×", "90%", "99.5%"]
    assert said[20:24] == ["The plain way", "12.5", "Reading photos alone", "125.0"]
    assert said[24].startswith("“Automatic” is openvino-int8 on cpu")  # torch is faster, but not clearly


def test_a_choice_that_cannot_be_kept_is_not_promised(page, work):
    work.disk_has_room = False
    page.computing.measure.click()
    wait_until(lambda: page.computing.result is not None)
    said = page.computing.result.findChildren(QLabel)[-1].text()
    assert said.startswith("openvino-int8 on cpu is recommended, but could not be saved")


def test_folders_are_chosen_and_given_back(page, dialogs, preferences, tmp_path):
    systems = dialogs._photos.folder
    dialogs.folder = tmp_path / "현장 사진"
    page.folders.findChildren(QAbstractButton)[0].click()
    assert preferences.value.photo_folder == tmp_path / "현장 사진"
    assert dialogs._photos.folder == str(tmp_path / "현장 사진")
    page.folders.findChildren(QAbstractButton)[1].click()
    assert preferences.value.photo_folder is None
    assert dialogs._photos.folder == systems
    dialogs._photos.folder = "where the user was last"
    preferences.change(text_size=125)
    assert dialogs._photos.folder == "where the user was last"


def test_the_folder_for_reports_is_asked_for_as_such(page, dialogs, preferences, tmp_path):
    dialogs.report_folder = tmp_path / "보고서"
    page.folders.findChildren(QAbstractButton)[2].click()
    assert preferences.value.report_folder == tmp_path / "보고서"


def test_a_backup_now(page, work, window):
    page.backups.back_up.click()
    wait_until(lambda: "backup is made" in window.messages.text)
    wait_until(lambda: not page.backups.working and page.backups.list.count() == 2)
    let_answer(50)  # the list is read anew
    assert page.backups.list.currentIndex() == 0  # the new one
    page.backups.list.setCurrentIndex(1)
    page.backups.refresh()
    let_answer(50)
    assert page.backups.list.currentIndex() == 1


def test_a_backup_is_restored_after_a_question_and_everything_is_read_anew(page, work, window, dialogs, program):
    work.backup_list = [make_backup(2), make_backup(1)]
    page.backups.refresh()
    wait_until(lambda: page.backups.list.count() == 2)
    page.backups.list.setCurrentIndex(1)
    page.backups.restore.click()
    assert work.restored == []
    dialogs.questions.pop()()
    wait_until(lambda: work.restored == [make_backup(1).path])
    wait_until(lambda: window.pages.page("settings") not in (page, None))
    assert "restored" in window.messages.text


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (None, "The backup is restored."),
        ("backups/results-2.sqlite3", "The backup is restored. What was there before is kept as a backup too."),
        ("results-damaged-1.sqlite3", "The backup is restored. The damaged database is kept as {}."),
    ],
)
def test_it_is_said_where_the_database_before_is_kept(page, work, window, dialogs, kept, told):
    work.kept = kept and work.folder / kept
    page.backups.restore.click()
    dialogs.questions.pop()()
    wait_until(lambda: window.messages.text == told.format(work.kept))


def test_nothing_is_restored_while_photos_are_classified(page, work, window, dialogs, program):
    work.go_on.clear()
    program.inspection.classify((Path("/photos"),))
    wait_until(lambda: window.pages.working)
    page.backups.restore.click()
    assert dialogs.questions == []
    assert "finish first" in window.messages.text
    assert work.restored == []


def test_nothing_is_restored_while_photos_wait_and_it_is_said_what_to_do(page, work, window, dialogs, program):
    work.paused = list(work.records)
    program.start()
    wait_until(lambda: program.inspection.session.activity is Activity.PAUSED)
    page.backups.restore.click()
    assert dialogs.questions == []
    assert window.messages.text.startswith("Photos wait to be classified. Resume or cancel them")
    program.inspection.session.cancel()
    wait_until(lambda: program.inspection.session.idle)
    page.backups.restore.click()
    assert len(dialogs.questions) == 1


def test_nothing_is_restored_while_a_folder_is_watched(page, window, dialogs, program):
    program.inspection.watch(Path("/photos"))
    wait_until(lambda: program.inspection.session.activity is Activity.WATCHING)
    page.backups.restore.click()
    assert dialogs.questions == []
    assert window.messages.text.startswith("A folder is being watched.")


def test_nothing_is_restored_where_work_began_while_the_question_was_open(page, work, window, dialogs, program):
    page.backups.restore.click()
    work.go_on.clear()
    program.inspection.classify((Path("/photos"),))
    wait_until(lambda: window.pages.working)
    dialogs.questions.pop()()
    assert "finish first" in window.messages.text
    assert work.restored == []


def test_a_backup_that_fails_is_told(page, work, window, dialogs):
    def fail(backup):
        raise StoreError(ko="복원할 수 없습니다.", en="It cannot be restored.")
        yield

    object.__setattr__(page.backups._services, "restore", fail)
    page.backups.restore.click()
    dialogs.questions.pop()()
    wait_until(lambda: window.messages.text == "It cannot be restored.")


def test_diagnostics_are_saved_where_the_user_wants(page, window, work, dialogs, tmp_path):
    dialogs.diagnostics = tmp_path / "diagnostics.zip"
    next(one for one in page.about.findChildren(QAbstractButton) if "diagnostic" in one.text()).click()
    wait_until(lambda: work.diagnostics == [tmp_path / "diagnostics.zip"])
    wait_until(lambda: "holds no photos" in window.messages.text)


def test_it_tells_what_it_is_made_of_and_computes_on(page):
    wait_until(lambda: "PySide6 6.8" in page.about.made_of.text())
    assert "Linux-6.1" in page.about.made_of.text()
    assert "(2 cores)" in page.about.made_of.text()


def test_licences_can_be_read(page, window):
    page.about.licences.click()
    wait_until(lambda: window.findChild(LicenceSheet) is not None)
    sheet = window.findChild(LicenceSheet)
    assert "SIL OPEN FONT LICENSE" in sheet.findChild(QPlainTextEdit).toPlainText()
    sheet.reject()


def test_a_file_that_cannot_be_saved_is_told(page, window, paths):
    paths.preferences.mkdir(parents=True)
    page.inspector.name.setText("이둘")
    page.inspector.name.editingFinished.emit()
    wait_until(lambda: "settings cannot be saved" in window.messages.text)


def test_an_unexpected_error_offers_the_diagnostic_file(program, window, work, dialogs, tmp_path):
    work.error = ZeroDivisionError("a bug")
    program.inspection.classify((Path("/photos"),))
    wait_until(lambda: "unexpected" in window.messages.text)
    dialogs.diagnostics = tmp_path / "diagnostics.zip"
    next(one for one in window.messages.findChildren(QAbstractButton) if "diagnostic" in one.text()).click()
    wait_until(lambda: work.diagnostics == [tmp_path / "diagnostics.zip"])


def test_the_backup_of_the_day_is_made_at_the_start(program, work):
    program.start()
    wait_until(lambda: work.backups == 1)


def test_the_backup_of_the_day_is_looked_after_while_the_window_stays_open(program, work):
    program.start()
    wait_until(lambda: work.backups == 1)
    program.hourly.timeout.emit()
    wait_until(lambda: work.backups == 2)
    assert program.hourly.isActive()


def test_what_is_touched_is_large_enough_and_named(page):
    touched = [one for one in page.findChildren(QAbstractButton) if one.isVisible()]
    assert len(touched) > 15
    for one in touched:
        assert one.height() >= 44, one
        assert one.accessibleName() or one.text(), one
    assert all(slider.height() >= 44 and slider.accessibleName() for slider in page.thresholds.sliders.values())
