"""A database on another computer's drive keeps no write-ahead log."""

from __future__ import annotations

import sqlite3
from pathlib import Path, PurePosixPath

import pytest

from defect_desktop.store import database as database_module
from defect_desktop.store.database import Database
from defect_desktop.store.network_drive import file_system, is_on_network

MOUNTS = r"""
22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
30 22 0:27 / /mnt/office rw,relatime shared:9 - cifs //server/office rw,vers=3.1.1
31 22 0:28 / /mnt/team\040photos rw - nfs4 server:/photos rw
32 30 0:29 / /mnt/office/local rw - tmpfs tmpfs rw
33 22 0:30 / /home rw - ext4 /dev/sda1 rw
34 22 0:31 / /home rw - fuse.sshfs me@server:/home rw
torn line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib", "ext4"),
        ("/mnt/office", "cifs"),
        ("/mnt/office/data", "cifs"),
        ("/mnt/officer", "ext4"),
        ("/mnt/team photos/2026", "nfs4"),
        ("/mnt/office/local/data", "tmpfs"),
        ("/home/me", "fuse.sshfs"),
    ],
)
def test_the_innermost_mount_counts(folder: str, kind: str) -> None:
    assert file_system(PurePosixPath(folder), MOUNTS) == kind


def journal_of(path: Path) -> str:
    connection = sqlite3.connect(path)
    try:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])
    finally:
        connection.close()


def test_a_database_that_moves_to_a_share_gives_its_log_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "results.sqlite3"
    assert not is_on_network(tmp_path)
    Database.open(path).close()
    assert journal_of(path) == "wal"
    monkeypatch.setattr(database_module, "is_on_network", lambda folder: folder == tmp_path)
    Database.open(path).close()
    assert journal_of(path) == "delete"
