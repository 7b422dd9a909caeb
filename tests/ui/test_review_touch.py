"""Looking closely at a photo: the geometry, what fingers mean, and the view that joins them."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from defect_desktop.core.record import PhotoFile
from defect_desktop.errors import PhotoError, PhotoProblem
from defect_desktop.language import Language
from defect_desktop.ui.icons import Icons
from defect_desktop.ui.look import Look
from defect_desktop.ui.theme import Theme
from defect_desktop.ui.widgets.touch import DoubleTap, Drag, Pinch, Swipe, Touch
from defect_desktop.ui.widgets.viewport import MOST, Viewport
from defect_desktop.ui.widgets.zoom_view import ZoomView
from tests.ui.fakes import wait_until

PHOTO = PhotoFile(Path("/사진/a.jpg"), 1, 1)
OTHER = PhotoFile(Path("/사진/b.jpg"), 1, 1)
BROKEN = PhotoFile(Path("/사진/broken.jpg"), 1, 1)


def seen_at(viewport, x, y):
    """The place in the picture, from 0 to 1, that is seen at a point of the view."""
    left, top, wide, high = viewport.place
    return pytest.approx(((x - left) / wide, (y - top) / high))


def test_a_picture_fits_at_first_and_is_in_the_middle():
    viewport = Viewport().sized(400, 300).of(1000, 500)
    assert viewport.place == pytest.approx((0, 50, 400, 200))


def test_what_is_under_the_finger_stays_there():
    viewport = Viewport().sized(400, 400).of(400, 400)
    before = seen_at(viewport, 100, 300)
    larger = viewport.zoomed(3, 100, 300)
    assert (larger.zoom, seen_at(larger, 100, 300)) == (3, before.expected)


def test_zoom_has_its_limits_and_smaller_than_fitted_is_none():
    viewport = Viewport().sized(400, 400).of(400, 400)
    assert viewport.zoomed(1000, 0, 0).zoom == MOST
    assert viewport.zoomed(4, 30, 30).zoomed(0.01, 399, 0) == viewport


def test_a_picture_cannot_be_lost_over_the_edge():
    viewport = Viewport().sized(400, 300).of(400, 300).zoomed(2, 200, 150).moved(10_000, -10_000)
    left, top, _, high = viewport.place
    assert (left, top + high) == pytest.approx((0, 300))
    assert viewport.sized(100, 500).place[0] <= 0


@pytest.mark.parametrize(
    ("end", "meaning"),
    [((40, 104), Swipe(1)), ((170, 96), Swipe(-1)), ((70, 100), None), ((30, 160), None)],
    ids=["left", "right", "too short", "slanting"],
)
def test_a_swipe_goes_far_and_level(end, meaning):
    touch = Touch()
    touch.begin([(105, 100)])
    touch.move([end])
    assert touch.end([end], 1.0) == meaning


def test_two_taps_at_one_place_in_a_moment_are_a_double_tap():
    touch = Touch()
    seen = []
    for seconds, x in ((1.0, 50), (1.2, 53), (1.4, 53), (2.5, 53), (2.6, 200)):
        touch.begin([(x, 50)])
        seen.append(touch.end([(x, 50)], seconds))
    assert seen == [None, DoubleTap((53, 50)), None, None, None]


def test_two_fingers_pinch_and_end_in_no_swipe():
    touch = Touch()
    touch.begin([(100, 100)])
    assert touch.move([(100, 100), (200, 100)]) is None
    assert touch.move([(80, 110), (280, 110)]) == Pinch(2.0, (180, 110), (30, 10))
    assert touch.move([(90, 110)]) is None
    assert touch.move([(95, 110)]) == Drag((5, 0), (-5, 10))
    assert touch.end([(400, 110)], 1.0) is None


@pytest.fixture
def view(application: QApplication, paths):
    def show_photo(path, width, height):
        if path == BROKEN.path:
            raise PhotoError(PhotoProblem.CORRUPT)
        sizes.append((path, width, height))
        return np.full((height * 3 // 4, width, 3), 128, np.uint8)

    sizes = []
    view = ZoomView(Look(Theme(), Icons(paths.assets / "icons"), Language.ENGLISH), show_photo)
    view.sizes = sizes
    view.resize(400, 300)
    view.show()
    view.show_photo(PHOTO)
    wait_until(lambda: view.image is not None)
    yield view
    view.close_loader()
    view.deleteLater()


@pytest.fixture(scope="module")
def fingers(application: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


def drag(view, fingers, *ways):
    """Each finger goes a straight way from one point to another."""
    for step in range(5):
        sequence = QTest.touchEvent(view, fingers, autoCommit=False)
        for number, (start, end) in enumerate(ways):
            at = QPoint(*(round(a + (b - a) * min(step, 3) / 3) for a, b in zip(start, end, strict=True)))
            action = {0: sequence.press, 4: sequence.release}.get(step, sequence.move)
            action(number, at, view)
        sequence.commit()


def test_the_photo_is_decoded_for_the_room_it_has_and_the_next_one_made_ready(view):
    view.show_photo(PHOTO, OTHER)
    wait_until(lambda: len(view.sizes) == 2)
    assert view.sizes == [(PHOTO.path, 800, 600), (OTHER.path, 800, 600)]
    view.show_photo(OTHER)
    wait_until(lambda: view.image is not None)
    assert len(view.sizes) == 2


def test_a_swipe_asks_for_the_next_photo_or_the_one_before(view, fingers):
    steps = []
    view.swiped.connect(steps.append)
    drag(view, fingers, ((300, 150), (100, 155)))
    drag(view, fingers, ((100, 150), (300, 155)))
    assert steps == [1, -1]


def test_a_pinch_magnifies_and_a_finger_then_moves_the_photo(view, fingers):
    steps = []
    view.swiped.connect(steps.append)
    drag(view, fingers, ((180, 150), (100, 150)), ((220, 150), (300, 150)))
    assert view.viewport.zoom > 2
    wait_until(lambda: view.sizes[-1][1] > 1000)
    before = view.viewport.x
    drag(view, fingers, ((200, 150), (120, 150)))
    assert view.viewport.x > before
    assert steps == []


def test_wheel_double_click_and_buttons_zoom_too(view):
    wheel = QWheelEvent(
        QPointF(200, 150), QPointF(200, 150), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, wheel)
    wheeled = view.viewport.zoom
    assert wheeled > 1
    view.zoom_in()
    assert view.viewport.zoom > wheeled
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert view.viewport.zoom == 1
    view.zoom_in()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    QTest.mouseMove(view, QPoint(150, 150))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(150, 150))
    assert view.viewport.x > 0.5


def test_another_photo_is_fitted_again_and_has_nothing_over_it(view):
    view.zoom_in()
    red = QImage(10, 10, QImage.Format.Format_RGB32)
    red.fill(Qt.GlobalColor.red)
    view.lay_over(red, 1.0)
    middle = QPoint(200, 150)
    assert view.grab().toImage().pixelColor(middle).red() > 200
    view.show_photo(OTHER)
    wait_until(lambda: view.image is not None)
    assert view.viewport.zoom == 1
    assert view.grab().toImage().pixelColor(middle).red() < 200


def test_a_photo_that_cannot_be_shown_is_said_to_be_so(view):
    view.show_photo(BROKEN)
    wait_until(lambda: view.image is not None)
    assert view.image.isNull()
    view.zoom_in()
    view.grab()
