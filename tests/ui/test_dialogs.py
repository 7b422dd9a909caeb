"""The questions, on a screen of the usual width: Qt breaks the lines of a question by the width of the screen."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from defect_desktop.ui.dialogs import Dialogs
from defect_desktop.ui.pages.models.dialogs import PackDialogs

ROOT = Path(__file__).parents[2]

ASK = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from defect_desktop.paths import Paths
from defect_desktop.preferences import Preferences
from defect_desktop.ui.appearance import Appearance, make_application
from defect_desktop.ui.dialogs import Dialogs
from defect_desktop.ui.preference_store import PreferenceStore

application = make_application("question")
paths = Paths.find(Path(sys.argv[1]))
preferences = PreferenceStore(paths.preferences, Preferences(text_size=int(sys.argv[2])))
appearance = Appearance(application, preferences, paths.assets)
window = QWidget()
window.show()
Dialogs().confirm_restore(window, "11/28/25, 6:59 PM  ·  Before an update of the database  ·  1.32 GB", print)
box = window.findChild(QMessageBox)
assert QTest.qWaitForWindowExposed(box)
for text in filter(QLabel.text, box.findChildren(QLabel)):
    print(text.sizeHint().width() <= text.width(), text.heightForWidth(text.width()) <= text.height())
"""


@pytest.mark.parametrize("text_size", [100, 150])
def test_all_of_a_question_is_seen(tmp_path, text_size):
    screen = {"name": "tablet", "x": 0, "y": 0, "width": 1280, "height": 800, "logicalDpi": 96, "dpr": 1}
    (tmp_path / "screens.json").write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    platform = {"QT_QPA_PLATFORM": "offscreen:configfile=screens.json", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", ASK, str(tmp_path), str(text_size)]
    environment = os.environ | platform
    asked = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert asked.stdout.splitlines() == ["True True"] * 2


def test_the_choice_of_a_folder_for_reports_does_not_move_where_photos_begin(application, monkeypatch, tmp_path):
    begun = []
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda parent, title, begin: begun.append(begin) or str(tmp_path)
    )
    dialogs = Dialogs()
    dialogs.begin_at(Path("photos"), Path("reports"))
    assert dialogs.choose_report_folder(None) == dialogs.choose_folder(None) == tmp_path
    dialogs.choose_folder(None)
    assert begun == ["reports", "photos", str(tmp_path)]


def typing(monkeypatch, *names):
    """The user types these names, one each time that the dialog comes; what the dialog suggested by then."""
    suggested, typed = [], iter(names)

    def choose(parent, title, suggestion, kind):
        suggested.append(Path(suggestion))
        return str(next(typed)), kind

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return suggested


def choose_report():
    return Dialogs().choose_csv(None)


def choose_pack():
    return PackDialogs().choose_target(None, "starter")


@pytest.mark.parametrize(("choose", "end"), [(choose_report, ".csv"), (choose_pack, ".zip")])
@pytest.mark.parametrize("name", ["결과", "101동 1.2층", "결과.txt"])
def test_a_file_gets_the_end_that_its_program_knows_it_by(application, monkeypatch, tmp_path, choose, end, name):
    typing(monkeypatch, tmp_path / name)
    assert choose() == tmp_path / f"{name}{end}"


@pytest.mark.parametrize(("choose", "end"), [(choose_report, ".csv"), (choose_pack, ".zip")])
def test_no_file_is_replaced_unasked_where_its_end_was_not_typed(application, monkeypatch, tmp_path, choose, end):
    there = tmp_path / f"결과{end}"
    there.touch()
    suggested = typing(monkeypatch, tmp_path / "결과", there)
    assert choose() == there
    assert suggested[1:] == [there]  # for which the dialog asks
    typing(monkeypatch, tmp_path / "결과", "")
    assert choose() is None
