"""How long the event loop does not answer, and how much of that is the machine's doing."""

import subprocess
import sys
import time
from contextlib import contextmanager

from PySide6.QtCore import QTimer

LONGEST_GAP = 0.050
"""The event loop is to answer within so many seconds."""

SLEEPER = """
import time
last = time.perf_counter()
while True:
    time.sleep(0.002)
    now = time.perf_counter()
    if now - last > 0.007:
        print(last + 0.002, now, flush=True)
    last = now
"""


class Heart:
    """Beats every 5 ms where the event loop lets it."""

    def __init__(self):
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._beat)
        self.gaps = []

    @contextmanager
    def beating(self):
        """Adds to `gaps`, as pairs of the moments at which they began and ended."""
        self._last = time.perf_counter()
        self._timer.start()
        try:
            yield
            self._beat()
        finally:
            self._timer.stop()

    def longest_gap(self, work):
        """The longest time in seconds between two beats while `work` runs an event loop."""
        self.gaps.clear()
        with self.beating():
            work()
        return max(end - begin for begin, end in self.gaps)

    def _beat(self):
        now = time.perf_counter()
        self.gaps.append((self._last, now))
        self._last = now


class Sleeper:
    """A process that does nothing but wake up every 2 ms: while it oversleeps, no program gets the processor in time.

    What the program computes beside the window runs in threads that let others go first, so that is not forgiven; its
    short errands, such as reading the database or a picture, do not, and may be.
    """

    def __init__(self):
        self._process = subprocess.Popen([sys.executable, "-c", SLEEPER], stdout=subprocess.PIPE, text=True)
        self._overslept = []

    def wake(self):
        """Ends the process; only now is it known how long it overslept."""
        if self._process.poll() is not None:
            return
        self._process.kill()
        told, _ = self._process.communicate()
        whole = told[: told.rfind("\n") + 1]
        self._overslept = [tuple(map(float, line.split())) for line in whole.splitlines()]

    def longest(self, gaps):
        """The longest of the gaps in seconds, without the time that was overslept meanwhile."""
        return max(end - begin - self._shared(begin, end) for begin, end in gaps)

    def _shared(self, begin, end):
        return sum(max(0.0, min(end, late) - max(begin, early)) for early, late in self._overslept)


def tell(what, measure, attempts=3):
    """Writes some measurements in ms and gives the shortest, in seconds: a busy machine makes any of them longer."""
    times = sorted(measure() for _ in range(attempts))
    sys.stdout.write(f"{what}: {', '.join(f'{seconds * 1000:.0f}' for seconds in times)} ms\n")
    return times[0]
