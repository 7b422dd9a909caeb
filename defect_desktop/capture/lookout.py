"""A thread that looks at a folder again and again, so that a share that hangs hangs nobody else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from defect_desktop.capture.scan import Scan, scan_folder
from defect_desktop.errors import SourceError

Look = Scan | SourceError
"""What a look at the folder brought: its photos, or the reason why it could not be read."""


class Lookout:
    """Looks at once, and `interval` seconds after each look is over; keeps only the newest look.

    Used as a context manager. Leaving it never waits for a look under way: its thread ends when the system lets it.
    """

    def __init__(
        self, folder: Path, interval: float, scan: Callable[[Path, Callable[[], None]], Scan] = scan_folder
    ) -> None:
        self._folder = folder.absolute()  # once: the folder that the program is in may move
        self._interval = interval
        self._scan = scan
        self._newest: Look | None = None
        self._heard_at: float | None = None
        self._closed = False
        self._news = threading.Condition()

    def __enter__(self) -> Self:
        threading.Thread(target=self._watch, name="lookout", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._news:
            self._closed = True
            self._news.notify_all()

    def newest(self, timeout: float) -> Look | None:
        """The look that ended since the last call, waiting up to `timeout` seconds for one; None if there is none."""
        with self._news:
            self._news.wait_for(lambda: self._newest is not None, timeout)
            look, self._newest = self._newest, None
            return look

    def silent_seconds(self) -> float:
        """How long the folder has not answered the look under way at all; 0 between looks."""
        with self._news:
            return time.monotonic() - self._heard_at if self._heard_at is not None else 0.0

    def _watch(self) -> None:
        while not self._closed:
            self._hear()
            look = self._look()
            with self._news:
                self._newest, self._heard_at = look, None
                self._news.notify_all()
                self._news.wait_for(lambda: self._closed, self._interval)

    def _hear(self) -> None:
        with self._news:
            self._heard_at = time.monotonic()

    def _look(self) -> Look:
        try:
            return self._scan(self._folder, self._hear)
        except SourceError as error:
            return error
