"""A camera that never makes anybody wait: its newest frame, and how it stands, at any moment.

Drivers block, repeat their last frame for ever when the plug is pulled, or hang in the middle of a read. So every
connection is read by a thread of its own, which is left to itself when it hangs, and whoever asks for a frame looks
after the connection at the same time: one that is silent, frozen or broken is given up and made again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

from defect_desktop.capture.video import CameraSource, Capture, open_capture
from defect_desktop.language import Bilingual

OPENING_SECONDS = 30.0
"""How long a camera may take to open and to give its first frame: some back ends of Windows are that slow."""

SILENT_SECONDS = 2.0
"""A camera that gives no frame for so long is lost."""

FROZEN_SECONDS = 4.0
"""So is one whose picture does not change by a single pixel for so long: the noise of a sensor never rests."""

RETRY_SECONDS = 1.0
"""The pause before a lost camera is opened again."""

_MOST_HUNG = 2
"""So many connections may hang in their driver; until one of them comes back, no further one is tried."""
_LOOK_SECONDS = 0.1
_CLOSING_SECONDS = 0.5


class CameraState(StrEnum):
    """How a camera stands."""

    OPENING = "opening"
    LIVE = "live"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class CameraStatus:
    """How a camera stands; `trouble` says in words why it is lost, None where it is not."""

    state: CameraState
    trouble: Bilingual | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What a camera saw: RGB (H, W, 3). `taken` is the moment when it came, in seconds of `time.monotonic()`."""

    pixels: NDArray[np.uint8]
    taken: float


class Camera:
    """One camera, opened, read and reopened in the background; used as a context manager.

    Any thread may use it. Leaving it waits for half a second at most, even where the driver hangs for ever.
    """

    def __init__(self, source: CameraSource, opener: Callable[[CameraSource], Capture | None] = open_capture) -> None:
        self._source = source
        self._opener = opener
        self._news = threading.Condition()
        self._reader: _Reader | None = None
        self._hung: list[_Reader] = []
        self._trouble: Bilingual | None = None
        self._next_try = float("-inf")
        self._still: NDArray[np.uint8] | None = None
        self._closed = False

    def __enter__(self) -> Self:
        with self._news:
            self._look_after()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._news:
            self._closed = True
            reader, self._reader = self._reader, None
            if reader:
                reader.given_up = True
            self._news.notify_all()
        if reader:
            # A camera that is opened again at once, through another back end, say, should be free by then.
            reader.thread.join(_CLOSING_SECONDS)

    def newest(self, timeout: float) -> Frame | None:
        """The newest frame, if it was not asked for before, waiting up to `timeout` seconds for one.

        The frames between are dropped: a verdict on what was in front of the camera a second ago is worth nothing.
        """
        deadline = time.monotonic() + timeout
        with self._news:
            while not self._closed:
                self._look_after()
                if self._reader and (frame := self._reader.take()):
                    self._trouble = None
                    return frame
                left = deadline - time.monotonic()
                if left <= 0:
                    break
                self._news.wait(min(left, _LOOK_SECONDS))
        return None

    @property
    def status(self) -> CameraStatus:
        """How the camera stands now."""
        with self._news:
            self._look_after()
            if self._reader and self._reader.has_seen:
                return CameraStatus(CameraState.LIVE)
            if self._trouble:
                return CameraStatus(CameraState.LOST, self._trouble)
            return CameraStatus(CameraState.OPENING)

    def _look_after(self) -> None:
        """Gives up a connection that is no good, and makes one where there is none."""
        now = time.monotonic()
        if self._reader and (trouble := self._trouble_of(self._reader, now)):
            self._give_up(self._reader, trouble, now)
        self._hung = [reader for reader in self._hung if reader.thread.is_alive()]
        if not self._reader and not self._closed and now >= self._next_try and len(self._hung) < _MOST_HUNG:
            self._reader = _Reader(self._source, self._opener, self._news)

    def _trouble_of(self, reader: _Reader, now: float) -> Bilingual | None:
        if reader.over:
            return _BROKEN if reader.has_seen else _not_opened(self._source)
        if now - reader.seen > (SILENT_SECONDS if reader.has_seen else OPENING_SECONDS):
            return _SILENT
        if reader.has_seen and now - reader.changed > FROZEN_SECONDS and not self._is_believed(reader):
            self._still = reader.sample
            return _FROZEN
        return None

    def _is_believed(self, reader: _Reader) -> bool:
        """Whether a picture that stands still is what there is to see.

        It is in a video file, and where the very same one stood still before the camera was opened again.
        """
        return self._source.is_file or (self._still is not None and np.array_equal(self._still, reader.sample))

    def _give_up(self, reader: _Reader, trouble: Bilingual, now: float) -> None:
        reader.given_up = True
        self._reader, self._trouble, self._next_try = None, trouble, now + RETRY_SECONDS
        self._hung.append(reader)


