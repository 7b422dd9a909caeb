"""What the frame promises its pages, and its pages the frame."""

import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout

from defect_desktop.core.place import PlacePart
from defect_desktop.language import Language
from defect_desktop.preferences import TEXT_SIZES
from defect_desktop.ui.app import Program
from defect_desktop.ui.loading import LOADING
from defect_desktop.ui.navigation import Page, PageEntry
from defect_desktop.ui.page_stack import PageStack
from tests.ui.fakes import let_answer, make_record, wait_until


class Diary(Page):
    """Notes what happens to it."""

    made = 0

    def __init__(self, context, notes):
        super().__init__()
        type(self).made += 1
        self.context, self.notes, self.busy = context, notes, False
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)

    @property
    def working(self):
        return self.busy

    def stop_work(self):
        self.notes.append("stop")
        self.busy = False

    def shown(self):
        self.notes.append("shown")

    def hidden(self):
        self.notes.append("hidden")

    def memory(self):
        return self.field.text()

    def recall(self, memory):
        self.field.setText(memory)

    def close_page(self):
        self.notes.append("closed")


@pytest.fixture
def notes():
    return []


@pytest.fixture
def faults():
    """Errors that the fourth page raises in its factory, one a time."""
    return []


@pytest.fixture(autouse=True)
def entries(monkeypatch, notes, faults):
    from defect_desktop.ui import program, registry

    def broken(context):
        if faults:
            raise faults.pop()
        return Diary(context, notes)

    def page_entries(parts):
        own = (
            PageEntry("diary", "Diary", "history", lambda context: Diary(context, notes)),
            PageEntry("broken", "Broken", "history", broken),
        )
        return (*registry.page_entries(parts), *own)

    monkeypatch.setattr(program, "page_entries", page_entries)
    Diary.made = 0


def to(window, key):
    return window.findChild(QToolButton, f"to_{key}")


def go(window, key):
    to(window, key).click()
    wait_until(lambda: window.pages.complete)


def test_a_page_is_made_on_its_first_visit_and_hears_of_every_visit(window, notes):
    assert notes == []
    go(window, "diary")
    assert window.pages.key == "diary"
    go(window, "inspect")
    go(window, "diary")
    assert notes == ["shown", "hidden", "shown"]
    assert Diary.made == 1
    go(window, "diary")
    assert notes == ["shown", "hidden", "shown"]


def test_who_turns_on_and_back_before_a_page_is_begun_is_at_the_same_page(window):
    go(window, "inspect")
    here = window.pages.currentWidget()
    window.pages.turn_to("diary")
    window.pages.turn_to("inspect")
    let_answer(50)
    assert window.pages.currentWidget() is here is window.pages.page("inspect")
    assert window.pages.complete
    assert Diary.made == 0


def test_keys_lead_to_every_page(window):
    for place, key in enumerate(window.pages._entries):
        QTest.keyClick(window, Qt.Key.Key_1 + place, Qt.KeyboardModifier.ControlModifier)
        assert window.pages.key == key
        assert to(window, key).isChecked()
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert window.pages.key == "help"


def test_the_rail_can_be_walked_with_tab_and_has_names(window):
    for key in window.pages._entries:
        button = to(window, key)
        assert button.focusPolicy() == Qt.FocusPolicy.StrongFocus
        assert button.accessibleName()
        assert min(button.width(), button.height()) >= 44


def test_the_rail_lies_at_the_foot_of_an_upright_window(window):
    window.resize(QSize(1280, 800))
    wait_until(lambda: to(window, "settings").y() > to(window, "inspect").y())
    assert window.navigation.height() == window.centralWidget().height()
    window.resize(QSize(800, 1280))
    wait_until(lambda: to(window, "settings").x() > to(window, "inspect").x())
    assert window.navigation.geometry().bottom() == window.centralWidget().rect().bottom()
    assert window.navigation.width() == window.centralWidget().width()


def test_a_new_look_makes_a_new_page_that_goes_on_where_the_old_one_was(window, preferences, notes):
    go(window, "diary")
    window.pages.page("diary").field.setText("half a sentence")
    preferences.change(theme="dark")
    wait_until(lambda: Diary.made == 2 and window.pages.complete)
    renewed = window.pages.page("diary")
    assert Diary.made == 2
    assert renewed.field.text() == "half a sentence"
    assert renewed.context.look.theme.colour("window").lightness() < 60
    assert notes == ["shown", "hidden", "closed", "shown"]


