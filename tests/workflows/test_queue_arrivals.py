from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from defect_desktop.capture import arrivals, scan, sight
from defect_desktop.capture.lookout import Lookout
from defect_desktop.core.photo_names import is_photo_name
from defect_desktop.core.place import Place
from defect_desktop.core.waiting import PhotoSource, WaitingState
from defect_desktop.errors import PhotoError, PhotoProblem
from defect_desktop.paths import Paths
from defect_desktop.store.database import Database
from defect_desktop.vision import photo_loader
from defect_desktop.workflows import queue_arrivals as module
from defect_desktop.workflows.queue_arrivals import ArrivalsRequest, FolderStatus, queue_arrivals
from defect_desktop.workflows.work_queue import WorkRequest, work_queue
from tests.photos import save_photos

HALL, BATH = Place(unit="201", room="현관"), Place(unit="201", room="욕실")


class Watch:
    """A watch under way."""

    def __init__(self, folder: Path, paths: Paths, interval: float = 0.05) -> None:
        self.status = FolderStatus(None, 0, 0, 0)
        self.place = HALL
        self._workflow = queue_arrivals(ArrivalsRequest(folder, lambda: self.place, interval), paths)

    def until(self, reached: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 20
        while not reached():
            assert time.monotonic() < deadline, self.status
            self.status = next(self._workflow)

    def rest(self) -> None:
        """Until the folder was looked at some more times and nothing is left to do."""
        rounds = iter(range(8))
        self.until(lambda: next(rounds, None) is None and self.status.waiting == self.status.ready == 0)

    def close(self) -> None:
        self._workflow.close()


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


@pytest.fixture
def database(paths: Paths) -> Iterator[Database]:
    with Database.open(paths.database) as database:
        yield database


def waiting(database: Database) -> list[str]:
    turns = database.queue.next(10_000)
    assert {(turn.source, turn.place) for turn in turns} <= {(PhotoSource.WATCHED, HALL)}
    return [turn.photo.path.name for turn in turns]


def work(paths: Paths, database: Database) -> None:
    """Works through all that waits."""
    with closing(work_queue(WorkRequest("tiny", "torch", "cpu"), paths)) as workflow:
        for _ in workflow:
            if not database.queue.next(1):
                return


def test_what_lay_there_and_what_arrives_is_queued_once(folder: Path, watch: Watch, database: Database) -> None:
    save_photos(folder, 3)
    watch.until(lambda: watch.status.queued == 3)
    save_photos(folder / "100CANON", 2, start=10)
    watch.until(lambda: watch.status.queued == 5)
    watch.rest()
    assert len(waiting(database)) == 5


def test_a_photo_belongs_to_the_place_of_the_moment(folder: Path, watch: Watch, database: Database) -> None:
    save_photos(folder, 1)
    watch.until(lambda: watch.status.queued == 1)
    watch.place = BATH
    save_photos(folder, 1, start=1)
    watch.until(lambda: watch.status.queued == 2)
    assert [turn.place for turn in database.queue.next(9)] == [HALL, BATH]


def test_watched_again_it_queues_only_what_is_new(folder: Path, paths: Paths, database: Database) -> None:
    save_photos(folder, 3)
    with closing(Watch(folder, paths)) as first:
        first.until(lambda: first.status.queued == 3)
    database.queue.cancel()  # what a person gave up stays given up
    save_photos(folder, 1, start=7)
    with closing(Watch(folder, paths)) as second:
        second.until(lambda: second.status.queued == 1)
        second.rest()
    assert waiting(database) == ["photo 0007.jpg"]


def test_a_watch_that_is_stopped_reads_no_further_photo_and_queues_none(
    folder: Path, watch: Watch, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def read_photo(path: Path) -> bytes:
        read.append(path)
        return photo_loader.read_photo(path)

    monkeypatch.setattr(module, "read_photo", read_photo)
    save_photos(folder, 6)
    watch.until(lambda: len(read) > 0)
    watch.close()
    assert len(read) == 1
    assert waiting(database) == []


def test_a_card_pulled_in_mid_copy_waits_until_the_photo_is_whole(
    folder: Path, watch: Watch, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "PATIENCE_SECONDS", 60.0)
    (source,) = save_photos(tmp_path, 1, size=(1200, 900))
    content = source.read_bytes()
    (folder / "half.jpg").write_bytes(content[: len(content) // 2])
    watch.until(lambda: watch.status.waiting == 1)
    end = time.monotonic() + 0.5
    watch.until(lambda: time.monotonic() > end)
    assert waiting(database) == []
    (folder / "half.jpg").write_bytes(content)
    watch.until(lambda: watch.status.queued == 1)
    assert waiting(database) == ["half.jpg"]


def test_a_photo_that_never_becomes_whole_is_queued_in_the_end_to_be_told_of(
    folder: Path, watch: Watch, database: Database
) -> None:
    (photo,) = save_photos(folder, 1, size=(800, 600))
    photo.write_bytes(photo.read_bytes()[:3000])
    watch.until(lambda: watch.status.queued == 1)
    assert waiting(database) == [photo.name]


def test_a_photo_that_there_is_no_memory_for_does_not_end_the_watch(
    folder: Path, watch: Watch, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.name == "huge.tif":
            raise MemoryError
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    (folder / "huge.tif").write_bytes(b"x")
    save_photos(folder, 1)
    watch.until(lambda: watch.status.queued == 2)


def test_a_folder_that_goes_away_is_told_and_nothing_is_lost_or_doubled(
    folder: Path, watch: Watch, database: Database, tmp_path: Path
) -> None:
    save_photos(folder, 60)
    watch.until(lambda: watch.status.queued >= 8)
    folder.rename(tmp_path / "renamed")
    watch.until(lambda: watch.status.trouble is not None)
    assert "cannot be read" in watch.status.trouble.en
    (tmp_path / "renamed").rename(folder)
    watch.until(lambda: watch.status.queued >= 60)
    watch.rest()
    assert watch.status.trouble is None
    assert len(waiting(database)) == 60


@pytest.mark.parametrize("away", ["while it is watched", "between two looks", "until it is watched again"])
def test_photos_whose_drive_was_pulled_before_their_turn_come_again_with_it_and_keep_their_place(
    away: str, folder: Path, paths: Paths, database: Database, tmp_path: Path
) -> None:
    drive = folder / "stick"
    save_photos(drive, 3)
    with closing(Watch(folder, paths)) as watch:
        watch.until(lambda: watch.status.queued == 3)
        drive.rename(tmp_path / "pulled")
        work(paths, database)
        assert database.queue.counts()[WaitingState.FAILED] == 3
        if away == "while it is watched":
            watch.rest()
        elif away == "until it is watched again":
            watch.close()
            watch = Watch(folder, paths)
        watch.place = BATH
        (tmp_path / "pulled").rename(drive)
        watch.until(lambda: database.queue.counts()[WaitingState.WAITING] == 3)
        work(paths, database)
        watch.rest()
        assert watch.status.brought_back == 3
        watch.close()
    assert database.queue.counts()[WaitingState.DONE] == 3
    assert [record.outcome.problem for record in database.all_records()] == [None] * 3
    assert {record.remarks.place for record in database.all_records()} == {HALL}


def test_a_watch_that_is_stopped_as_its_drive_came_back_reads_no_further_photo(
    folder: Path, paths: Paths, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def read_photo(path: Path) -> bytes:
        read.append(path)
        raise PhotoError(PhotoProblem.UNREADABLE)

    drive = folder / "stick"
    save_photos(drive, 3)
    with closing(Watch(folder, paths)) as watch:
        watch.until(lambda: watch.status.queued == 3)
        drive.rename(tmp_path / "pulled")
        work(paths, database)
        watch.rest()
        monkeypatch.setattr(module, "read_photo", read_photo)
        (tmp_path / "pulled").rename(drive)
        watch.until(lambda: len(read) > 0)
    assert len(read) == 1
    assert database.queue.counts()[WaitingState.FAILED] == 3


def test_what_cannot_be_used_does_not_come_again_with_its_folder(
    folder: Path, watch: Watch, database: Database, paths: Paths, tmp_path: Path
) -> None:
    folder.joinpath("empty.jpg").touch()
    folder.joinpath("words.jpg").write_text("no photo")
    watch.until(lambda: watch.status.queued == 2)
    work(paths, database)
    folder.rename(tmp_path / "renamed")
    watch.until(lambda: watch.status.trouble is not None)
    (tmp_path / "renamed").rename(folder)
    watch.until(lambda: watch.status.trouble is None)
    watch.rest()
    assert database.queue.counts()[WaitingState.FAILED] == 2


def test_a_folder_that_is_deleted_is_waited_for(folder: Path, watch: Watch) -> None:
    shutil.rmtree(folder)
    watch.until(lambda: watch.status.trouble is not None)
    save_photos(folder, 1)
    watch.until(lambda: watch.status.queued == 1)


def test_a_share_that_does_not_answer_is_told(folder: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sight, "SILENT_SECONDS", 0.1)
    monkeypatch.setattr(Lookout, "_look", lambda _: time.sleep(1.5))
    with closing(Watch(folder, paths)) as watch:
        watch.until(lambda: watch.status.trouble is not None)
        assert "does not answer" in watch.status.trouble.en


def test_a_share_that_takes_long_over_many_photos_is_not_said_to_be_silent(
    folder: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(name: str) -> bool:
        time.sleep(0.1)
        return is_photo_name(name)

    monkeypatch.setattr(sight, "SILENT_SECONDS", 0.5)
    monkeypatch.setattr(scan, "is_photo_name", slow)
    save_photos(folder, 20)
    with closing(Watch(folder, paths)) as watch:
        troubles = set()
        watch.until(lambda: troubles.add(watch.status.trouble) or watch.status.waiting == 20)
    assert troubles == {None}


@pytest.mark.slow
def test_a_flood_of_five_thousand_is_heard_from_all_the_time(folder: Path, paths: Paths, database: Database) -> None:
    (photo,) = save_photos(folder.parent, 1, size=(64, 48))
    content = photo.read_bytes()
    for number in range(5000):
        (folder / f"{number:04}.jpg").write_bytes(content + number.to_bytes(4, "big"))
    longest, last = 0.0, time.monotonic()
    with closing(queue_arrivals(ArrivalsRequest(folder, lambda: HALL, 1.0), paths)) as workflow:
        for status in workflow:
            longest, last = max(longest, time.monotonic() - last), time.monotonic()
            if status.queued == 5000:
                break
    assert longest < 2
    assert database.queue.counts()[WaitingState.WAITING] == 5000
