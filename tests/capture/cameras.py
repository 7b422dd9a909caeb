"""Cameras that misbehave on command, and a video file that stands in for a camera."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import cv2
import numpy as np

from defect_desktop.capture.video import CameraSource


class FakeCamera:
    """A camera plug: `opener` is what the program opens it with. All switches may be turned at any time."""

    def __init__(self, seconds: float = 0.005) -> None:
        self.seconds = seconds
        self.plugged = True
        self.frozen = False
        self.hangs = threading.Event()
        self.opened = 0
        self.open_now = 0
        self.number = 0
        self._go_on = threading.Event()

    def opener(self, _: CameraSource) -> _Opened | None:
        if not self.plugged or (self.open_now and not self.hangs.is_set()):
            return None
        self.opened += 1
        self.open_now += 1
        return _Opened(self)

    def let_go(self) -> None:
        """Ends every hanging read."""
        self.hangs.clear()
        self._go_on.set()

    def wait_while_hanging(self) -> None:
        if self.hangs.is_set():
            self._go_on.clear()
            self._go_on.wait(20)


class _Opened:
    def __init__(self, camera: FakeCamera) -> None:
        self._camera = camera

    def read(self) -> tuple[bool, np.ndarray | None]:
        camera = self._camera
        time.sleep(camera.seconds)
        camera.wait_while_hanging()
        if not camera.plugged:
            return False, None
        camera.number += not camera.frozen
        return True, np.full((24, 32, 3), (10, 20, camera.number % 256), np.uint8)

    def release(self) -> None:
        self._camera.open_now -= 1


def write_video(path: Path, pictures: list[np.ndarray], rate: float = 30.0) -> Path:
    """A video file of RGB pictures."""
    high, wide = pictures[0].shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), rate, (wide, high))
    assert writer.isOpened()
    for picture in pictures:
        writer.write(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    writer.release()
    return path
