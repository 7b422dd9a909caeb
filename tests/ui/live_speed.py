"""How many verdicts a second the camera page shows, and how old they are: `python -m tests.ui.live_speed`.

The real page looks at a film of drawn photos with the starter pack: 1280 by 960 pixels, 30 frames a second. Under Xvfb
(QT_QPA_PLATFORM=xcb) its painting goes all the way to a screen. It wants a quiet machine, and no priority of its own:
in front of `nice` or `chrt` the page's threads no longer let the window go first, which slows both down.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np

from defect_desktop.paths import Paths
from defect_desktop.preferences import Preferences
from defect_desktop.ui.appearance import make_application
from defect_desktop.ui.pages.settings.services import real_settings_services
from defect_desktop.ui.preference_store import PreferenceStore
from defect_desktop.ui.program import Program
from defect_desktop.ui.services import real_services
from defect_desktop.workflows.show_photo import show_photo
from tests.capture.cameras import write_video
from tests.ui.fakes import FakeDialogs, let_answer, visit, wait_until

WIDE, HIGH = 1280, 960


def film(folder):
    """The sample photos, a second each, trembling as a hand does."""
    photos = sorted((Paths.find().assets / "samples").glob("*.jpg"))[:6]
    pictures = [cv2.resize(show_photo(photo, WIDE, HIGH), (WIDE, HIGH)) for photo in photos]
    frames = [np.roll(each, step % 5, axis=1) for each in pictures for step in range(30)]
    return write_video(folder / "film.avi", frames)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=15)
    seconds = parser.parse_args().seconds
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application("live")
    with TemporaryDirectory() as data:
        paths = Paths.find(Path(data))
        paths.data.mkdir(exist_ok=True)
        preferences = PreferenceStore(paths.preferences, Preferences(camera=str(film(paths.data))))
        services, settings = (
            real_services(paths, lambda: preferences.value),
            lambda: real_settings_services(paths, lambda: preferences.value),
        )
        program = Program(application, paths, services, settings, preferences, FakeDialogs())
        program.window.resize(1280, 800)
        program.window.show()
        measure(program, seconds)
        program.window.close()
        program.shut_down()


def measure(program, seconds):
    page = visit(program.window, "camera")
    wait_until(lambda: bool(page.verdict.text), 120)
    ages = []
    page.session.seen.connect(lambda sight: ages.append(time.monotonic() - sight.taken))
    cpu = time.process_time()
    let_answer(round(1000 * seconds))
    used = (time.process_time() - cpu) / seconds
    tell(f"verdicts shown a second: {len(ages) / seconds:.1f}")
    tell(f"from frame to the verdict on the page, median: {1000 * statistics.median(ages):.0f} ms")
    tell(f"processors busy with it: {used:.2f}")


def tell(line):
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
