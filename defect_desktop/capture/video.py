"""Where frames come from: a camera of this machine, a network camera, or a video file, all through OpenCV."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import cv2
import numpy as np
from numpy.typing import NDArray

from defect_desktop.core.printable import printable

OPEN_SECONDS = 10.0
READ_SECONDS = 5.0
"""How long a network camera may take to answer, and to send the next frame."""

_USUAL_RATE = 30.0


class Backend(StrEnum):
    """The part of the system that the camera is reached through. `AUTO` leaves the choice to OpenCV."""

    AUTO = "auto"
    DSHOW = "dshow"
    MSMF = "msmf"
    V4L2 = "v4l2"
    AVFOUNDATION = "avfoundation"
    GSTREAMER = "gstreamer"


_APIS = {
    Backend.AUTO: cv2.CAP_ANY,
    Backend.DSHOW: cv2.CAP_DSHOW,
    Backend.MSMF: cv2.CAP_MSMF,
    Backend.V4L2: cv2.CAP_V4L2,
    Backend.AVFOUNDATION: cv2.CAP_AVFOUNDATION,
    Backend.GSTREAMER: cv2.CAP_GSTREAMER,
}


def present_backends() -> list[Backend]:
    """The back ends that this system has, `AUTO` first."""
    present = set(cv2.videoio_registry.getCameraBackends())
    return [backend for backend, api in _APIS.items() if backend is Backend.AUTO or api in present]


@dataclass(frozen=True, slots=True)
class CameraSource:
    """Which camera: its number, its device path, the address of a stream (rtsp://, http://), or a video file.

    A camera of this machine is asked for frames of `width` × `height` pixels, and gives the nearest that it has.
    """

    address: str
    backend: Backend = Backend.AUTO
    width: int = 1920
    height: int = 1080

    @property
    def is_file(self) -> bool:
        """Whether it is a video file, which plays at its own rate and begins again at its end."""
        return os.path.isfile(self.address)  # noqa: PTH113 - Path raises for what is too long to be a name

    @property
    def name(self) -> str:
        """What to call it to a person: of a network camera the host alone, as its address may hold a password.

        So may an address that is mistyped and names nothing: of that, what follows the password.
        """
        if not self.is_stream:
            before, _, after = self.address.rpartition("@")
            return printable(Path(after if ":" in before else self.address))
        try:
            return urlsplit(self.address).hostname or "?"
        except ValueError:  # mistyped, a bracket left open say
            return "?"

    @property
    def is_device(self) -> bool:
        """Whether it is a camera of this machine."""
        return self.address.isdecimal() or self.address.startswith("/dev/")

    @property
    def is_stream(self) -> bool:
        """Whether it is the address of a network camera."""
        return "://" in self.address


class Capture(Protocol):
    """An open camera, as OpenCV has it. Both calls may block for as long as the driver likes."""

    def read(self) -> tuple[bool, NDArray[np.uint8] | None]:
        """The next frame (H, W, 3) in blue, green, red; (False, None) where there is none."""

    def release(self) -> None:
        """Lets go of the camera."""


def open_capture(source: CameraSource) -> Capture | None:
    """The camera, or None where it is absent, busy or not to be reached. May block for many seconds."""
    # What is wrong is told by the program; OpenCV would print it, once a second while a camera is unplugged.
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
    if source.is_file:
        video = cv2.VideoCapture(source.address)
        return _Playback(video) if video.isOpened() else None
    try:
        camera = _stream(source) if source.is_stream else _device(source)
    except (cv2.error, ValueError):  # a number that is too large for OpenCV, or even for Python
        return None
    return _Camera(camera) if camera.isOpened() else None


def _stream(source: CameraSource) -> cv2.VideoCapture:
    patience = (cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_SECONDS), (cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_SECONDS)
    settings = [number for name, seconds in patience for number in (name, int(seconds * 1000))]
    return cv2.VideoCapture(source.address, cv2.CAP_FFMPEG, settings)


def _device(source: CameraSource) -> cv2.VideoCapture:
    camera: Any = int(source.address) if source.address.isdecimal() else source.address
    capture = cv2.VideoCapture(camera, _APIS[source.backend])
    # Without compression USB 2 carries large frames only a few times a second. What a camera cannot do it ignores.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, source.width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, source.height)
    return capture


class _Camera:
    """A live camera."""

    def __init__(self, capture: cv2.VideoCapture) -> None:
        self._capture = capture

    def read(self) -> tuple[bool, NDArray[np.uint8] | None]:
        """The next frame; OpenCV raises where a driver breaks off in the middle of one."""
        try:
            ok, frame = self._capture.read()
        except cv2.error:
            return False, None
        return ok, np.asarray(frame, dtype=np.uint8) if ok else None

    def release(self) -> None:
        """Lets go of the camera."""
        self._capture.release()


class _Playback(_Camera):
    """A video file that plays at its own rate, again and again."""

    def __init__(self, capture: cv2.VideoCapture) -> None:
        super().__init__(capture)
        rate = capture.get(cv2.CAP_PROP_FPS)
        self._seconds = 1 / rate if 1 <= rate <= 240 else 1 / _USUAL_RATE
        self._due = time.monotonic()

    def read(self) -> tuple[bool, NDArray[np.uint8] | None]:
        """The next frame, when its time has come; (False, None) where the file has none."""
        ok, frame = super().read()
        if not ok:
            self._capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
            ok, frame = super().read()
        now = time.monotonic()
        self._due = max(self._due + self._seconds, now - self._seconds)  # what was held up is not played in a hurry
        time.sleep(max(0.0, self._due - now))
        return ok, frame
