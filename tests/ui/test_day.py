"""A whole day on site, through the real window over the real work: nothing of it is lost overnight."""

import shutil
import threading
import time
from contextlib import contextmanager

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from defect_desktop.core.history import HistoryFilter
from defect_desktop.core.place import Place, PlacePart
from defect_desktop.core.review import ReviewState
from defect_desktop.language import Language
from defect_desktop.paths import Paths
from defect_desktop.preferences import Preferences, load_preferences, save_preferences
from defect_desktop.store.database import Database
from defect_desktop.ui.pages.settings.services import real_settings_services
from defect_desktop.ui.preference_store import PreferenceStore
from defect_desktop.ui.program import Program
from defect_desktop.ui.services import real_services
from defect_desktop.ui.session import Activity
from tests.capture.cameras import write_video
from tests.photos import save_photos, scene
from tests.ui.fakes import let_answer, visit, wait_until
from tests.ui.heart import LONGEST_GAP, Heart, Sleeper

pytestmark = pytest.mark.slow

UNIT = Place(project="한빛", building="103동", unit="1502호")
IMPORTED, ARRIVING = 6, 3
PATIENCE = 90
Key = Qt.Key


@contextmanager
def opened(application, paths, dialogs, heart=None):
    """The program as it stands from its start to its end; the heart beats while its event loop runs."""
    preferences = PreferenceStore(paths.preferences, load_preferences(paths.preferences)[0])
    chosen = lambda: preferences.value  # noqa: E731
    services, settings = real_services(paths, chosen), lambda: real_settings_services(paths, chosen)
    program = Program(application, paths, services, settings, preferences, dialogs)
    window = program.window
    started = []
    window.appeared.connect(lambda: started.append(program.start()))
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    try:
        with (heart or Heart()).beating():
            wait_until(lambda: started and program.inspection.session.activity is Activity.IDLE, PATIENCE)
            yield program
            window.pages.stop_work()
            wait_until(lambda: not window.pages.working, PATIENCE)
            window.close()
    finally:
        program.shut_down()
        window.deleteLater()
        program.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def rest():
    """A person does one thing after another: the window may answer in between."""
    let_answer(10)


def press(page, key, modifier=Qt.KeyboardModifier.NoModifier):
    rest()
    QTest.keyClick(page.focusWidget() or page, key, modifier)


def click(parent, text):
    (button,) = (one for one in parent.findChildren(QAbstractButton) if one.isVisible() and text in one.text())
    rest()
    button.click()


def turn_to(program, key):
    rest()
    return visit(program.window, key)


def choose_unit(page):
    page.places.chips[PlacePart.PROJECT].click()
    picker = page.places.picker
    for value in (UNIT.project, UNIT.building, UNIT.unit):
        picker.new_value.setText(value)  # QTest types no Korean
        press(picker.new_value, Key.Key_Return)
    click(picker, "Done")
    assert page.places.place == UNIT


def import_folder(program, page, dialogs, folder):
    dialogs.folder = folder
    press(page, Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: program.inspection.model.rowCount() == IMPORTED, PATIENCE)
    wait_until(lambda: "Done" in program.window.messages.text, PATIENCE)


def copy_slowly(photos, folder):
    """As a card reader does: bit by bit."""
    for photo in photos:
        content = photo.read_bytes()
        with (folder / photo.name).open("wb") as file:
            for start in range(0, len(content), 2000):
                file.write(content[start : start + 2000])
                file.flush()
                time.sleep(0.1)


def watch_folder(program, page, dialogs, photos, folder):
    folder.mkdir()
    dialogs.folder = folder
    page.watch_action.trigger()
    copying = threading.Thread(target=copy_slowly, args=(photos, folder))
    copying.start()
    wait_until(lambda: program.inspection.model.rowCount() == ARRIVING, PATIENCE)
    copying.join()
    assert all(record.outcome.verdict for record in program.inspection.model.listing.records)
    click(page, "Stop watching")
    wait_until(lambda: program.inspection.session.activity is Activity.IDLE, PATIENCE)


def photograph(program):
    page = turn_to(program, "camera")
    wait_until(lambda: page.view.notice == "" and page.session.running, PATIENCE)
    wait_until(lambda: page.place_bar.place == UNIT)
    seen = []
    page.session.seen.connect(seen.append)
    wait_until(lambda: len(seen) > 2, PATIENCE)
    press(page, Key.Key_Space)
    wait_until(lambda: len(page.strip.records) == 1, PATIENCE)
    session = page.session
    turn_to(program, "inspect")
    assert program.inspection.model.rowCount() == ARRIVING + 1  # the list of the watched folder, and the photo
    wait_until(lambda: not session.running, PATIENCE)


