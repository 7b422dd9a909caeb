import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from defect_desktop.errors import DeviceError
from defect_desktop.ui.app import run
from defect_desktop.ui.hooks import Hooks
from tests.ui.fakes import wait_until

ROOT = Path(__file__).parents[2]


def python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=variables, capture_output=True, text=True
    )


FIRST_PAINT = """
import json, sys
from pathlib import Path
import platformdirs
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from defect_desktop import __main__
from defect_desktop.ui.main_window import MainWindow
from defect_desktop.ui.page_stack import PageStack
from defect_desktop.ui.program import Program

class Watcher(QObject):
    painted, windows = set(), set()

    def eventFilter(self, what, event):
        if event.type() == QEvent.Type.Paint:
            self.painted.add(type(what).__name__)
        if event.type() == QEvent.Type.Show and what.isWidgetType() and what.isWindow():
            self.windows.add(type(what).__name__)
        return False

def appear(window, really=MainWindow.appear):
    QApplication.instance().installEventFilter(watcher)
    really(window)

def furnish(pages, really=PageStack.furnish):
    print(json.dumps({"modules": [*sys.modules], "painted": [*watcher.painted]}))
    return really(pages)

def start(program):
    front = program.window.pages.currentWidget()
    print(json.dumps({"made": [*vars(front)], "windows": [*watcher.windows], "focus": front.hasFocus()}))
    program.window.close()

data = Path(sys.argv.pop())
platformdirs.user_data_path = lambda *names, **options: data
watcher = Watcher()
MainWindow.appear, PageStack.furnish, Program.start = appear, furnish, start
__main__.main()
"""
HEAVY = {"torch", "timm", "openvino", "sqlalchemy", "alembic", "pydantic", "cv2", "PIL", "numpy"}


def test_the_window_is_on_the_screen_before_anything_is_made_that_nobody_sees(tmp_path):
    done = python(FIRST_PAINT, str(tmp_path))
    seen, furnished = map(json.loads, done.stdout.splitlines())
    assert {"MainWindow", "NavigationBar", "StartPage", "PlaceBar", "StatusLine"} <= set(seen["painted"])
    later = {
        "typer",
        "rich",
        "dataclasses",
        "defect_desktop.ui.widgets.progress_panel",
        "defect_desktop.ui.pages.results_page",
        "defect_desktop.ui.pages.photo_page",
    }
    assert (HEAVY | later) & set(seen["modules"]) == set()
    assert {"notice", "watch", "progress", "results", "photo"} <= set(furnished["made"])
    assert furnished["windows"] == ["MainWindow"]
    assert furnished["focus"]
    assert (done.returncode, done.stderr) == (0, "")


def test_the_program_starts_and_ends_with_a_real_event_loop(tmp_path):
    code = f"""
import sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from defect_desktop.paths import Paths
from defect_desktop.ui import app
start = app.Program.start
def start_and_close(program):
    start(program)
    program.inspection.session.went_idle.connect(lambda: QTimer.singleShot(50, program.window.close))
app.Program.start = start_and_close
status = app.run(Paths.find(Path({str(tmp_path)!r})))
print("ended", status, [one.name for one in threading.enumerate() if not isinstance(one, threading._DummyThread)])
"""
    done = python(code)
    assert (done.stdout.strip(), done.stderr) == ("ended 0 ['MainThread']", "")


def test_what_cannot_be_saved_at_the_end_is_told_and_the_rest_is_saved(tmp_path):
    code = """
import sys
from pathlib import Path
from defect_desktop.core.place import Place
from defect_desktop.errors import StoreError
from defect_desktop.paths import Paths
from defect_desktop.ui import app
start = app.Program.start
def start_and_close(program):
    start(program)
    for unit in "101", "102":
        program.window.pages.page("inspect").places.change(Place(unit=unit))
    program.preferences.change(inspector="Kim")
    program.window.close()
app.Program.start = start_and_close
paths = Paths.find(Path(sys.argv[1]))
paths.database.write_bytes(b"something else" * 999)
try:
    app.run(paths)
except StoreError as error:
    print(error.sentence.en.split(":")[0])
print("Kim" in paths.preferences.read_text())
"""
    done = python(code, str(tmp_path))
    told = "This file is not a results database of this program\nTrue\n"
    assert done.stdout == told
    assert done.stderr.count("not done before the end") == 2


def test_nobody_reads_the_source_of_what_is_imported():
    code = """
import linecache
from defect_desktop.ui import app
import colorsys
print(colorsys.__file__ in linecache.cache)
"""
    assert python(code).stdout == "False\n"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_no_screen_is_a_sentence_and_not_a_crash(monkeypatch, paths):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(DeviceError, match="no screen"):
        run(paths)


def test_an_error_that_nobody_caught_is_logged_and_told(application, caplog, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    told = []
    hooks = Hooks()
    hooks.bug.connect(told.append)
    hooks.install()
    try:
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()
        try:
            raise KeyError("in a slot")
        except KeyError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    finally:
        hooks.remove()
    wait_until(lambda: len(told) == 2)
    assert "ZeroDivisionError" in caplog.text
    assert "KeyError: 'in a slot'" in caplog.text
    assert all("unexpected" in sentence.en for sentence in told)
