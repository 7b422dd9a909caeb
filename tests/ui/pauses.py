"""How long the window does not answer while its look changes: `python -m tests.ui.pauses`.

The change is made on every page in turn, with all pages visited before.
"""

import gc
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from defect_desktop.language import Language
from defect_desktop.paths import Paths
from defect_desktop.preferences import Preferences
from defect_desktop.settings import ThemeChoice
from defect_desktop.ui.appearance import make_application
from defect_desktop.ui.preference_store import PreferenceStore
from defect_desktop.ui.program import Program
from tests.ui.fakes import FakeDialogs, FakeWork, wait_until
from tests.ui.heart import Heart, tell

CHANGES = (
    {"language": Language.KOREAN},
    {"language": Language.ENGLISH},
    {"text_size": 150},
    {"text_size": 100},
    {"theme": ThemeChoice.DARK},
    {"theme": ThemeChoice.LIGHT},
)


def main():
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application("pauses")
    with TemporaryDirectory() as data:
        paths = Paths.find(Path(data))
        work = FakeWork(paths.data)
        preferences = PreferenceStore(paths.preferences, Preferences(language=Language.ENGLISH))
        program = Program(application, paths, work.services(), work.settings_services, preferences, FakeDialogs())
        program.window.show()
        gc.freeze()  # as the first use of an engine does: the collector need not walk what stays for good
        measure(program)
        program.window.close()
        program.shut_down()


def measure(program):
    heart, pages = Heart(), ["inspect", "review", "history", "models", "settings", "help"]
    for front in pages:
        for key in (*pages, front):
            program.window.pages.turn_to(key)
            settle()
        for change in CHANGES:
            tell(f"{front} {change}", lambda change=change: heart.longest_gap(lambda: make(program, change)), 1)


def make(program, change):
    program.preferences.change(**change)
    settle()


def settle(seconds=0.3):
    """Lets the window come to rest."""
    over = time.monotonic() + seconds
    wait_until(lambda: time.monotonic() > over)


if __name__ == "__main__":
    main()
