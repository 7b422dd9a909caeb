from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from defect_desktop import settings
from defect_desktop.capture.camera import Camera, CameraState
from defect_desktop.capture.video import Backend, CameraSource, open_capture, present_backends
from tests.capture.cameras import write_video


@pytest.fixture
def video(tmp_path: Path) -> Path:
    """Six frames at 25 a second, each with its own shade of red."""
    pictures = [np.full((48, 64, 3), (40 * number, 0, 0), np.uint8) for number in range(6)]
    return write_video(tmp_path / "현장 영상.avi", pictures, rate=25)


def test_a_file_plays_at_its_own_rate_and_begins_again(video: Path) -> None:
    shades, times = [], []
    with Camera(CameraSource(str(video))) as camera:
        while len(shades) < 9:
            frame = camera.newest(5)
            assert frame is not None
            shades.append(round(frame.pixels[..., 0].mean() / 40))
            times.append(frame.taken)
    assert 0.030 < np.median(np.diff(times)) < 0.055
    assert all(later == (earlier + 1) % 6 for earlier, later in pairwise(shades)), shades


def test_a_film_of_a_still_wall_is_not_taken_for_a_frozen_camera(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("defect_desktop.capture.camera.FROZEN_SECONDS", 0.05)
    film = write_video(tmp_path / "wall.avi", [np.full((48, 64, 3), 90, np.uint8)] * 4)
    with Camera(CameraSource(str(film))) as camera:
        end = time.monotonic() + 0.3
        while time.monotonic() < end:
            camera.newest(0.1)
            assert camera.status.state is not CameraState.LOST


@pytest.mark.parametrize("address", ["63", "/dev/video63", "no such film.avi", "9" * 11, "9" * 5000, "film" * 1000])
def test_what_is_not_there_does_not_open(address: str) -> None:
    assert open_capture(CameraSource(address)) is None


def test_a_file_that_is_no_film_does_not_open(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"not a film")
    assert open_capture(CameraSource(str(tmp_path / "film.mp4"))) is None


def test_a_password_in_an_address_is_not_told() -> None:
    source = CameraSource("rtsp://inspector:secret@10.0.0.9:554/stream1")
    assert source.is_stream
    assert source.name == "10.0.0.9"


@pytest.mark.parametrize("address", ["rtsp:/inspector:secret@10.0.0.9/live", "inspector:secret@10.0.0.9/live"])
def test_a_password_in_an_address_that_is_mistyped_is_not_told(address: str) -> None:
    assert CameraSource(address).name == str(Path("10.0.0.9/live"))


@pytest.mark.parametrize(
    ("address", "mend"),
    [
        ("0", "no other program uses it"),
        ("/dev/video0", "no other program uses it"),
        ("rtsp://me:secret@door/1", "check its address, with user name and password"),
        ("rtsp:/door/1", "begins with rtsp://"),
        ("no such film.avi", "no such camera or video file"),
        (__file__, "choose another one"),
    ],
)
def test_why_nothing_is_seen_is_said_with_what_helps(address: str, mend: str) -> None:
    with Camera(CameraSource(address), lambda _: None) as camera:
        deadline = time.monotonic() + 5
        while (trouble := camera.status.trouble) is None:
            assert time.monotonic() < deadline
            camera.newest(0.01)
    assert mend in trouble.en
    assert "secret" not in trouble.ko + trouble.en


def test_a_mistyped_address_has_no_name_and_breaks_nothing() -> None:
    assert CameraSource("rtsp://inspector:secret@[192.168.0.5/stream").name == "?"


def test_the_system_chooses_where_nobody_does() -> None:
    assert present_backends()[0] is Backend.AUTO


def test_every_back_end_can_be_chosen_in_the_settings() -> None:
    assert set(settings.CAMERA_BACK_END.choices) == set(Backend)