def test_a_page_out_of_sight_is_renewed_when_it_is_visited(window, preferences):
    go(window, "diary")
    go(window, "inspect")
    preferences.change(text_size=150)
    wait_until(lambda: window.pages.page("diary") is None)
    assert Diary.made == 1
    go(window, "diary")
    assert Diary.made == 2


def test_a_working_page_is_left_alone_until_its_work_is_over(window, preferences):
    go(window, "diary")
    page = window.pages.page("diary")
    page.busy, rail = True, window.navigation
    preferences.change(theme="dark")
    wait_until(lambda: window.pages.page("inspect") is None)
    assert window.pages.page("diary") is page
    wait_until(lambda: window.navigation is not rail)
    assert to(window, "diary").isChecked()
    page.busy = False
    wait_until(lambda: window.pages.page("diary") not in (page, None))


def test_what_is_asked_when_the_look_changes_is_answered_to_the_page_that_asked(program, window, preferences, work):
    page = window.pages.page("inspect")
    page.places.pick(PlacePart.UNIT)
    picker = page.places.picker
    renewed = window.navigation
    preferences.change(theme="dark")
    wait_until(lambda: window.navigation is not renewed)
    QTest.keyClicks(picker.new_value, "1502")
    QTest.mouseClick(picker.done_button, Qt.MouseButton.LeftButton)
    wait_until(lambda: window.pages.page("inspect") not in (page, None))
    wait_until(lambda: window.pages.page("inspect").places.place.unit == "1502")


def test_a_page_that_cannot_be_made_costs_only_itself(window, faults, caplog):
    faults.append(ZeroDivisionError("in a factory"))
    go(window, "broken")
    assert "unexpected" in window.messages.text
    assert "in a factory" in caplog.text
    go(window, "inspect")
    go(window, "broken")
    button = next(one for one in window.pages.currentWidget().findChildren(QPushButton))
    button.click()
    wait_until(lambda: isinstance(window.pages.currentWidget(), Diary))


def test_a_page_that_cannot_be_furnished_costs_only_itself(window, monkeypatch, caplog):
    def furnish():
        yield
        raise ZeroDivisionError("after the first step")

    monkeypatch.setattr(window.pages.currentWidget(), "furnish", furnish)
    assert list(window.pages.furnish()) == [None]
    assert "unexpected" in window.messages.text
    assert "after the first step" in caplog.text


def test_who_turns_on_before_the_window_is_painted_has_each_page_furnished_once(window):
    furnished = []

    class Room(Page):
        def furnish(self):
            furnished.append(self)
            yield

    entries = [PageEntry(key, key, "help", lambda context: Room()) for key in ("first", "second")]
    stack = PageStack(entries, lambda: None)
    stack.turn_to("first")
    stack.turn_to("second")
    for _ in stack.furnish():
        pass
    assert furnished == [stack.page("second"), stack.page("first")]
    stack.close_pages()


def test_a_page_that_is_thrown_away_is_furnished_no_further(window):
    steps = window.pages.furnish()
    next(steps)
    window.pages.renew()
    assert list(steps) == []
    assert window.messages.text == ""


@contextmanager
def loading_elsewhere():
    """Another thread is at it."""
    held, over = threading.Event(), threading.Event()

    def load_long():
        with LOADING:
            held.set()
            over.wait()

    thread = threading.Thread(target=load_long)
    thread.start()
    held.wait()
    try:
        yield
    finally:
        over.set()
        thread.join()


