"""Proves a .deb as its users would: `prove.py DEB`, as root. Without network, without Python, with an empty home.

It is installed over an older version, proven, compared with the source, and removed. Ends with an AssertionError that
says what is not so.
"""

from __future__ import annotations

import csv
import hashlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from defect_desktop import __version__  # noqa: E402
from tests.store.first_version import write_first_version  # noqa: E402

NAME = "defect-desktop"
OLDER = "0.0.1"
TRACES = [
    f"/opt/{NAME}", f"/usr/bin/{NAME}", f"/usr/share/applications/{NAME}.desktop", f"/usr/share/doc/{NAME}",
    f"/usr/share/icons/hicolor/scalable/apps/{NAME}.svg",
]  # fmt: skip


def main(deb: Path) -> None:
    """All of it, in one installation."""
    with tempfile.TemporaryDirectory() as place:
        proof = Proof(Path(place, "used"))
        before = proof.use_older_version(deb)
        install(deb)
        proof.kept_what_was_there(before)
        Proof(Path(place, "fresh")).tests_itself()
        proof.migrates_an_old_database()
        proof.refuses_a_newer_database()
        proof.agrees_with_the_source()
        run("dpkg", "-r", NAME)
        left = [trace for trace in TRACES if Path(trace).exists()]
        assert not left, f"removing it leaves {left}"
        proof.data_outlive_it()


class Proof:
    """The installed program, alone in a home of its own."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.home = place / "home"
        self.data = self.home / ".local" / "share" / "DefectDesktop"
        self.home.mkdir(parents=True)
        cut = ["unshare", "--net"]
        # Where the machine does not let us cut the network off, the program runs with it, and uses none.
        self._cut = cut if subprocess.run([*cut, "true"], check=False, capture_output=True).returncode == 0 else []

    def program(self, *arguments: str, code: int = 0) -> str:
        """What the program prints; fails where it ends with another code."""
        alone = ["env", "-i", f"HOME={self.home}", "PATH=/nowhere", "LANG=C.UTF-8", f"/usr/bin/{NAME}"]
        done = subprocess.run([*self._cut, *alone, *arguments], check=False, capture_output=True, text=True)
        assert done.returncode == code, f"{arguments} ended with {done.returncode}: {done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def use_older_version(self, deb: Path) -> str:
        """Installs this very program as an older version, classifies and installs a pack; the results as CSV."""
        install(as_version(deb, OLDER, self.place / "older"))
        self.program("classify", str(ROOT / "assets" / "samples"))
        self.program("models", "export", "starter", str(self.place / "mine.zip"))
        self.program("models", "install", "--replace", str(self.place / "mine.zip"))
        return self._exported()

    def kept_what_was_there(self, before: str) -> None:
        """Results and packs are those of the older version."""
        shown = self.program("--version")
        assert __version__ in shown, shown
        assert self._exported() == before, "the update changed what is exported"
        assert (self.data / "models" / "starter").is_dir(), "the update lost a pack"
        print(f"updated from {OLDER} to {__version__}: {before.count(chr(10)) - 1} results and a pack were kept")

    def tests_itself(self) -> None:
        """`--self-test`, with an empty home."""
        print(self.program("--self-test"))

    def migrates_an_old_database(self) -> None:
        """A database of the first schema is backed up, then migrated."""
        data = self.place / "old"
        write_first_version(data / "results.sqlite3")
        self.program("export", "--csv", str(data / "results.csv"), "--data-dir", str(data))
        backups = [path.name for path in (data / "backups").glob("*.sqlite3")]
        assert len(backups) == 1, backups
        print(f"migrated a database of the first version, after a backup: {backups[0]}")

    def refuses_a_newer_database(self) -> None:
        """The database of a newer program stays as it is, to the byte."""
        data = self.place / "newer"
        shutil.copytree(self.place / "old", data)
        database = data / "results.sqlite3"
        with closing(sqlite3.connect(database)) as newer:
            newer.execute("UPDATE alembic_version SET version_num = '9999'")
            newer.commit()
        before = hashlib.sha256(database.read_bytes()).digest()
        said = self.program("export", "--csv", str(data / "new.csv"), "--data-dir", str(data), code=2)
        assert "newer version" in said, said
        assert hashlib.sha256(database.read_bytes()).digest() == before, "it touched the newer database"
        print(said.strip())

    def agrees_with_the_source(self) -> None:
        """Frozen and source write the same of the same photos, byte for byte but for the time."""
        photos, pack = self.place / "photos", ROOT / "build" / "models" / "starter"
        source = [sys.executable, "-m", "defect_desktop"]
        run(*source, "demo-data", str(photos), "--counts", "3", "--seed", "50")
        classify = ("classify", str(photos), "--pack", str(pack), "--csv")
        frozen_csv, source_csv = self.place / "frozen.csv", self.place / "source.csv"
        self.program(*classify, str(frozen_csv), "--data-dir", str(self.place / "frozen"))
        run("env", "LANG=C.UTF-8", *source, *classify, str(source_csv), "--data-dir", str(self.place / "source"))
        frozen, expected = without_time(frozen_csv), without_time(source_csv)
        assert len(frozen) > 50, len(frozen)
        assert frozen == expected, next(pair for pair in zip(frozen, expected, strict=False) if pair[0] != pair[1])
        print(f"frozen and source agree on {len(frozen) - 1} photos")

    def data_outlive_it(self) -> None:
        """What the user has made is still there once the program is gone."""
        assert (self.data / "results.sqlite3").is_file(), "the results went with the program"
        assert (self.data / "models" / "starter").is_dir(), "the packs went with the program"

    def _exported(self) -> str:
        target = self.place / "exported.csv"
        target.unlink(missing_ok=True)
        self.program("export", "--csv", str(target))
        return target.read_text(encoding="utf-8-sig")


def install(deb: Path) -> None:
    """As an administrator does it; what it depends on is fetched where it is missing."""
    if subprocess.run(["dpkg", "-i", str(deb)], check=False).returncode:
        run("apt-get", "install", "-y", "-qq", "-f")


def as_version(deb: Path, version: str, folder: Path) -> Path:
    """The same .deb under another version."""
    run("dpkg-deb", "-R", str(deb), str(folder))
    control = folder / "DEBIAN" / "control"
    control.write_text(re.sub(r"(?m)^Version: .*$", f"Version: {version}", control.read_text("utf-8")), "utf-8")
    target = folder.with_suffix(".deb")
    run("dpkg-deb", "-b", "-Znone", str(folder), str(target))
    shutil.rmtree(folder)
    return target


def without_time(path: Path) -> list[list[str]]:
    """The rows of a CSV file without the moment of classification."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    time = next(index for index, name in enumerate(rows[0]) if name.startswith("Classified at"))
    return [[*row[:time], *row[time + 1 :]] for row in rows]


def run(*command: str) -> None:
    """Runs a command from the project's root; ends where it fails."""
    subprocess.run(command, check=True, cwd=ROOT)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