def swipe(view, by):
    rest()
    fingers, start = QTest.createTouchDevice(), view.rect().center()
    for act, at in (("press", start), ("move", start + QPoint(by, 2)), ("release", start + QPoint(by, 2))):
        sequence = QTest.touchEvent(view, fingers, autoCommit=False)
        getattr(sequence, act)(0, at, view)
        sequence.commit()


def review(program):
    """Accepts one, corrects one, takes a third decision back; the photos that were left alone stay open."""
    page = turn_to(program, "review")
    settled = lambda: not page.reviewer.desk.busy and page.reviewer.current is not None  # noqa: E731
    wait_until(settled, PATIENCE)
    decided = []
    for key in (Key.Key_A, Key.Key_N, Key.Key_T):
        decided.append(page.reviewer.current.photo_id)
        press(page, key)
        wait_until(settled, PATIENCE)
    press(page, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_until(settled, PATIENCE)
    before = page.reviewer.current.photo_id
    swipe(page.area.view, -150)
    after = page.reviewer.current.photo_id
    assert after != before
    return decided


def export(program, dialogs, target):
    page = turn_to(program, "history")
    wait_until(lambda: page.settled and page.model.rowCount() == IMPORTED + ARRIVING + 1, PATIENCE)
    rest()
    page.show_only(HistoryFilter(reviews=frozenset({ReviewState.ACCEPTED})))
    wait_until(lambda: page.settled and page.model.rowCount() == 1, PATIENCE)
    dialogs.csv = target
    click(page, "Export CSV")
    wait_until(target.exists, PATIENCE)
    wait_until(lambda: not page.working, PATIENCE)


@pytest.fixture
def paths(tmp_path, tiny_shelf):
    return Paths(Paths.find().assets, tiny_shelf, tmp_path / "data")


@pytest.fixture
def heart():
    return Heart()


@pytest.fixture
def sleeper():
    sleeper = Sleeper()
    yield sleeper
    sleeper.wake()


@pytest.fixture
def day(heart, sleeper, application, paths, dialogs, tmp_path, complaints):
    """Spends the day; gives the photos that were decided about."""
    film = write_video(tmp_path / "film.avi", [np.asarray(scene(640, 480, seed)) for seed in range(6)])
    chosen = Preferences(language=Language.ENGLISH, camera=str(film), pack="tiny", engine="torch", device="cpu")
    save_preferences(paths.preferences, chosen)
    save_photos(tmp_path / "card", IMPORTED)
    late = save_photos(tmp_path / "late", ARRIVING, start=100)
    with opened(application, paths, dialogs, heart) as program:
        page = program.window.pages.page("inspect")
        choose_unit(page)
        import_folder(program, page, dialogs, tmp_path / "card")
        watch_folder(program, page, dialogs, late, tmp_path / "synced")
        photograph(program)
        decided = review(program)
        export(program, dialogs, tmp_path / "accepted.csv")
        rest()
    return decided


def test_a_whole_day_is_there_the_next_morning(
    day, heart, sleeper, application, paths, dialogs, tmp_path, record_property
):
    decided = day
    assert len((tmp_path / "accepted.csv").read_text("utf-8-sig").splitlines()) == 2
    shutil.rmtree(tmp_path / "card")  # the card is back in the camera
    with Database.open(paths.database) as database:
        records = list(database.all_records())
        assert len(records) == IMPORTED + ARRIVING + 1
        assert {record.remarks.place for record in records} == {UNIT}
        states = {record.photo_id: record.remarks.review.state for record in records}
        wanted = {decided[0]: ReviewState.ACCEPTED, decided[1]: ReviewState.NOT_A_DEFECT}
        assert {photo: states[photo] for photo in wanted} == wanted
        assert states[decided[2]] is ReviewState.UNREVIEWED
        assert database.places.current() == UNIT
    with opened(application, paths, dialogs, heart) as program:
        history = turn_to(program, "history")
        wait_until(lambda: history.settled and history.model.rowCount() == IMPORTED + ARRIVING + 1, PATIENCE)
        assert program.window.pages.page("inspect").results.table.model().rowCount()
        rest()
    sleeper.wake()
    longest = sleeper.longest(heart.gaps)
    record_property("longest gap of the event loop, ms", round(1000 * longest))
    assert longest <= LONGEST_GAP