def test_a_page_waits_for_what_another_thread_loads_and_the_window_does_not(window, tmp_path, monkeypatch):
    package = tmp_path / "rooms_of_one_page"
    package.mkdir()
    for name in ("__init__", "hall", "room"):
        (package / f"{name}.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    loaded = lambda: {name for name in sys.modules if name.startswith(package.name)}  # noqa: E731
    first = PageEntry("first", "first", "help", lambda context: Page())
    other = PageEntry("other", "other", "help", lambda context: Page(), (package.name,))
    stack = PageStack([first, other], lambda: None)
    stack.turn_to("first")
    stack.come_to_sight()
    with loading_elsewhere():
        stack.turn_to("other")
        QTest.qWait(100)
        assert stack.page("other") is None
        assert not loaded() - {package.name}
        stack.turn_to("first")
        assert stack.currentWidget() is stack.page("first")
        stack.turn_to("other")
    wait_until(lambda: stack.complete)
    assert stack.currentWidget() is stack.page("other")
    assert loaded() == {package.name, f"{package.name}.hall", f"{package.name}.room"}
    stack.close_pages()


def test_closing_asks_and_waits_for_the_work_of_any_page(window, dialogs, notes):
    go(window, "diary")
    window.pages.page("diary").busy = True
    go(window, "inspect")
    window.close()
    assert window.isVisible()
    dialogs.questions.pop()()
    wait_until(lambda: not window.isVisible())
    assert "stop" in notes


def test_the_language_changes_everywhere_without_a_restart(program, window, preferences, work):
    work.stored = [make_record(number) for number in range(5)]
    program.start()
    wait_until(lambda: program.inspection.model.rowCount() == 5)
    page = window.pages.page("inspect")
    page.results.opened.emit(program.inspection.model.record(1))
    preferences.change(language=Language.KOREAN)
    wait_until(lambda: window.pages.page("inspect") not in (page, None))
    renewed = window.pages.page("inspect")
    assert renewed is not page
    assert renewed.choose_action.text() == "폴더 선택…"
    assert renewed.photo.record is program.inspection.model.record(1)
    assert program.inspection.model.headerData(0, Qt.Orientation.Horizontal) == "사진"
    assert "연습용" in renewed.notice.accessibleName()


def test_a_photo_of_a_list_that_is_gone_does_not_come_back_with_another_look(program, window, preferences, work):
    page = window.pages.page("inspect")
    work.records = [make_record(1)]
    program.take((Path("/photos"),))
    wait_until(lambda: program.inspection.model.rowCount() == 1 and program.inspection.session.idle)
    page.results.opened.emit(program.inspection.model.record(0))
    work.records = [make_record(2)]
    program.take((Path("/others"),))
    wait_until(lambda: page.views.currentWidget() is page.results and program.inspection.session.idle)
    preferences.change(theme="dark")
    wait_until(lambda: window.pages.page("inspect") not in (page, None))
    renewed = window.pages.page("inspect")
    assert renewed.views.currentWidget() is renewed.results


def test_other_data_makes_pages_forget_what_they_were_at(window):
    go(window, "diary")
    window.pages.page("diary").field.setText("half a sentence")
    go(window, "inspect")
    window.pages.renew()
    go(window, "diary")
    assert window.pages.page("diary").field.text() == ""


def test_other_data_makes_a_page_that_was_busy_then_forget_too(window):
    go(window, "diary")
    diary = window.pages.page("diary")
    diary.field.setText("of a photo that is gone")
    diary.busy = True
    go(window, "settings")
    window.pages.renew()
    wait_until(lambda: window.pages.complete)
    diary.busy = False
    go(window, "diary")
    assert window.pages.page("diary") is not diary
    assert window.pages.page("diary").field.text() == ""


def test_a_run_goes_on_while_the_look_changes(program, window, preferences, work):
    work.go_on.clear()
    program.inspection.classify((Path("/photos"),))
    wait_until(lambda: program.inspection.model.rowCount() == 4)
    before = window.pages.page("inspect")
    preferences.change(theme="dark")
    wait_until(lambda: window.pages.page("inspect") not in (before, None))
    page = window.pages.page("inspect")
    assert "4 of 12" in page.progress.line
    assert page.progress.isVisible()
    work.go_on.set()
    wait_until(lambda: "Done" in window.messages.text)
    assert page.results.table.model().rowCount() == 12
    assert not page.progress.isVisible()


def test_the_message_stays_when_the_look_changes(program: Program, window, preferences, work):
    program.inspection.classify((Path("/photos"),))
    wait_until(lambda: "Done" in window.messages.text)
    before = window.messages
    preferences.change(theme="dark")
    wait_until(lambda: window.messages is not before)
    assert "Done" in window.messages.text


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("text_size", TEXT_SIZES)
def test_what_to_do_at_first_is_read_whole_on_a_small_tablet_held_upright(program, preferences, text_size):
    window = program.window
    before = window.messages
    preferences.change(text_size=text_size)
    window.resize(600, 960)
    wait_until(lambda: text_size == TEXT_SIZES[0] or window.messages is not before)
    wait_until(lambda: window.pages.complete)
    start = window.pages.page("inspect").start
    assert start.minimumSizeHint().width() <= start.width() <= 600
    for each in start.findChildren(QLabel):
        assert each.heightForWidth(each.width()) <= each.height()