class _Reader:
    """One connection: a thread that opens the camera and reads it until it ends or is given up.

    All but `thread` is shared under the lock of `news`. `seen` and `changed` are the moments of the last frame, and of
    the last one that differed from the one before; of the beginning, before the first.
    """

    def __init__(
        self, source: CameraSource, opener: Callable[[CameraSource], Capture | None], news: threading.Condition
    ) -> None:
        self._source = source
        self._opener = opener
        self._news = news
        self._frame: Frame | None = None
        self.has_seen = False
        self.seen = self.changed = time.monotonic()
        self.sample = np.empty((0, 0, 3), dtype=np.uint8)
        self.over = False
        self.given_up = False
        self.thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self.thread.start()

    def take(self) -> Frame | None:
        """The newest frame, once."""
        frame, self._frame = self._frame, None
        return frame

    def _run(self) -> None:
        try:
            if capture := self._opener(self._source):
                try:
                    self._read(capture)
                finally:
                    capture.release()
        finally:
            with self._news:
                self.over = True
                self._news.notify_all()

    def _read(self, capture: Capture) -> None:
        while not self.given_up:
            ok, picture = capture.read()
            taken = time.monotonic()
            if not ok or picture is None:
                return
            pixels = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), dtype=np.uint8)
            sample = pixels[::8, ::8].copy()
            with self._news:
                if not np.array_equal(sample, self.sample):
                    self.sample, self.changed = sample, taken
                self._frame, self.seen, self.has_seen = Frame(pixels, taken), taken, True
                self._news.notify_all()


def _not_opened(source: CameraSource) -> Bilingual:
    name = source.name
    if source.is_stream:
        return Bilingual(
            ko=f"네트워크 카메라 '{name}'에 연결할 수 없습니다. 주소와 그 안의 사용자 이름, 비밀번호가 맞는지, "
            "카메라가 켜져 있고 이 네트워크에 있는지 확인하세요. 연결되면 저절로 이어집니다.",
            en=f"The network camera '{name}' cannot be reached; check its address, with user name and password, and "
            "that it is on and in this network. It goes on by itself once it can.",
        )
    if source.is_file:
        return Bilingual(
            ko=f"'{name}' 파일을 동영상으로 열 수 없습니다. 다른 파일을 고르세요.",
            en=f"The file '{name}' cannot be opened as a video; choose another one.",
        )
    if not source.is_device:
        return Bilingual(
            ko=f"'{name}'을(를) 열 수 없습니다. 그런 카메라나 동영상 파일이 없습니다. 이름을 확인하세요. "
            "네트워크 카메라의 주소는 rtsp://로 시작합니다. 준비되면 저절로 이어집니다.",
            en=f"'{name}' cannot be opened: there is no such camera or video file. Check how it is written; the "
            "address of a network camera begins with rtsp://. It goes on by itself once it can.",
        )
    return Bilingual(
        ko=f"카메라 '{name}'을(를) 열 수 없습니다. 연결되어 있는지, 다른 프로그램이 쓰고 있지 않은지 확인하세요. "
        "준비되면 저절로 이어집니다.",
        en=f"The camera '{name}' cannot be opened; check that it is connected and that no other program uses it. "
        "It goes on by itself once it can.",
    )


_BROKEN = Bilingual(
    ko="카메라 연결이 끊어졌습니다. 케이블이나 네트워크를 확인하세요. 다시 연결되면 저절로 이어집니다.",
    en="The camera was lost; check its cable or the network. It goes on by itself once it is back.",
)

_SILENT = Bilingual(
    ko="카메라가 응답하지 않습니다. 케이블이나 네트워크를 확인하세요. 응답하면 저절로 이어집니다.",
    en="The camera does not answer; check its cable or the network. It goes on by itself once it does.",
)

_FROZEN = Bilingual(
    ko="카메라 화면이 멈췄습니다. 카메라를 다시 여는 중입니다. 계속되면 케이블을 뽑았다가 다시 꽂으세요.",
    en="The camera's picture stands still; it is being opened again. If this goes on, unplug it and plug it in again.",
)
