from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from defect_desktop.capture import camera as module
from defect_desktop.capture.camera import Camera, CameraState, Frame
from defect_desktop.capture.video import CameraSource
from tests.capture.cameras import FakeCamera

SOURCE = CameraSource("0")
LOST, LIVE, OPENING = CameraState.LOST, CameraState.LIVE, CameraState.OPENING


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeCamera]:
    monkeypatch.setattr(module, "SILENT_SECONDS", 0.15)
    monkeypatch.setattr(module, "FROZEN_SECONDS", 0.15)
    monkeypatch.setattr(module, "OPENING_SECONDS", 0.5)
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.05)
    plug = FakeCamera()
    yield plug
    plug.let_go()
    for thread in threading.enumerate():
        if thread.name == "camera":
            thread.join(5)
            assert not thread.is_alive()
    assert plug.open_now == 0


def frame_of(camera: Camera) -> Frame:
    frame = camera.newest(5)
    assert frame is not None
    return frame


def until(camera: Camera, reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not reached():
        assert time.monotonic() < deadline, camera.status
        camera.newest(0.01)


def test_frames_are_rgb(plug: FakeCamera) -> None:
    with Camera(SOURCE, plug.opener) as camera:
        pixels = frame_of(camera).pixels
    assert pixels.dtype == np.uint8
    assert pixels.shape == (24, 32, 3)
    assert tuple(pixels[0, 0, 1:]) == (20, 10)


def test_only_the_newest_frame_is_kept_and_given_once(plug: FakeCamera) -> None:
    with Camera(SOURCE, plug.opener) as camera:
        frame_of(camera)
        time.sleep(0.1)
        before = plug.number
        assert before > 8
        late = frame_of(camera)
        assert late.pixels[0, 0, 0] >= before
        assert time.monotonic() - late.taken < 0.09
        plug.hangs.set()
        while camera.newest(0.05):
            pass
        assert camera.newest(0) is None


def test_a_camera_that_is_absent_or_busy_is_lost_until_it_can_be_opened(plug: FakeCamera) -> None:
    plug.plugged = False
    with Camera(SOURCE, plug.opener) as camera:
        until(camera, lambda: camera.status.state is LOST)
        assert "cannot be opened" in camera.status.trouble.en
        plug.plugged = True
        frame_of(camera)
        assert camera.status.state is LIVE
        assert camera.status.trouble is None


def test_a_camera_that_is_unplugged_is_lost_and_found_again(plug: FakeCamera) -> None:
    with Camera(SOURCE, plug.opener) as camera:
        assert camera.status.state is OPENING
        frame_of(camera)
        plug.plugged = False
        until(camera, lambda: camera.status.state is LOST)
        until(camera, lambda: "cannot be opened" in camera.status.trouble.en)
        plug.plugged = True
        until(camera, lambda: camera.status.state is LIVE)
        frame_of(camera)


def test_a_read_that_hangs_is_left_behind(plug: FakeCamera) -> None:
    with Camera(SOURCE, plug.opener) as camera:
        frame_of(camera)
        plug.hangs.set()
        until(camera, lambda: camera.status.state is LOST)
        assert "does not answer" in camera.status.trouble.en
        plug.let_go()
        until(camera, lambda: camera.status.state is LIVE)


def test_only_so_many_connections_hang(plug: FakeCamera) -> None:
    with Camera(SOURCE, plug.opener) as camera:
        frame_of(camera)
        plug.hangs.set()
        begin = time.monotonic()
        until(camera, lambda: time.monotonic() - begin > 1.5)
        assert plug.opened <= 3
        assert camera.status.state is LOST


def test_an_unplugged_camera_that_repeats_its_last_frame_is_lost(plug: FakeCamera) -> None:
    with Camera(SOURCE, plug.opener) as camera:
        frame_of(camera)
        plug.frozen = True
        until(camera, lambda: camera.status.state is LOST)
        assert "stands still" in camera.status.trouble.en
        plug.plugged = False
        until(camera, lambda: "cannot be opened" in camera.status.trouble.en)


def test_a_picture_that_stands_still_after_opening_again_is_believed(plug: FakeCamera) -> None:
    with Camera(SOURCE, plug.opener) as camera:
        frame_of(camera)
        plug.frozen = True  # a cap on the lens
        until(camera, lambda: plug.opened == 2 and camera.status.state is LIVE)
        begin = time.monotonic()
        until(camera, lambda: time.monotonic() - begin > 0.5)
        assert plug.opened == 2
        assert camera.status.state is LIVE


def test_asking_and_leaving_never_wait_for_a_driver_that_hangs(plug: FakeCamera) -> None:
    gate = threading.Event()

    def opener(_: CameraSource) -> None:
        gate.wait(20)

    begin = time.monotonic()
    with Camera(SOURCE, opener) as camera:
        assert camera.newest(0) is None
        assert camera.status.state is OPENING
        assert time.monotonic() - begin < 0.2
    assert time.monotonic() - begin < 1.5
    assert camera.newest(5) is None
    gate.set()


def test_leaving_frees_the_camera(plug: FakeCamera) -> None:
    for _ in range(3):
        with Camera(SOURCE, plug.opener) as camera:
            frame_of(camera)
    assert plug.opened == 3


def test_the_clock_of_the_wall_may_jump(plug: FakeCamera, monkeypatch: pytest.MonkeyPatch) -> None:
    with Camera(SOURCE, plug.opener) as camera:
        frame_of(camera)
        monkeypatch.setattr(time, "time", lambda: 0.0)
        begin = time.monotonic()
        until(camera, lambda: time.monotonic() - begin > 0.3)
        assert camera.status.state is LIVE
        assert plug.opened == 1
