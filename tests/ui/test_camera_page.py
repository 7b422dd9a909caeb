"""The camera page: events fed by hand, and a real video file through the real workflow."""

from __future__ import annotations

import queue
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from defect_desktop.capture.camera import CameraState, CameraStatus, Frame
from defect_desktop.capture.video import Backend
from defect_desktop.core.place import Place
from defect_desktop.core.quality import QualityFinding
from defect_desktop.errors import PackError
from defect_desktop.language import Bilingual
from defect_desktop.store.database import Database
from defect_desktop.ui.appearance import Appearance
from defect_desktop.ui.navigation import PageContext
from defect_desktop.ui.pages.camera.page import CameraPage
from defect_desktop.ui.pages.camera.services import CameraServices, camera_services
from defect_desktop.ui.pages.camera.sight import HINT_SECONDS, Hints, Sight
from defect_desktop.ui.places.services import PlaceServices
from defect_desktop.workflows.inspect_live import Captured, Live, NotCaptured, Seen
from tests.capture.cameras import write_video
from tests.photos import scene
from tests.ui.fakes import make_card, make_record, make_verdict, painted_on, wait_until

pytestmark = pytest.mark.usefixtures("complaints")

KITCHEN = Place(unit="101", room="주방")
UNPLUGGED = Bilingual(ko="연결이 끊어졌습니다.", en="The plug was pulled.")
LIVE = Live(make_card(), "torch", "cpu", "")


class Work:
    """What the page has done for it: an inspection that tells what a test puts into `events`."""

    def __init__(self):
        self.events = queue.SimpleQueue()
        self.begun, self.ended = [], []
        self.shutter = None
        self.told, self.failures, self.visited, self.captured, self.moved = [], [], [], [], []
        self.closed = False
        self.loaded = threading.Event()
        self.loaded.set()

    def inspect(self, chosen, shutter):
        self.begun.append(chosen)
        self.shutter = shutter
        self.loaded.wait(10)
        yield LIVE
        try:
            while True:
                try:
                    event = self.events.get(timeout=0.02)
                except queue.Empty:
                    yield CameraStatus(CameraState.LIVE)
                    continue
                if isinstance(event, Exception):
                    raise event
                yield event
        finally:
            self.ended.append(threading.current_thread() is threading.main_thread())

    def services(self):
        def show_photo(path, width, height):
            return np.full((height, width, 3), 128, np.uint8)

        def close():
            self.closed = True

        places = PlaceServices(lambda: KITCHEN, lambda place: None, lambda part, within: [])
        return CameraServices(self.inspect, lambda: [Backend.AUTO, Backend.V4L2], places, show_photo, close)


def seen(number, shade=128, quality=()):
    verdict = make_verdict(number)
    pixels = np.full((90, 160, 3), shade, np.uint8)
    return Seen(Frame(pixels, time.monotonic()), verdict, verdict, quality, 0.01)


def middle(page):
    """The shade in the middle of the picture as it is painted."""
    return page.view.grab().toImage().pixelColor(page.view.rect().center()).red()


@pytest.fixture
def behind():
    return Work()


@pytest.fixture
def make_page(application, paths, preferences, behind):
    pages = []
    appearance = Appearance(application, preferences, paths.assets)

    def make(services):
        heard = (behind.told, behind.failures, behind.visited, behind.captured, behind.moved)
        look, tell = appearance.look, [one.append for one in heard]
        context = PageContext(look, preferences, *tell, reviewed=lambda photos: None, means_changed=lambda: None)
        page = CameraPage(context, services)
        pages.append(page)
        page.resize(1140, 760)
        page.show()
        page.activateWindow()
        assert QTest.qWaitForWindowActive(page)
        page.setFocus()
        page.shown()
        return page

    yield make
    for page in pages:
        page.hidden()
        page.close_page()
        page.deleteLater()
    appearance.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def page(make_page, behind):
    page = make_page(behind.services())
    wait_until(lambda: not page.session.loading and page.place_bar.place == KITCHEN)
    return page


def test_only_the_newest_frame_is_painted(page, behind):
    shown = []
    page.session.seen.connect(shown.append)
    for number in range(20):
        behind.events.put(seen(number, shade=10 * number))
    wait_until(lambda: middle(page) == 190)
    assert len(shown) < 10
    assert shown[-1].running == make_verdict(19)


def test_the_running_verdict_is_said_with_its_state(page, behind):
    behind.events.put(seen(0))
    wait_until(lambda: page.verdict.text.endswith("62%, Sure"))
    behind.events.put(seen(1))
    wait_until(lambda: page.verdict.text.endswith("Needs check"))
    assert page.verdict.accessibleName() == page.verdict.text


