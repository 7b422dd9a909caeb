from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CRASH = """
import ctypes, sys
from pathlib import Path
from defect_desktop.logs import start_logging
start_logging(Path(sys.argv[1]))
def decode():
    ctypes.string_at(0)
decode()
"""

BUG = """
import sys
from pathlib import Path
from defect_desktop.logs import report_bug, start_logging
folder = Path(sys.argv[1])
start_logging(folder)
print((folder / "defect-desktop.log").exists(), "logging.handlers" in sys.modules)
print(report_bug(ZeroDivisionError("in a test")).en)
"""


def test_the_file_is_there_with_its_first_line(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", BUG, str(tmp_path)], capture_output=True, check=True, text=True)
    before, sentence = done.stdout.splitlines()
    log = tmp_path / "defect-desktop.log"
    assert before == "False False"
    assert str(log) in sentence
    assert "CRITICAL" in log.read_text(encoding="utf-8")
    assert "ZeroDivisionError: in a test" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("before", ["", "an earlier crash\n", "x" * 1_000_001])
def test_a_crash_of_a_library_leaves_a_report(tmp_path: Path, before: str) -> None:
    report = tmp_path / "crash.log"
    report.write_text(before, encoding="utf-8")
    crashed = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path)], capture_output=True, check=False)
    assert crashed.returncode != 0
    text = report.read_text(encoding="utf-8")
    assert "in decode" in text
    assert ("earlier" in text) is ("earlier" in before)
    assert len(text) < 100_000


@pytest.mark.parametrize(("language", "words"), [("ko", "로그 없이 계속합니다"), ("en", "goes on without it")])
def test_a_folder_that_cannot_be_written_does_not_keep_the_program_from_running(
    tmp_path: Path, language: str, words: str
) -> None:
    (tmp_path / "logs").touch()
    code = CRASH.partition("def decode")[0]
    environment = {**os.environ, "DEFECT_DESKTOP_LANGUAGE": language, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", code, str(tmp_path / "logs")]
    told = subprocess.run(command, check=True, env=environment, stderr=subprocess.PIPE, encoding="utf-8").stderr
    assert words in told


TWO_PROGRAMS = """
import logging, os, sys
from pathlib import Path
from defect_desktop import logs
logs._MOST_BYTES = 1000
folder = Path(sys.argv[1])
logs.start_logging(folder)
log = logging.getLogger("defect_desktop.test")
real = os.rename, os.replace
def held(source, target):
    raise PermissionError(13, "another program has the file open")
os.rename = os.replace = held
for number in range(40):
    log.info("line %s while another program writes", number)
os.rename, os.replace = real
for number in range(2):
    log.info("line %s once it has ended", number)
"""


def test_no_line_is_lost_where_another_program_keeps_the_file_from_being_renamed(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", TWO_PROGRAMS, str(tmp_path)], check=True)
    long, short = (tmp_path / name for name in ("defect-desktop.log.1", "defect-desktop.log"))
    assert long.read_text(encoding="utf-8").count("another program writes") == 40
    assert short.read_text(encoding="utf-8").count("has ended") == 2
