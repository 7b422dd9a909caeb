import errno
import json
import zipfile
from pathlib import Path

import pytest

from defect_desktop.errors import ReportError
from defect_desktop.preferences import Preferences
from defect_desktop.store.database import Database
from defect_desktop.workflows.save_diagnostics import save_diagnostics, scrubbed
from tests.store.samples import SETTINGS

ROOTS = {"program": Path("/opt/defect/lib/defect_desktop"), "python": Path("/opt/defect")}


@pytest.fixture
def content(paths, tmp_path):
    """Everything that the zip holds, by name, after a day with a secret in every corner."""
    with Database.open(paths.database) as database:
        database.begin_run(SETTINGS)
    paths.logs.mkdir(parents=True)
    secret = "2025-03-04 ERROR cannot read '/home/kim/현장 사진/비밀 1502호.jpg': [Errno 5]\n"
    (paths.logs / "defect-desktop.log").write_text(secret, encoding="utf-8")
    (paths.logs / "defect-desktop.log.1").write_bytes(b"\xff\xfe broken bytes\n")
    (paths.data / "비밀.jpg").write_bytes(b"photo")
    chosen = Preferences(inspector="김비밀", photo_folder="/home/kim/비밀", camera="rtsp://kim:비밀@10.0.0.1/1")
    target = tmp_path / "out.zip"
    save_diagnostics(paths, target, chosen)
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_it_holds_what_helps(content):
    assert set(content) == {
        "machine.json",
        "preferences.json",
        "database.json",
        "logs/defect-desktop.log",
        "logs/defect-desktop.log.1",
    }
    machine, database = json.loads(content["machine.json"]), json.loads(content["database.json"])
    assert "sqlalchemy" in {name.lower() for name in machine["libraries"]}
    assert database["rows"]["run"] == 1
    assert any("CREATE TABLE" in statement for statement in database["schema"])
    assert json.loads(content["preferences.json"])["theme"] == "system"
    assert "ERROR cannot read '<path>': [Errno 5]" in content["logs/defect-desktop.log"]


def test_it_holds_no_secret(content, tmp_path):
    everything = "\n".join(content.values()) + "\n".join(content)
    for secret in ("비밀", "kim", "10.0.0.1", "1502"):
        assert secret not in everything


def test_a_database_that_cannot_be_read_is_told_in_its_place(paths, tmp_path):
    paths.data.mkdir(parents=True)
    paths.database.write_bytes(b"no database at all" * 100)
    save_diagnostics(paths, tmp_path / "out.zip", Preferences())
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        told = json.loads(archive.read("database.json"))
    assert told["exists"]
    assert str(tmp_path) not in told["problem"]


def test_a_log_that_cannot_be_read_is_told_in_its_place(paths, tmp_path):
    (paths.logs / "defect-desktop.log").mkdir(parents=True)
    save_diagnostics(paths, tmp_path / "out.zip", Preferences())
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.read("logs/defect-desktop.log").startswith(b"It cannot be read")


def test_a_place_that_cannot_be_written_is_told(paths, tmp_path):
    with pytest.raises(ReportError, match="diagnostic file cannot be written"):
        save_diagnostics(paths, tmp_path / "absent" / "out.zip", Preferences())


def test_what_lay_there_stays_where_the_disk_is_full(paths, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    target = tmp_path / "out.zip"
    target.write_bytes(b"of yesterday")
    with pytest.raises(ReportError, match="free space"):
        save_diagnostics(paths, target, Preferences())
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"out.zip": b"of yesterday"}


def test_a_folder_in_the_place_of_the_file_is_told(paths, tmp_path):
    with pytest.raises(ReportError, match="diagnostic file cannot be written"):
        save_diagnostics(paths, tmp_path, Preferences())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f'File "{ROOTS["program"]}/ui/app.py", line 3', 'File "<program>/ui/app.py", line 3'),
        (f'File "{ROOTS["python"]}/lib/numpy/core.py", line 9', 'File "<python>/lib/numpy/core.py", line 9'),
        ('File "/home/kim/내 사진/1.jpg", line 3', 'File "<path>", line 3'),
        (r"cannot open C:\Users\김\사진\1.jpg now", "cannot open <path>"),
        (r"PosixPath('/home/kim/a b.jpg') failed", "PosixPath('<path>') failed"),
        (r"share \\server\현장\1.jpg", "share <path>"),
        ("from ~/현장/1.jpg", "from <path>"),
        ("photo 102동-1502호.JPG is damaged", "photo <file> is damaged"),
        ("camera rtsp://kim:secret@10.0.0.1:554/live lost", "camera <address> lost"),
        ("12 photos/s, 3/4 done", "12 photos/s, 3/4 done"),
    ],
)
def test_scrubbing(line, expected):
    assert scrubbed(line, ROOTS) == expected
