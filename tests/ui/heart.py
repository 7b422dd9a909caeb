"""How long the event loop does not answer."""

import sys
import time

from PySide6.QtCore import QTimer


class Heart:
    """Beats every 5 ms where the event loop lets it."""

    def __init__(self):
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._beat)

    def longest_gap(self, work):
        """The longest time in seconds between two beats while `work` runs an event loop."""
        self._last, self._gaps = time.perf_counter(), []
        self._timer.start()
        work()
        self._beat()
        self._timer.stop()
        return max(self._gaps)

    def _beat(self):
        now = time.perf_counter()
        self._gaps.append(now - self._last)
        self._last = now


def tell(what, measure, attempts=3):
    """Writes some measurements in ms, the shortest first: a busy machine makes any of them longer."""
    times = sorted(measure() for _ in range(attempts))
    sys.stdout.write(f"{what}: {', '.join(f'{seconds * 1000:.0f}' for seconds in times)} ms\n")
