from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from defect_desktop.capture import arrivals, sight
from defect_desktop.capture.lookout import Lookout
from defect_desktop.errors import PhotoProblem
from defect_desktop.paths import Paths
from defect_desktop.store.database import Database
from defect_desktop.workflows import watch_folder as module
from defect_desktop.workflows.classify_photos import ClassifyRequest, classify_photos
from defect_desktop.workflows.watch_folder import (
    Arrived,
    Recalled,
    Status,
    WatchEvent,
    Watching,
    WatchRequest,
    watch_folder,
)
from tests.photos import save_photos

WAIT_SECONDS = 20

SLOW_WRITER = """
import sys, time
content = open(sys.argv[1], "rb").read()
with open(sys.argv[2], "wb") as target:
    for start in range(0, len(content), len(content) // 8 + 1):
        target.write(content[start : start + len(content) // 8 + 1])
        target.flush()
        time.sleep(0.15)
"""


class Watch:
    """A watch under way, and everything that it has told so far."""

    def __init__(self, folder: Path, paths: Paths, interval: float = 0.05) -> None:
        self.events: list[WatchEvent] = []
        self._workflow = watch_folder(WatchRequest(folder, interval, "tiny", "torch", "cpu"), paths)
        first = next(self._workflow)
        assert isinstance(first, Watching)
        self.run_id = first.run_id

    def until(self, reached: Callable[[], bool]) -> None:
        deadline = time.monotonic() + WAIT_SECONDS
        while not reached():
            assert time.monotonic() < deadline, self.status
            self.events.append(next(self._workflow))

    def rest(self) -> None:
        """Until the folder was looked at some more times and nothing is left to do."""
        count = len(self.events)
        self.until(lambda: len(self.events) > count + 8 and self.status.waiting == self.status.ready == 0)

    def close(self) -> None:
        self._workflow.close()

    @property
    def status(self) -> Status:
        told = (event for event in reversed(self.events) if isinstance(event, Status))
        return next(told, Status(None, 0, 0, 0, 0))

    @property
    def arrived(self) -> list[str]:
        records = [record for event in self.events if isinstance(event, Arrived) for record in event.records]
        return [record.outcome.photo.path.name for record in records]

    @property
    def problems(self) -> dict[str, PhotoProblem]:
        records = [record for event in self.events if isinstance(event, Arrived) for record in event.records]
        return {each.outcome.photo.path.name: each.outcome.problem for each in records if each.outcome.problem}

    @property
    def recalled(self) -> list[str]:
        records = [record for event in self.events if isinstance(event, Recalled) for record in event.records]
        return [record.outcome.photo.path.name for record in records]

    @property
    def repeats(self) -> list[tuple[str, str]]:
        told = [repeat for event in self.events if isinstance(event, Arrived) for repeat in event.repeats]
        return [(repeat.photo.path.name, repeat.first.name) for repeat in told]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HEARTBEAT_SECONDS", 0.05)
    monkeypatch.setattr(arrivals, "PATIENCE_SECONDS", 1.0)
    monkeypatch.setattr(arrivals, "_LONGEST_PAUSE_SECONDS", 0.2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "card"
    folder.mkdir()
    return folder


@pytest.fixture
def watch(folder: Path, paths: Paths) -> Iterator[Watch]:
    with closing(Watch(folder, paths)) as watch:
        yield watch


def test_what_lay_there_before_and_what_arrives_are_classified_once(folder: Path, paths: Paths, tmp_path: Path) -> None:
    save_photos(folder, 3)
    with closing(Watch(folder, paths)) as watch:
        watch.until(lambda: len(watch.arrived) == 3)
        save_photos(folder / "100CANON", 2, start=10)
        watch.until(lambda: len(watch.arrived) == 5)
        watch.rest()
    assert sorted(watch.arrived) == [f"photo {number:04}.jpg" for number in (0, 1, 2, 10, 11)]
    with Database.open_existing(paths.database) as database:
        assert database.summary(watch.run_id).total == 5


def test_the_results_are_those_of_a_single_import(folder: Path, paths: Paths, tmp_path: Path) -> None:
    save_photos(folder, 4)
    with closing(Watch(folder, paths)) as watch:
        watch.until(lambda: len(watch.arrived) == 4)
    elsewhere = Paths(paths.assets, paths.models, tmp_path / "elsewhere")
    list(classify_photos(ClassifyRequest((folder,), "tiny", "torch", "cpu"), elsewhere))
    outcomes = []
    for place in (paths, elsewhere):
        with Database.open_existing(place.database) as database:
            outcomes.append([record.outcome for record in database.all_records()])
    assert outcomes[0] == outcomes[1]


def test_a_second_watch_takes_over_what_the_first_did(folder: Path, paths: Paths) -> None:
    save_photos(folder, 3)
    with closing(Watch(folder, paths)) as first:
        first.until(lambda: len(first.arrived) == 3)
    save_photos(folder, 1, start=50)
    shutil.copyfile(folder / "photo 0001.jpg", folder / "the same.jpg")
    with closing(Watch(folder, paths)) as second:
        second.until(lambda: len(second.arrived) + len(second.repeats) == 2)
        second.rest()
    assert len(second.recalled) == 3
    assert second.arrived == ["photo 0050.jpg"]
    assert second.repeats == [("the same.jpg", "photo 0001.jpg")]


def test_a_file_that_is_written_slowly_is_read_when_it_is_whole(folder: Path, watch: Watch, tmp_path: Path) -> None:
    (source,) = save_photos(tmp_path, 1, size=(800, 600))
    target = folder / "slow.jpg"
    with subprocess.Popen([sys.executable, "-c", SLOW_WRITER, str(source), str(target)]) as writer:
        watch.until(lambda: watch.arrived == ["slow.jpg"])
        assert writer.wait(5) == 0
    watch.rest()
    assert (watch.arrived, watch.problems, watch.status.failed) == (["slow.jpg"], {}, 0)


@pytest.mark.parametrize("rest", [b"", b"\0" * 40_000], ids=["cut short", "room reserved"])
def test_a_card_pulled_in_mid_copy_becomes_a_failure_and_the_whole_file_a_result(
    rest: bytes, folder: Path, watch: Watch, tmp_path: Path
) -> None:
    (source,) = save_photos(tmp_path, 1, size=(1200, 900))
    content = source.read_bytes()
    (folder / "half.jpg").write_bytes(content[: len(content) // 2] + rest)
    watch.until(lambda: watch.status.waiting == 1)
    assert watch.arrived == []
    watch.until(lambda: watch.status.failed == 1)
    assert watch.problems == {"half.jpg": PhotoProblem.TRUNCATED}
    (folder / "half.jpg").write_bytes(content)
    watch.until(lambda: len(watch.arrived) == 2)
    watch.rest()
    assert watch.arrived == ["half.jpg", "half.jpg"]
    assert watch.status.failed == 1


def test_a_folder_that_goes_away_is_told_and_the_watch_goes_on_when_it_is_back(
    folder: Path, watch: Watch, tmp_path: Path
) -> None:
    save_photos(folder, 2)
    watch.until(lambda: len(watch.arrived) == 2)
    folder.rename(tmp_path / "renamed")
    watch.until(lambda: watch.status.trouble is not None)
    assert "cannot be read" in watch.status.trouble.en
    save_photos(tmp_path / "renamed", 1, start=7)
    (tmp_path / "renamed").rename(folder)
    watch.until(lambda: len(watch.arrived) == 3)
    assert watch.status.trouble is None
    assert watch.problems == {}


def test_a_folder_that_goes_away_in_mid_work_costs_no_photo(folder: Path, watch: Watch, tmp_path: Path) -> None:
    save_photos(folder, 120)
    watch.until(lambda: len(watch.arrived) >= 8)
    folder.rename(tmp_path / "unplugged")
    watch.until(lambda: watch.status.trouble is not None)
    before = len(watch.arrived)
    assert before < 120
    (tmp_path / "unplugged").rename(folder)
    watch.until(lambda: len(watch.arrived) >= 120)
    watch.rest()
    assert len(watch.arrived) == len(set(watch.arrived)) == 120
    assert watch.problems == {}


def test_a_folder_that_is_not_there_yet_is_waited_for(tmp_path: Path, paths: Paths) -> None:
    with closing(Watch(tmp_path / "later", paths)) as watch:
        watch.until(lambda: watch.status.trouble is not None)
        save_photos(tmp_path / "later", 1)
        watch.until(lambda: len(watch.arrived) == 1)


def test_a_folder_that_does_not_answer_is_told(folder: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sight, "SILENT_SECONDS", 0.1)
    monkeypatch.setattr(Lookout, "_look", lambda _: time.sleep(1.5))
    with closing(Watch(folder, paths)) as watch:
        watch.until(lambda: watch.status.trouble is not None)
        assert "does not answer" in watch.status.trouble.en


def test_one_photo_under_two_names_has_one_result_until_the_first_name_is_gone(folder: Path, watch: Watch) -> None:
    save_photos(folder, 1)
    shutil.copyfile(folder / "photo 0000.jpg", folder / "photo 0000 (1).jpg")
    watch.until(lambda: len(watch.arrived) == len(watch.repeats) == 1)
    watch.rest()
    assert watch.status.done == 1
    for path in folder.iterdir():
        if path.name == watch.arrived[0]:
            path.rename(folder / "renamed.jpg")
    watch.until(lambda: len(watch.arrived) == 2)
    assert watch.arrived[1] == "renamed.jpg"


def test_a_photo_that_is_only_touched_keeps_its_result(folder: Path, watch: Watch) -> None:
    (photo,) = save_photos(folder, 1)
    watch.until(lambda: len(watch.arrived) == 1)
    os.utime(photo, (0, 0))  # the clock of whoever touched it is far behind
    watch.rest()
    assert len(watch.arrived) == 1
    assert watch.repeats == []


def test_a_photo_that_looked_different_for_a_while_keeps_its_result(folder: Path, watch: Watch) -> None:
    photo, other = save_photos(folder, 2)
    watch.until(lambda: len(watch.arrived) == 2)
    content, status = photo.read_bytes(), photo.stat()
    photo.write_bytes(other.read_bytes() + b"another content")
    watch.until(lambda: len(watch.arrived) == 3)
    photo.write_bytes(content)
    os.utime(photo, ns=(status.st_atime_ns, status.st_mtime_ns))
    watch.rest()
    assert len(watch.arrived) == 3
    assert watch.status.done == 3


def test_idle_it_is_heard_and_uses_no_processor(watch: Watch) -> None:
    watch.rest()
    busy, begin, count = time.process_time(), time.monotonic(), len(watch.events)
    watch.until(lambda: time.monotonic() > begin + 1)
    assert len(watch.events) - count >= 10
    assert time.process_time() - busy < 0.5


def test_closing_ends_the_run_well(folder: Path, paths: Paths) -> None:
    with closing(Watch(folder, paths)) as watch:
        watch.rest()
    with Database.open_existing(paths.database) as database:
        assert database.summary(watch.run_id).total == 0


@pytest.mark.slow
def test_a_flood_of_five_thousand_is_heard_from_all_the_time(folder: Path, paths: Paths) -> None:
    (photo,) = save_photos(folder.parent, 1, size=(64, 48))
    content = photo.read_bytes()
    for number in range(5000):
        (folder / f"{number:04}.jpg").write_bytes(content + number.to_bytes(4, "big"))  # what follows a JPEG is ignored
    with closing(Watch(folder, paths, interval=1.0)) as watch:
        longest, last = 0.0, time.monotonic()
        while watch.status.done < 5000:
            watch.events.clear()
            watch.until(lambda: bool(watch.events))
            longest, last = max(longest, time.monotonic() - last), time.monotonic()
        assert watch.status.failed == 0
    assert longest < 2
