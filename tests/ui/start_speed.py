"""How long the program takes to start: `python -m tests.ui.start_speed`.

Each is timed in turns with what no program of its kind can do without, from the start of the process on: the window,
until everything in it is painted and the event loop runs, beside an empty window of Qt's, and until all is made that
was not in sight; `--help`, until the process has ended, beside a process that does nothing and one that only imports
typer. Before that each ran once unmeasured, so files are in memory, and compiled, as those of an installed program are.
Under Xvfb (QT_QPA_PLATFORM=xcb) the painting goes all the way to a screen.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]

BARE_WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, lambda: print("painted", flush=True))

application = QApplication(sys.argv)
window = Window()
window.resize(1180, 760)
window.show()
application.exec()
"""

OUR_WINDOW = """
import gc, sys
from pathlib import Path

import platformdirs
from defect_desktop import __main__

def open_window(*arguments, really=__main__.open_window, **options):
    gc.disable()  # as it does itself, before anything of the window's is loaded
    from defect_desktop.ui.page_stack import PageStack
    from defect_desktop.ui.program import Program

    def furnish(pages, really=PageStack.furnish):  # called once the window is on the screen
        print("painted", flush=True)
        return really(pages)

    PageStack.furnish = furnish
    Program.start = lambda program: print("whole", flush=True)  # called once all is made that nobody sees yet
    return really(*arguments, **options)

data = Path(sys.argv.pop())
platformdirs.user_data_path = lambda *names, **options: data
__main__.open_window = open_window
__main__.main()
"""


def until_told(word, code, data):
    """Seconds from the start of a process to this word of its window."""
    begin = time.perf_counter()
    with subprocess.Popen([sys.executable, "-c", code, data], stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        told = any(line == f"{word}\n" for line in process.stdout)
        seconds = time.perf_counter() - begin
        process.kill()
    assert told
    return seconds


def until_ended(*arguments):
    """Seconds that a process takes, from its start to its end."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, cwd=ROOT, check=True)
    return time.perf_counter() - begin


def in_turns(contests, rounds):
    """The median of each contestant in seconds; every round has all of them, one after another."""
    times = {name: [] for name in contests}
    for number in range(rounds + 1):
        for name, run in contests.items():
            seconds = run()
            if number:
                times[name].append(seconds)
    return {name: statistics.median(measured) for name, measured in times.items()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=11)
    rounds = parser.parse_args().rounds
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with TemporaryDirectory() as data:
        windows = {
            "an empty window of Qt's": lambda: until_told("painted", BARE_WINDOW, data),
            "our window": lambda: until_told("painted", OUR_WINDOW, data),
            "our window, with all that is not in sight yet": lambda: until_told("whole", OUR_WINDOW, data),
        }
        commands = {
            "python -c pass": lambda: until_ended("-c", "pass"),
            "python -c 'import typer'": lambda: until_ended("-c", "import typer"),
            "defect-desktop --help": lambda: until_ended("-m", "defect_desktop", "--help"),
        }
        bare, ours, _ = tell(in_turns(windows, rounds))
        nothing, typer, helping = tell(in_turns(commands, rounds))
    say(f"our window: {ours / bare:.2f} times the empty one")
    own = typer - nothing  # what typer's import takes beside the start of Python
    say(f"--help: {helping / (nothing + own):.2f} times Python's start and typer's import together,")
    say(f"        or {(helping - own) / nothing:.2f} times Python's start, typer's import aside")


def tell(medians):
    for name, seconds in medians.items():
        say(f"{name}: {seconds * 1000:.0f} ms")
    return medians.values()


def say(line):
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
