"""The review page over a real database, driven by keys, taps and fingers."""

import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPushButton

from defect_desktop.core.decision import Ranked
from defect_desktop.core.history import HistoryFilter
from defect_desktop.core.place import Place, PlacePart
from defect_desktop.core.record import PhotoFile
from defect_desktop.core.review import ReviewState, Shot
from defect_desktop.errors import PackError, StoreError
from defect_desktop.language import Bilingual, Language
from defect_desktop.store.backup import BackupReason, back_up, restore
from defect_desktop.store.database import Database
from defect_desktop.store.reviewing import Reviews
from defect_desktop.ui.appearance import Appearance
from defect_desktop.ui.navigation import PageContext
from defect_desktop.ui.pages.review import listing, steps
from defect_desktop.ui.pages.review.review_page import ReviewPage
from defect_desktop.ui.pages.review.scope import Scope
from defect_desktop.ui.pages.review.services import Reasons, ReviewServices
from defect_desktop.ui.record_state import State
from defect_desktop.ui.services import real_services
from tests.store.samples import accept
from tests.ui.fakes import visit, wait_until
from tests.ui.review_data import DAMAGE, MOULD, STAIN, add_photos, day, verdict
from tests.ui.wheel import turn_wheel

pytestmark = pytest.mark.usefixtures("complaints")

Key = Qt.Key
OTHER_FILE = PhotoFile(Path("other.jpg"), 1, 1)
FULL = StoreError(ko="디스크가 가득 찼습니다.", en="The disk is full.")
HEAT = Reasons(
    heat=np.linspace(0, 1, 48, dtype=np.float32).reshape(6, 8),
    opinions=((Ranked(DAMAGE, 0.9),), (Ranked(STAIN, 0.6), Ranked(DAMAGE, 0.3))),
)


