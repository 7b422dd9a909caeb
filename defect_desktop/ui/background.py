"""Long work beside the window: a generator that runs in a thread of its own.

The thread leaves what the generator yields in a mailbox, and the window empties the mailbox at its own pace, twenty
times a second unless it asks for more. So however fast the work goes, it never floods the event loop: where the window
cannot keep up, the work waits. Once a task is dropped, nobody looks into its mailbox again: no stale event can arrive.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator
from contextlib import closing
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QThread, QTimer, Signal

Job = Callable[[], Generator[Any, None, Any]]
"""Makes the generator; it is called in the task's thread and may take its time."""

POLL_MS = 50
"""The window looks into the mailbox this often, where nothing is said."""

EVENTS_A_LOOK = 32
"""No more events are taken out at a time, so that one look stays short."""

_ROOM = 4 * EVENTS_A_LOOK
_FULL_SECONDS = 0.01
_NICENESS = 5


class _Done(NamedTuple):
    result: Any


class _Failed(NamedTuple):
    error: Exception


class _Stopped(NamedTuple):
    pass


class _Worker(QThread):
    """Drives the generator; closing it, on cancellation too, happens in this very thread."""

    def __init__(self, job: Job, parent: QObject) -> None:
        super().__init__(parent)
        self.mailbox: deque[Any] = deque()
        self.ending: _Done | _Failed | _Stopped = _Stopped()
        self._job = job
        self._stop = threading.Event()

    def stop(self) -> None:
        """Lets the generator come to its next yield, and no further."""
        self._stop.set()

    def run(self) -> None:
        """The thread's life."""
        _step_back()
        try:
            self.ending = self._drive()
        except Exception as error:  # noqa: BLE001 - the thread ends here; whoever hears of `failed` reports it
            self.ending = _Failed(error)

    def _drive(self) -> _Done | _Stopped:
        with closing(self._job()) as events:
            while not self._stop.is_set():
                try:
                    self.mailbox.append(next(events))
                except StopIteration as end:
                    return _Done(end.value)
                while len(self.mailbox) >= _ROOM and not self._stop.wait(_FULL_SECONDS):
                    pass
        return _Stopped()


def _step_back() -> None:
    """Lets the window have the processor first: this thread waits, and so do those that it will start.

    Qt has priorities for threads, which Linux ignores.
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)


class Task(QObject):
    """One job, run once. Every signal is emitted in the thread that made the task, which must have an event loop.

    `events` brings what the generator yielded, in order, in lists. Exactly one of `done` (with what the generator
    returned), `failed` (with the exception) and `stopped` follows, and last of all `ended`: the thread is gone.
    """

    events = Signal(list)
    done = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    ended = Signal()

    def __init__(self, job: Job, parent: QObject | None = None, poll_ms: int = POLL_MS) -> None:
        super().__init__(parent)
        self._worker = _Worker(job, self)
        self._dropped = False
        self._timer = QTimer(self, interval=poll_ms)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begins the work."""
        self._worker.start(QThread.Priority.LowPriority)
        self._timer.start()

    def cancel(self) -> None:
        """Closes the generator at its next yield. What it yielded before still arrives, and then `stopped`."""
        self._worker.stop()

    def drop(self) -> None:
        """Cancels, and lets nothing arrive any more but `ended`."""
        self._dropped = True
        self.cancel()

    def wait(self) -> None:
        """Blocks until the thread is gone. Only for the very end, when no event loop runs any more."""
        self._worker.wait()

    def _look(self) -> None:
        over = self._worker.isFinished()  # asked first: a thread that is gone adds nothing after this
        mailbox = self._worker.mailbox
        batch = [mailbox.popleft() for _ in range(min(len(mailbox), EVENTS_A_LOOK))]
        if batch and not self._dropped:
            self.events.emit(batch)
        if over and not (mailbox and not self._dropped):
            self._timer.stop()
            self._worker.wait()
            self._tell_ending()
            self.ended.emit()

    def _tell_ending(self) -> None:
        if self._dropped:
            return
        match self._worker.ending:
            case _Done(result):
                self.done.emit(result)
            case _Failed(error):
                self.failed.emit(error)
            case _Stopped():
                self.stopped.emit()
