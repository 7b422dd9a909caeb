"""One look through the camera after the other: begun, ended, begun again with other settings."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, Signal

from defect_desktop.capture.camera import CameraStatus
from defect_desktop.core.place import Place
from defect_desktop.ui.background import Task
from defect_desktop.ui.pages.camera.sight import Room, Sight, sights
from defect_desktop.workflows.inspect_live import Captured, Live, LiveEvent, NotCaptured, Shutter

Inspect = Callable[[Shutter], Generator[LiveEvent, None, None]]

_LOOK_MS = 10
"""A frame waits no longer than this for the window: two that wait together would cost one of them."""


class LiveSession(QObject):
    """`inspect` is asked for a new inspection whenever one begins; a camera is let go before it is opened again.

    `live` (Live), `status` (CameraStatus), `captured` (PhotoRecord) and `refused` (Bilingual) pass on what the
    inspection tells, `seen` (Sight) only the newest frame: the others are stale. `failed` brings what ended it.
    A photo that was asked for is waited for when the session is to stop.
    """

    live = Signal(object)
    seen = Signal(object)
    status = Signal(object)
    captured = Signal(object)
    refused = Signal(object)
    failed = Signal(object)

    def __init__(self, inspect: Inspect, room: Room, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inspect = inspect
        self._room = room
        self._task: Task | None = None
        self._shutter = Shutter()
        self._wanted = False
        self._leaving = False
        self.loading = False
        self.awaiting = False

    @property
    def running(self) -> bool:
        """Whether there is an inspection, be it one that is ending."""
        return self._task is not None

    def start(self) -> None:
        """Begins to look, at once or as soon as the look before is over."""
        self._wanted = True
        if self._task is None:
            self._begin()

    def stop(self) -> None:
        """Lets go of the camera, after the photo that was asked for."""
        self._wanted, self._leaving = False, True
        self._leave_if_free()

    def press(self, place: Place) -> bool:
        """Asks for a photo, taken in `place`; False where there is no inspection that could take it now.

        One that is still loading the model would take it of whatever is before the camera by then.
        """
        if self._task is None or self._leaving or self.loading:
            return False
        self.awaiting = True
        self._shutter.press(place)
        return True

    def close(self) -> None:
        """Ends the thread, and blocks until it is gone."""
        self._wanted = False
        if self._task is not None:
            self._task.drop()
            self._task.wait()

    def _begin(self) -> None:
        self.loading, self.awaiting, self._leaving = True, False, False
        shutter = self._shutter = Shutter()
        task = self._task = Task(lambda: sights(self._inspect(shutter), self._room), self, _LOOK_MS)
        task.events.connect(self._receive)
        task.failed.connect(self._fail)
        task.ended.connect(self._end)
        task.start()

    def _leave_if_free(self) -> None:
        if self._task is not None and not self.awaiting:
            self._task.drop()

    def _receive(self, events: list[Any]) -> None:
        newest: Sight | None = None
        for event in events:
            match event:
                case Sight():
                    newest = event
                case Live():
                    self.loading = False
                    self.live.emit(event)
                case CameraStatus():
                    self.status.emit(event)
                case Captured(record):
                    self.awaiting = False
                    self.captured.emit(record)
                case NotCaptured(reason):
                    self.awaiting = False
                    self.refused.emit(reason)
        if newest is not None:
            self.seen.emit(newest)
        if self._leaving:
            self._leave_if_free()

    def _fail(self, error: Exception) -> None:
        self._wanted = False
        self.failed.emit(error)

    def _end(self) -> None:
        if self._task is not None:
            self._task.deleteLater()
        self._task, self.loading, self.awaiting = None, False, False
        if self._wanted:
            self._begin()