class Work:
    """What the page has done for it: a real database, and reasons that a test chooses."""

    def __init__(self, database):
        self._database = database
        self.full = False
        self.reasons = HEAT
        self.asked = []
        self.told = []
        self.failures = []
        self.visited = []
        self.reviewed = []
        self.closed = []

    def database(self):
        if self.full:
            raise FULL
        return self._database

    def explain(self, record):
        self.asked.append((record.outcome.photo.path.name, threading.current_thread() is threading.main_thread()))
        if isinstance(self.reasons, Exception):
            raise self.reasons
        return self.reasons

    def services(self):
        def show_photo(path, width, height):
            return np.full((height * 3 // 4, width, 3), 128, np.uint8)

        return ReviewServices(self.database, self.explain, show_photo, lambda: self.closed.append(True))

    def context(self, look, preferences):
        told, failures, visited = self.told.append, self.failures.append, self.visited.append
        return PageContext(
            look,
            preferences,
            told,
            failures,
            visited,
            captured=lambda record: None,
            moved=lambda place: None,
            reviewed=self.reviewed.append,
            means_changed=lambda: None,
        )


@pytest.fixture
def database(tmp_path):
    with Database.open(tmp_path / "results.sqlite3") as database:
        day(database)
        yield database


@pytest.fixture
def behind(database):
    return Work(database)


@pytest.fixture
def make_page(application, paths, preferences, behind):
    """Makes the page as the window does."""
    pages = []
    appearance = Appearance(application, preferences, paths.assets)

    def make():
        page = ReviewPage(behind.context(appearance.look, preferences), behind.services())
        for _ in page.furnish():
            pass
        pages.append(page)
        page.resize(1180, 768)
        page.show()
        page.activateWindow()
        assert QTest.qWaitForWindowActive(page)
        return page

    yield make
    for page in pages:
        page.stop_work()
        if not behind.closed:
            page.close_page()
        page.deleteLater()
    appearance.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def page(make_page):
    page = make_page()
    page.shown()
    settle(page)
    return page


def settle(page):
    wait_until(lambda: not page.reviewer.desk.busy)


def press(page, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(page.focusWidget() or page, key, modifier)


def name(page):
    return page.reviewer.current.outcome.photo.path.name


def review_of(page, photo):
    """What is shown of a photo, by its name."""
    return next(record for record in records(page) if record.outcome.photo.path.name == photo).remarks.review


def records(page):
    return [page.reviewer.roll.at(row) for row in range(len(page.reviewer.roll))]


def button(page, text):
    """A button that is seen, by the beginning of its name or caption."""
    return next(
        one
        for one in page.findChildren(QAbstractButton)
        if one.isVisible() and (one.accessibleName() or one.text()).strip().startswith(text)
    )


def spoken(widget):
    """What a screen reader says of a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


def tap(page, text):
    QTest.mouseClick(button(page, text), Qt.MouseButton.LeftButton)


def test_a_whole_review_by_keys(page, behind, database):
    assert name(page) == "check1.jpg"
    press(page, Key.Key_Return, Key.Key_2, Key.Key_N, Key.Key_T, Key.Key_A)
    settle(page)
    said = {record.outcome.photo.path.name: record.remarks.review for record in records(page)}
    assert said["check1.jpg"].labels == (DAMAGE,)
    assert (said["check2.jpg"].state, said["check2.jpg"].labels) == (ReviewState.CORRECTED, (STAIN,))
    assert [said[f"sure{n}.jpg"].state for n in (3, 2, 1)] == [
        ReviewState.NOT_A_DEFECT, ReviewState.CANNOT_TELL, ReviewState.ACCEPTED,
    ]  # fmt: skip
    assert database.reviews.progress().reviewed == 5
    assert [message.text for message in behind.told] == ["Every photo of this list is reviewed."]


def test_every_step_can_be_undone_by_key_and_toast_and_done_again(page, database):
    press(page, Key.Key_Return)
    settle(page)
    assert page.toast.text == "Accepted"
    press(page, Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    settle(page)
    assert (name(page), page.toast.text) == ("check1.jpg", "Undone: Accepted")
    assert database.reviews.progress().reviewed == 0
    press(page, Key.Key_Y, modifier=Qt.KeyboardModifier.ControlModifier)
    settle(page)
    assert database.reviews.progress().reviewed == 1
    QTest.mouseClick(page.toast.button, Qt.MouseButton.LeftButton)
    settle(page)
    assert database.reviews.progress().reviewed == 0


def test_the_very_first_step_can_be_undone_before_it_is_saved(page, database):
    first = name(page)
    press(page, Key.Key_N)
    press(page, Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    settle(page)
    assert review_of(page, first).state is ReviewState.UNREVIEWED
    assert database.reviews.progress().reviewed == 0


def test_return_presses_the_button_that_has_the_focus(page):
    button(page, "Cannot tell").setFocus()
    press(page, Key.Key_Return)
    settle(page)
    assert review_of(page, "check1.jpg").state is ReviewState.CANNOT_TELL
    press(page, Key.Key_A)
    settle(page)
    assert review_of(page, "check2.jpg").state is ReviewState.ACCEPTED


def test_return_accepts_after_a_tap_on_another_button(page):
    tap(page, "Cannot tell")
    press(page, Key.Key_Return)
    settle(page)
    assert review_of(page, "check2.jpg").state is ReviewState.ACCEPTED


def test_the_toast_stays_ten_seconds(page):
    press(page, Key.Key_Return)
    settle(page)
    assert 9_000 < page.toast._timer.remainingTime() < 11_000
    page.toast._timer.setInterval(1)
    wait_until(lambda: not page.toast.text)


def test_taps_do_what_keys_do(page):
    tap(page, "Furniture repair")  # a usual one of the pack, which the verdict does not rank
    tap(page, "Cannot tell")
    settle(page)
    assert review_of(page, "check1.jpg").labels == ("가구수정",)
    assert review_of(page, "check2.jpg").state is ReviewState.CANNOT_TELL


def test_arrows_and_swipes_go_from_photo_to_photo(page):
    fingers = QTest.createTouchDevice()

    def swipe(by):
        view = page.area.view
        start = view.rect().center()
        for act, at in (("press", start), ("move", start + QPoint(by, 2)), ("release", start + QPoint(by, 2))):
            sequence = QTest.touchEvent(view, fingers, autoCommit=False)
            getattr(sequence, act)(0, at, view)
            sequence.commit()

    press(page, Key.Key_Right, Key.Key_Right, Key.Key_Left)
    assert name(page) == "check2.jpg"
    swipe(-150)
    assert name(page) == "sure3.jpg"
    swipe(150)
    assert name(page) == "check2.jpg"
    press(page, *[Key.Key_Right] * 9)
    assert name(page) == "sure1.jpg"


def test_the_strip_leads_to_any_photo(page):
    strip = page.area.strip
    place = strip.visualRect(page.model.index(3, 0)).center()
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert name(page) == "sure2.jpg"
    spoken = page.model.data(page.model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "check1.jpg, Damage 40%, Needs check"


def test_several_defects_in_one_photo(page):
    press(page, Key.Key_M, Key.Key_3)
    assert page.named == [DAMAGE, MOULD]
    assert page.panel.findChild(QAbstractButton, "agree").text().strip() == "Save 2 defects"
    assert name(page) == "check1.jpg"
    press(page, Key.Key_Return)
    settle(page)
    assert review_of(page, "check1.jpg").labels == (DAMAGE, MOULD)
    assert page.named == []


def test_who_does_not_see_hears_which_photo_it_is_and_what_the_button_will_do(page):
    agree = page.panel.findChild(QAbstractButton, "agree")
    assert spoken(agree) == "Accept"
    heard = spoken(page.area.view)
    assert heard.startswith(name(page))
    press(page, Key.Key_M)
    assert spoken(agree) == "Save 1 defect"
    press(page, Key.Key_N)
    assert spoken(agree) == "Accept"
    assert spoken(page.area.view).startswith(name(page))
    press(page, Key.Key_Left)
    assert spoken(page.area.view) == f"{heard}, Not a defect"


def test_leaving_the_photo_forgets_what_was_not_decided(page):
    press(page, Key.Key_M, Key.Key_3, Key.Key_Right)
    assert page.named == []
    press(page, Key.Key_Return)
    settle(page)
    assert review_of(page, "check2.jpg").labels == (MOULD,)


def test_defects_that_are_named_stay_while_the_list_is_read_anew(page, database):
    press(page, Key.Key_M, Key.Key_3)
    add_photos(database, {"new.jpg": verdict(STAIN, 0.2, check=True)}, folder="/새로")
    page.shown()
    settle(page)
    assert (len(records(page)), name(page)) == (6, "check1.jpg")
    assert page.named == [DAMAGE, MOULD]
    press(page, Key.Key_Return)
    settle(page)
    assert review_of(page, "check1.jpg").labels == (DAMAGE, MOULD)


def test_any_defect_of_the_pack_is_found_by_typing(page):
    press(page, Key.Key_L)
    QTest.keyClicks(page.asking.sheet.field, "rust")
    QTest.keyClick(page.asking.sheet.field, Qt.Key.Key_Return)
    settle(page)
    assert review_of(page, "check1.jpg").labels == ("녹오염",)
    assert page.asking.sheet is None


@pytest.mark.parametrize("several", [False, True])
def test_a_defect_is_given_to_the_photo_it_was_looked_up_for(page, several):
    page.doing.several.setChecked(several)
    press(page, Key.Key_L)
    page.reviewer.go(1)  # as when a step before could not be saved
    QTest.keyClicks(page.asking.sheet.field, "rust")
    QTest.keyClick(page.asking.sheet.field, Qt.Key.Key_Return)
    settle(page)
    assert review_of(page, "check1.jpg").labels == ((DAMAGE, "녹오염") if several else ("녹오염",))
    assert review_of(page, "check2.jpg").state is ReviewState.UNREVIEWED


def test_letters_are_typed_and_decide_nothing_in_a_note(page):
    press(page, Key.Key_E)
    QTest.keyClicks(page.asking.sheet.text, "nta1")
    QTest.keyClick(page.asking.sheet.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(page)
    assert page.reviewer.current.remarks.note == "nta1"
    assert review_of(page, "check1.jpg").state is ReviewState.UNREVIEWED
    assert "nta1" in page.panel.card.text


def test_accepting_many_says_how_many_before_and_after(page, database):
    press(page, Key.Key_B)
    settle(page)
    assert page.asking.sheet.accept_button.text() == "Accept 2 photos"
    page.asking.sheet.slider.setValue(100)
    assert not page.asking.sheet.accept_button.isEnabled()
    settle(page)
    assert not page.asking.sheet.accept_button.isEnabled()
    page.asking.sheet.slider.setValue(50)
    page.asking.sheet.with_checks.setChecked(True)
    settle(page)
    assert page.asking.sheet.accept_button.text() == "Accept 4 photos"
    QTest.mouseClick(page.asking.sheet.accept_button, Qt.MouseButton.LeftButton)
    settle(page)
    assert page.toast.text == "Accepted together  ·  4 photos"
    assert database.reviews.progress().reviewed == 4
    press(page, Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    settle(page)
    assert database.reviews.progress().reviewed == 0


def test_photos_of_one_defect_are_grouped_and_told_apart(page, database):
    strip = page.area.strip
    press(page, Key.Key_S)
    strip.tapped.emit(2)
    press(page, Key.Key_G)
    settle(page)
    far, near = page.reviewer.roll.at(0), page.reviewer.roll.at(2)
    assert far.remarks.group == near.remarks.group is not None
    page.doing.shots[Shot.FAR].trigger()
    settle(page)
    assert "Far" in page.panel.card.text
    group = page.reviewer.current.remarks.group
    assert len([record for record in database.all_records() if record.remarks.group == group]) == 2
    page.doing.ungroup.trigger()
    settle(page)
    assert page.reviewer.current.remarks.group is None


def test_a_decision_about_several_photos_is_one_step(page, database):
    press(page, Key.Key_S)
    page.area.strip.tapped.emit(1)
    page.area.strip.tapped.emit(3)
    page.area.strip.tapped.emit(1)
    press(page, Key.Key_N)
    settle(page)
    assert {record.outcome.photo.path.name for record in records(page)
            if record.remarks.review.state is ReviewState.NOT_A_DEFECT} == {"check1.jpg", "sure2.jpg"}  # fmt: skip
    assert not page.doing.pick.isChecked()
    assert database.reviews.journal(9)[0].changed == 2


def test_what_is_picked_far_down_stays_picked_after_a_look_at_another_page(page, monkeypatch):
    monkeypatch.setattr(listing, "_ROWS", 2)
    page.doing.pick.setChecked(True)
    page.area.strip.tapped.emit(3)
    page.area.strip.tapped.emit(4)
    picked = list(page.model.picked)
    page.shown()
    settle(page)
    assert list(page.model.picked) == picked
    press(page, Key.Key_N)
    settle(page)
    decided = [one.photo_id for one in records(page) if one.remarks.review.state is ReviewState.NOT_A_DEFECT]
    assert sorted(decided) == sorted(picked)


def test_a_photo_can_be_moved_to_another_place(page, database):
    press(page, Key.Key_P)
    settle(page)
    picker = page.asking.sheet
    picker.new_value.setText("래미안")  # QTest cannot type Hangul
    QTest.keyClick(picker.new_value, Qt.Key.Key_Return)
    QTest.mouseClick(picker.done_button, Qt.MouseButton.LeftButton)
    settle(page)
    assert page.reviewer.current.remarks.place == Place("래미안")
    assert "래미안" in page.panel.card.text
    assert database.history.record(page.reviewer.current.photo_id).remarks.place == Place("래미안")


def test_both_labels_stay_in_sight(page):
    press(page, Key.Key_2, Key.Key_Left)
    text = page.panel.card.text
    assert "AI: Damage 40%" in text
    assert "Person: Stain (Corrected)" in text


def test_progress_is_seen_at_a_glance(page):
    assert page.progress.accessibleName() == "0 of 5 reviewed, 2 left to check"
    press(page, Key.Key_Return)
    assert page.progress.accessibleName() == "1 of 5 reviewed, 1 left to check"


def test_what_could_not_be_opened_is_not_counted_before_somebody_speaks_of_it(page, database):
    tap(page, "All")
    settle(page)
    page.reviewer.go(next(row for row, record in enumerate(records(page)) if record.outcome.verdict is None))
    press(page, Key.Key_T)
    assert page.progress.accessibleName().startswith("1 of 6 reviewed")
    settle(page)
    assert page.progress.accessibleName().startswith("1 of 6 reviewed")
    assert database.reviews.progress().expected == 6
    page.reviewer.undo()
    settle(page)
    assert page.progress.accessibleName().startswith("0 of 5 reviewed")


def test_why_shows_the_heatmap_and_the_opinions_of_all_members(page, behind):
    press(page, Key.Key_W)
    wait_until(lambda: not page.area._heat.isNull())
    assert behind.asked == [("check1.jpg", False)]
    assert page.area.why.text == "Network 1: Damage 90%\nNetwork 2: Stain 60%  ·  Damage 30%"
    wait_until(lambda: page.area.view.image is not None)
    corner = page.area.view.rect().center() + QPoint(100, 100)
    page.area.why.slider.setValue(0)
    plain = page.area.view.grab().toImage().pixelColor(corner)
    page.area.why.slider.setValue(100)
    assert page.area.view.grab().toImage().pixelColor(corner) != plain
    press(page, Key.Key_Right)
    wait_until(lambda: len(behind.asked) == 2)
    press(page, Key.Key_W)
    assert page.area._heat.isNull()
    assert not page.area.why.isVisible()


@pytest.mark.parametrize(
    "changed",
    [{"photo": OTHER_FILE}, {"verdict": verdict(MOULD, 0.9)}],
    ids=["another photo", "classified anew"],
)
def test_the_heatmap_is_not_kept_for_what_came_in_the_photos_place(page, behind, changed):
    press(page, Key.Key_W)
    wait_until(lambda: not page.area._heat.isNull())
    record = page.reviewer.current
    page.area.show_photo(replace(record, remarks=replace(record.remarks, note="A note.")), None)
    assert not page.area._heat.isNull()
    page.area.show_photo(replace(record, outcome=replace(record.outcome, **changed)), None)
    assert page.area._heat.isNull()
    wait_until(lambda: len(behind.asked) == 2)


def test_the_wheel_leaves_the_heatmap_and_what_is_sure_enough_as_they_are(page):
    press(page, Key.Key_W)
    slider = page.area.why.slider
    wait_until(slider.isVisible)
    press(page, Key.Key_B)
    for each in (slider, page.asking.sheet.slider):
        before = each.value()
        turn_wheel(each)
        assert each.value() == before
    page.asking.sheet.reject()


@pytest.mark.parametrize(
    "reasons",
    [
        PackError(ko="모델 팩이 없습니다.", en="The pack is gone."),
        Reasons(sentence=Bilingual(ko="모델 팩이 없습니다.", en="The pack is gone.")),
    ],
    ids=["error", "cannot tell"],
)
def test_where_it_cannot_be_told_a_sentence_says_so(page, behind, reasons):
    behind.reasons = reasons
    press(page, Key.Key_W)
    wait_until(lambda: page.area.why.text == "The pack is gone.")
    assert not page.area.why.slider.isVisible()


def test_a_full_disk_is_told_in_words_and_loses_nothing(page, behind, database):
    behind.full = True
    press(page, Key.Key_Return, Key.Key_N)
    settle(page)
    assert [message.text for message in behind.told] == [
        "The disk is full. 1 decision not saved yet.",
        "The disk is full. 2 decisions not saved yet.",
    ]
    assert name(page) == "check1.jpg"
    assert page.working
    assert page.progress.accessibleName() == "0 of 5 reviewed, 2 left to check"
    behind.full = False
    caption, again = behind.told[-1].action
    assert caption == "Try again"
    again()
    settle(page)
    assert not page.working
    assert database.reviews.progress().reviewed == 2
    assert behind.told[-1].text == "What could not be saved before is saved now."


def test_what_cannot_be_opened_cannot_be_accepted_but_named(page, database):
    tap(page, "All")
    settle(page)
    row = next(row for row, record in enumerate(records(page)) if record.outcome.verdict is None)
    page.reviewer.go(row)
    assert not page.doing.accept.isEnabled()
    press(page, Key.Key_Return)
    press(page, Key.Key_T)
    settle(page)
    assert review_of(page, "broken.jpg").state is ReviewState.CANNOT_TELL


def test_the_scopes_narrow_the_list(page):
    tap(page, "Needs check")
    settle(page)
    assert len(page.reviewer.roll) == 2
    tap(page, "All")
    settle(page)
    assert len(page.reviewer.roll) == 6


def test_an_empty_list_says_why(make_page, behind, database):
    page = make_page()
    page.open(page.reviewer.where, Scope.CHECK)
    settle(page)
    press(page, Key.Key_N, Key.Key_N)
    settle(page)
    page.open(page.reviewer.where, Scope.CHECK)
    settle(page)
    assert page._empty_text.text() == "Nothing is left to review here."
    tap(page, "Show all photos")
    settle(page)
    assert len(page.reviewer.roll) == 6


def test_upright_and_across_everything_has_room_under_a_glove(page, application):
    for width, height in ((1180, 768), (800, 1200)):
        page.resize(width, height)
        application.processEvents()
        for one in page.findChildren(QAbstractButton):
            if one.isVisible():
                assert min(one.width(), one.height()) >= 44, (one.accessibleName(), one.size())
        body = page.panel.widget()
        assert body.width() <= page.panel.viewport().width()
        assert body.height() <= page.panel.viewport().height()


@pytest.mark.parametrize("language", list(Language))
def test_large_text_on_a_small_screen_leaves_room_for_the_photo_and_every_button(make_page, preferences, application):
    preferences.change(text_size=150)
    page = make_page()
    page.resize(854, 720)  # what the rail and the margins leave of 1024 x 768
    page.shown()
    settle(page)
    for explained in (False, True):
        page.doing.why.setChecked(explained)
        wait_until(lambda: not page.area.busy)
        application.processEvents()
        for one in page.area.findChildren(QAbstractButton):
            if one.isVisible():
                place = QRect(one.mapTo(page, QPoint()), one.size())
                assert QRect(page.area.mapTo(page, QPoint()), page.area.size()).contains(place), one.accessibleName()
                assert one.visibleRegion().boundingRect() == one.rect(), one.accessibleName()
        assert page.area.view.height() > page.area.height() / 4
        assert page.area.view.width() > page.width() / 2
        assert page.panel.widget().width() <= page.panel.viewport().width()


def test_the_page_that_replaces_it_goes_on_at_the_same_photo(page, make_page, behind):
    tap(page, "All")
    settle(page)
    page.reviewer.go(4)
    memory = page.memory()
    page.close_page()
    other = make_page()
    other.recall(memory)
    settle(other)
    assert (name(other), other.reviewer.scope) == (name(page), Scope.ALL)
    behind.closed.clear()
    other.close_page()


def test_the_inspectors_name_is_kept_with_the_step(page, preferences, database):
    preferences.change(inspector="김하늘")
    press(page, Key.Key_Return)
    settle(page)
    assert database.reviews.journal(1)[0].who == "김하늘"


def test_closing_saves_what_is_under_way(make_page, behind, database):
    page = make_page()
    page.shown()
    settle(page)
    press(page, Key.Key_Return, Key.Key_N, Key.Key_T)
    page.close_page()
    assert database.reviews.progress().reviewed == 3
    assert behind.closed


def test_thousands_of_photos_are_read_as_the_strip_is_scrolled(make_page, database):
    add_photos(database, {f"more{number:04}.jpg": verdict(STAIN, 0.9) for number in range(700)}, folder="/많은")
    page = make_page()
    page.shown()
    settle(page)
    assert page.model.rowCount() < 500
    strip = page.area.strip
    for _ in range(20):
        strip.horizontalScrollBar().setValue(strip.horizontalScrollBar().maximum())
        settle(page)
        QCoreApplication.processEvents()
    assert page.model.rowCount() == 705


def test_deciding_keeps_the_event_loop_free(make_page, database):
    """The time that the window's own thread works at a stretch: what other programs do meanwhile does not count."""
    add_photos(database, {f"more{number:03}.jpg": verdict(STAIN, 0.9) for number in range(150)}, folder="/많은")
    page = make_page()
    stretches = []
    last = time.thread_time()

    def beat():
        nonlocal last
        now = time.thread_time()
        stretches.append(now - last)
        last = now

    heart = QTimer(interval=1)
    heart.timeout.connect(beat)
    heart.start()
    page.shown()
    settle(page)
    for key in (Key.Key_Return, Key.Key_2, Key.Key_N, Key.Key_T) * 5:
        press(page, key)
        settle(page)
    page.reviewer.accept_sure(0.5, True)
    settle(page)
    heart.stop()
    assert database.reviews.progress().reviewed > 100
    assert max(stretches) <= 0.050


def test_a_key_that_is_held_down_decides_once(page, database):
    for _ in range(4):
        QTest.simulateEvent(page.area.view, True, Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True, 0)
    settle(page)
    assert database.reviews.progress().reviewed == 0
    assert page.doing.next.autoRepeat()
    assert not any(action.autoRepeat() for action in page.doing.keys.values())


def test_a_part_of_the_photos_is_said_to_be_one_and_left_by_a_tap(page, database):
    here = Place("래미안", "101", "1502")
    add_photos(database, {"here.jpg": verdict(MOULD, 0.9)}, here, "/다른")
    page.open(HistoryFilter(place={PlacePart.UNIT: "1502"}))
    settle(page)
    assert len(page.reviewer.roll) == 1
    tap(page, "Only a part")
    settle(page)
    database.places.use(here._replace(room="거실"))
    tap(page, "This unit")
    settle(page)
    assert page.progress.accessibleName() == "0 of 1 reviewed, 0 left to check"
    tap(page, "Only a part")
    settle(page)
    assert len(page.reviewer.roll) == 7
    with pytest.raises(StopIteration):
        button(page, "Only a part")


def test_being_nowhere_in_particular_narrows_nothing(page):
    tap(page, "This unit")
    settle(page)
    assert len(page.reviewer.roll) == 5


def test_it_is_one_of_the_windows_pages(program, paths):
    with Database.open(paths.database) as database:
        day(database)
    page = visit(program.window, "review")
    settle(page)
    assert name(page) == "check1.jpg"
    press(page, Key.Key_Return)
    settle(page)
    program.preferences.change(language=Language.KOREAN)
    wait_until(lambda: program.window.pages.page("review") not in (page, None))
    page = program.window.pages.page("review")
    settle(page)
    assert page.doing.accept.text() == "승인"
    assert page.progress.accessibleName().startswith("5장 중 1장")


@pytest.mark.parametrize("key", [Key.Key_N, Key.Key_Return, Key.Key_1])
def test_who_decides_about_a_list_that_a_restored_backup_replaced_is_told_in_one_sentence(program, paths, key):
    with Database.open(paths.database) as database:
        empty = back_up(paths.database, BackupReason.ON_REQUEST).path
        day(database)
    page = visit(program.window, "review")
    settle(page)
    restore(paths.database, empty)
    with Database.open(paths.database) as database:
        add_photos(database, {f"other{number}.jpg": verdict(STAIN, 0.5, check=True) for number in range(6)})
        press(page, key)
        settle(page)
        assert program.window.messages.text.startswith("The results database was replaced by a backup meanwhile")
        assert not program.window.messages.findChild(QPushButton).isVisible()  # nothing to report, nor to try again
        assert name(page).startswith("other")
        assert database.reviews.progress().reviewed == 0
        press(page, Key.Key_N)
        settle(page)
        assert database.reviews.progress().reviewed == 1


def test_the_defects_that_were_named_for_a_photo_are_not_saved_for_the_one_with_its_number(program, paths):
    with Database.open(paths.database) as database:
        empty = back_up(paths.database, BackupReason.ON_REQUEST).path
        day(database)
    page = visit(program.window, "review")
    settle(page)
    press(page, Key.Key_M, Key.Key_2)
    assert len(page.named) == 2
    restore(paths.database, empty)
    with Database.open(paths.database) as database:
        add_photos(database, {f"other{number}.jpg": verdict(STAIN, 0.5, check=True) for number in range(6)})
    page.reviewer.refresh()
    settle(page)
    assert name(page).startswith("other")
    assert page.named == []


@pytest.mark.parametrize("full_to_the_end", [False, True])
def test_closing_says_what_would_be_lost_and_tries_once_more_to_save_it(
    program, paths, dialogs, monkeypatch, full_to_the_end
):
    with Database.open(paths.database) as database:
        day(database)
    page = visit(program.window, "review")
    settle(page)

    def fail(*_):
        raise FULL

    with monkeypatch.context() as patch:
        for way in ("accept", "set_state"):
            patch.setattr(Reviews, way, fail)
        press(page, Key.Key_Return, Key.Key_N)
        settle(page)
        program.window.close()
        assert program.window.isVisible()
        assert dialogs.stakes == ["2 decisions are not saved and would be lost."]
        if not full_to_the_end:
            patch.undo()
        dialogs.questions.pop()()
        wait_until(lambda: not program.window.isVisible())
    with Database.open(paths.database) as database:
        assert database.reviews.progress().reviewed == (0 if full_to_the_end else 2)


def test_what_is_decided_shows_on_the_list_of_the_inspection(program, paths, work, preferences):
    with Database.open(paths.database) as database:
        day(database)
        work.stored = list(database.all_records())
    inspection, real = program.inspection, real_services(paths, lambda: preferences.value)
    inspection.services = inspection.services._replace(remarks=real.remarks)
    program.start()
    listing = inspection.model.listing
    wait_until(lambda: len(listing.records) == 6)
    assert (listing.states[State.CHECK], listing.states[State.HUMAN]) == (2, 0)
    page = visit(program.window, "review")
    settle(page)
    press(page, Key.Key_N)
    program.window.pages.turn_to("inspect")
    wait_until(lambda: (listing.states[State.CHECK], listing.states[State.HUMAN]) == (1, 1))
    real.close()


def test_it_tells_which_photos_a_person_said_something_of(page, behind, monkeypatch):
    monkeypatch.setattr(steps, "FEW", 1)
    press(page, Key.Key_N)
    settle(page)
    page.reviewer.accept_sure(0.85, False)
    settle(page)
    press(page, Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    settle(page)
    assert [sorted(photos) for photos in behind.reviewed] == [[2], [1, 3], [1, 3]]


def test_another_page_opens_it_at_exactly_that_photo(program, paths):
    with Database.open(paths.database) as database:
        day(database)
        accept(database, [1])
    pages = program.window.pages
    history = visit(program.window, "history")
    wait_until(lambda: history.settled and history.model.rowCount() == 6)
    for photo in (1, 3):  # one that is reviewed, and so not in the list; and one when the page is there already
        pages.turn_to("history")
        row = next(row for row in range(6) if history.model.record(row).photo_id == photo)
        history.table.opened.emit(row)
        QTest.keyClick(history.photo.view, Key.Key_R)
        assert pages.key == "review"
        wait_until(lambda: pages.complete)
        settle(pages.page("review"))
        assert pages.page("review").reviewer.current.photo_id == photo