def test_hints_stand_above_the_picture_and_go_again(page, behind):
    behind.events.put(seen(0, quality=(QualityFinding.BLURRED,)))
    wait_until(lambda: page.view.hints == (QualityFinding.BLURRED.sentence.en,))
    later = seen(0)
    behind.events.put(replace(later, frame=Frame(later.frame.pixels, time.monotonic() + HINT_SECONDS)))
    wait_until(lambda: page.view.hints == ())


def test_a_hint_outlasts_the_frames_that_do_not_give_it():
    hints = Hints()
    image = None

    def sight(taken, *quality):
        return Sight(image, make_verdict(0), quality, taken)

    assert hints.add(sight(0.0, QualityFinding.DARK)) == (QualityFinding.DARK,)
    assert hints.add(sight(0.5, QualityFinding.BLURRED)) == (QualityFinding.DARK, QualityFinding.BLURRED)
    assert hints.add(sight(1.2)) == (QualityFinding.BLURRED,)
    assert hints.add(sight(1.6)) == ()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_VolumeUp, Qt.Key.Key_VolumeDown, None])
def test_a_key_or_a_tap_takes_one_photo_in_this_place(page, behind, key):
    if key is None:
        QTest.mouseClick(page.shutter, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(page, key)
    _, place = behind.shutter.pressed()
    assert place == KITCHEN
    assert page.working
    assert not page.shutter.isEnabled()
    behind.events.put(Captured(make_record(1)))
    wait_until(lambda: bool(page.card.text))
    assert not page.working
    assert page.shutter.isEnabled()
    assert page.strip.records == (make_record(1),)


def test_no_photo_is_taken_later_of_who_knows_what_where_it_was_asked_for_before_there_was_anything_to_see(
    make_page, behind
):
    behind.loaded.clear()
    page = make_page(behind.services())
    wait_until(lambda: behind.shutter is not None)
    QTest.keyClick(page, Qt.Key.Key_Space)
    assert behind.shutter.pressed() is None
    assert not page.working
    behind.loaded.set()
    wait_until(lambda: not page.session.loading)
    QTest.keyClick(page, Qt.Key.Key_Space)
    assert behind.shutter.pressed() is not None
    behind.events.put(Captured(make_record(1)))
    wait_until(lambda: not page.working)


def test_the_card_says_what_is_wrong_and_retakes_and_leads_to_the_review(page, behind):
    record = make_record(1)
    behind.events.put(Captured(replace(record, outcome=replace(record.outcome, quality=(QualityFinding.DARK,)))))
    wait_until(lambda: QualityFinding.DARK.sentence.en in page.card.text)
    assert page.view.rect().contains(page.card.geometry())
    QTest.mouseClick(page.card.retake_button, Qt.MouseButton.LeftButton)
    assert behind.shutter.pressed()
    behind.events.put(Captured(make_record(2)))
    wait_until(lambda: len(page.strip.records) == 2)
    assert [one.photo_id for one in page.strip.records] == [2, 1]
    assert [one.photo_id for one in behind.captured] == [1, 2]
    QTest.mouseClick(page.card.review_button, Qt.MouseButton.LeftButton)
    assert behind.visited == [2]


def test_a_photo_that_could_not_be_taken_is_told_in_words(page, behind):
    page.take_photo()
    behind.events.put(NotCaptured(UNPLUGGED))
    wait_until(lambda: bool(behind.told))
    assert behind.told[0].text == UNPLUGGED.en
    assert page.shutter.isEnabled()


def test_a_lost_camera_is_said_over_its_last_picture_until_it_is_back(page, behind):
    behind.events.put(CameraStatus(CameraState.LOST, UNPLUGGED))
    wait_until(lambda: page.view.notice == UNPLUGGED.en)  # it was never there
    behind.events.put(seen(0, shade=200))
    wait_until(lambda: page.view.notice == "")
    behind.events.put(CameraStatus(CameraState.LOST, UNPLUGGED))
    wait_until(lambda: page.view.notice == f"Camera lost – reconnecting\n{UNPLUGGED.en}")
    assert page.view.has_picture
    assert page.verdict.text == ""
    behind.events.put(seen(0))
    wait_until(lambda: page.view.notice == "")


def test_a_camera_that_was_never_there_is_not_lost_and_shows_nothing_of_the_one_before(page, behind):
    behind.events.put(seen(0, shade=200))
    wait_until(lambda: page.view.has_picture)
    page.choose_camera()
    page.picker.picked.emit("rtsp://door/1", "auto")
    wait_until(lambda: len(behind.begun) == 2)
    behind.events.put(CameraStatus(CameraState.LOST, UNPLUGGED))
    wait_until(lambda: page.view.notice == UNPLUGGED.en)
    assert not page.view.has_picture


def test_the_camera_is_open_only_while_the_page_is_in_front(page, behind):
    page.hidden()
    wait_until(lambda: not page.session.running)
    assert behind.ended == [False]
    page.shown()
    wait_until(lambda: len(behind.begun) == 2)
    page.hidden()
    page.shown()  # at once: the camera is let go first
    wait_until(lambda: len(behind.begun) == 3)
    assert len(behind.ended) == 2


def test_a_photo_that_was_asked_for_is_taken_before_the_camera_is_let_go(page, behind):
    page.take_photo()
    page.hidden()
    assert page.session.running
    assert page.working
    behind.events.put(Captured(make_record(3)))
    wait_until(lambda: not page.session.running)
    assert page.strip.records == (make_record(3),)


def test_another_camera_is_remembered_and_opened(page, behind, preferences):
    page.choose_camera()
    picker = page.picker
    (other,) = (one for one in picker.findChildren(QAbstractButton) if one.text() == "Another")
    other.click()
    assert not picker.use_button.isEnabled()
    picker.address.setText(" rtsp://me:secret@door/1 ")
    (v4l2,) = (one for one in picker.findChildren(QAbstractButton) if one.text() == "V4L2")
    v4l2.click()
    picker.use_button.click()
    wait_until(lambda: len(behind.begun) == 2)
    assert behind.begun[1].camera == preferences.value.camera == "rtsp://me:secret@door/1"
    assert behind.begun[1].camera_back_end == "v4l2"
    assert page.choice.text().strip() == "door"


def test_a_camera_is_named_with_every_character_of_its_address(page, preferences):
    page.choose_camera()
    page.picker.picked.emit("/cameras/A&B.mp4", "auto")
    assert painted_on(page.choice).strip() == str(Path("/cameras/A&B.mp4"))


def test_an_inspection_that_ends_is_told_and_can_be_begun_again(page, behind):
    error = PackError(ko="팩이 없습니다.", en="There is no pack.")
    behind.events.put(error)
    wait_until(lambda: not page.session.running)
    assert behind.failures == [error]
    assert "again" in page.view.notice
    QTest.mouseClick(page.shutter, Qt.MouseButton.LeftButton)
    wait_until(lambda: len(behind.begun) == 2)


@pytest.mark.parametrize("size", [QSize(1140, 760), QSize(768, 1180)])
def test_everything_fits_and_can_be_hit(page, behind, size):
    behind.events.put(Captured(make_record(1)))
    wait_until(lambda: bool(page.card.text))
    page.resize(size)
    wait_until(lambda: page.view.width() > 0.5 * size.width())
    assert page.size() == size
    assert min(page.shutter.width(), page.shutter.height()) >= 72
    for button in page.findChildren(QAbstractButton):
        if button.isVisible():
            assert min(button.width(), button.height()) >= 44, button.accessibleName()
            assert button.accessibleName() or button.text()


def test_what_was_taken_is_still_there_after_a_new_look(page, make_page, behind):
    behind.events.put(Captured(make_record(1)))
    wait_until(lambda: bool(page.strip.records))
    other = make_page(behind.services())
    other.recall(page.memory())
    assert other.strip.records == page.strip.records


def test_a_video_is_inspected_and_a_photo_stored(make_page, paths, behind, preferences, tiny_shelf, tmp_path):
    pictures = [np.asarray(scene(640, 480, seed)) for seed in range(6)]
    film = write_video(tmp_path / "film.avi", pictures)
    preferences.change(camera=str(film), pack="tiny", engine="torch", device="cpu")
    page = make_page(camera_services(paths._replace(models=tiny_shelf)))
    sights = []
    page.session.seen.connect(sights.append)
    wait_until(lambda: len(sights) >= 3 or behind.failures, 20)
    assert behind.failures == []
    QTest.keyClick(page, Qt.Key.Key_Space)
    wait_until(lambda: bool(page.card.text) and len(sights) >= 12, 20)
    (record,) = page.strip.records
    assert record.outcome.photo.path.is_relative_to(paths.captures)
    page.hidden()
    wait_until(lambda: not page.session.running)
    with Database.open(paths.database) as database:
        assert database.latest_run_id() == record.run_id
