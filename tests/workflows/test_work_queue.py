from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from defect_desktop.capture.folder import list_photos
from defect_desktop.core.place import Place
from defect_desktop.core.record import PhotoFile
from defect_desktop.core.waiting import PhotoSource, WaitingState
from defect_desktop.errors import PhotoProblem
from defect_desktop.paths import Paths
from defect_desktop.preferences import OwnThresholds
from defect_desktop.store.database import Database
from defect_desktop.workflows import work_queue as module
from defect_desktop.workflows.classify_photos import Advanced, ClassifyRequest, classify_photos
from defect_desktop.workflows.events import QueueEvent, Standing, Worked, Working
from defect_desktop.workflows.fill_queue import queue_files
from defect_desktop.workflows.work_queue import WorkRequest, work_queue
from tests.photos import save_photos

REQUEST = WorkRequest("tiny", "torch", "cpu")
KITCHEN, BATHROOM = Place(unit="101", room="주방"), Place(unit="101", room="욕실")

WORKER = """
import sys
from pathlib import Path
from defect_desktop.paths import Paths
from defect_desktop.workflows.events import Worked
from defect_desktop.workflows.work_queue import WorkRequest, work_queue
models, data = map(Path, sys.argv[1:])
for event in work_queue(WorkRequest("tiny", "torch", "cpu"), Paths(models, models, data)):
    if isinstance(event, Worked):
        print(len(event.records), flush=True)
"""


class Work:
    """The work under way, and everything that it has told so far."""

    def __init__(self, paths: Paths, request: WorkRequest = REQUEST) -> None:
        self.events: list[QueueEvent] = []
        self._workflow = work_queue(request, paths)
        assert isinstance(next(self._workflow), Working)

    def until(self, reached: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 20
        while not reached():
            assert time.monotonic() < deadline, self.counts
            self.events.append(next(self._workflow))

    def rest(self) -> None:
        """Until the queue was found empty once more."""
        count = len(self.events)
        self.until(lambda: len(self.events) > count + 2 and not self.counts[WaitingState.WAITING])

    def close(self) -> None:
        self._workflow.close()

    @property
    def worked(self) -> list[Worked]:
        return [event for event in self.events if isinstance(event, Worked)]

    @property
    def done(self) -> list[str]:
        return [record.outcome.photo.path.name for event in self.worked for record in event.records]

    @property
    def counts(self) -> Counter[WaitingState]:
        told = (event for event in reversed(self.events) if isinstance(event, Standing))
        return Counter(next(told, Standing({})).counts)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REST_SECONDS", 0.02)
    monkeypatch.setattr(module, "COUNTING_SECONDS", 0.0)


@pytest.fixture
def database(paths: Paths) -> Iterator[Database]:
    with Database.open(paths.database) as database:
        yield database


@pytest.fixture
def work(paths: Paths) -> Iterator[Work]:
    with closing(Work(paths)) as work:
        yield work


def files(folder: Path, count: int, start: int = 0) -> list[PhotoFile]:
    return list_photos(save_photos(folder, count, start=start))


def test_photos_keep_the_order_and_the_place_they_were_queued_with(
    database: Database, work: Work, tmp_path: Path
) -> None:
    late, early = files(tmp_path / "a", 3), files(tmp_path / "b", 3, start=10)
    database.queue.add(early, PhotoSource.CAMERA, KITCHEN)
    database.queue.add(late, PhotoSource.FOLDER, BATHROOM)
    work.rest()
    assert work.done == [photo.path.name for photo in [*early, *late]]
    places = [record.remarks.place for event in work.worked for record in event.records]
    assert places == [KITCHEN] * 3 + [BATHROOM] * 3
    assert work.counts[WaitingState.DONE] == 6


def test_what_waits_and_what_is_done_are_always_all_photos(
    database: Database, work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "COUNTING_SECONDS", 1000.0)
    database.queue.add(files(tmp_path / "a", 20), PhotoSource.FOLDER)
    done, sums = 0, set()
    work.until(lambda: len(work.done) == 20)
    for event in work.events:
        if isinstance(event, Worked):
            done += len(event.records)
        elif isinstance(event, Standing):
            sums.add(done + event.counts[WaitingState.WAITING])
    assert sums == {20}


def test_the_results_are_those_of_a_folder_that_is_classified(work: Work, paths: Paths, tmp_path: Path) -> None:
    save_photos(tmp_path / "photos", 5)
    filled = queue_files([tmp_path / "photos"], paths)
    assert (filled.found, filled.queued) == (5, 5)
    work.rest()
    queued = [record.outcome for event in work.worked for record in event.records]
    request = ClassifyRequest((tmp_path / "photos",), "tiny", "torch", "cpu", again=True)
    events = [event for event in classify_photos(request, paths) if isinstance(event, Advanced)]
    assert queued == [record.outcome for event in events for record in event.records]


def test_photos_may_be_added_while_it_works_and_while_it_rests(database: Database, work: Work, tmp_path: Path) -> None:
    database.queue.add(files(tmp_path, 30), PhotoSource.FOLDER)
    work.until(lambda: len(work.done) > 0)
    database.queue.add(files(tmp_path, 2, start=50), PhotoSource.PASTED)
    work.rest()
    assert len(work.done) == 32
    work.rest()
    database.queue.add(files(tmp_path, 1, start=60), PhotoSource.CAMERA)
    work.until(lambda: work.done[-1] == "photo 0060.jpg")


def test_a_pause_holds_what_is_left_until_it_is_resumed(database: Database, work: Work, tmp_path: Path) -> None:
    database.queue.add(files(tmp_path, 80), PhotoSource.FOLDER)
    work.until(lambda: len(work.done) > 0)
    paused = database.queue.pause()
    before = len(work.done)
    assert paused == 80 - before
    work.rest()
    work.rest()
    assert len(work.done) == before
    assert work.counts[WaitingState.PAUSED] == paused
    database.queue.resume()
    work.rest()
    assert len(work.done) == len(set(work.done)) == 80


def test_what_is_cancelled_is_not_recorded_and_waits_again_when_it_is_dropped_again(
    database: Database, work: Work, tmp_path: Path
) -> None:
    photos = files(tmp_path, 80)
    database.queue.add(photos, PhotoSource.FOLDER)
    work.until(lambda: len(work.done) > 0)
    before = len(work.done)
    assert len(database.queue.cancel()) == 80 - before
    work.rest()
    assert len(work.done) == before
    assert database.queue.add(photos, PhotoSource.FOLDER) == 80
    work.rest()
    recalled = [record for event in work.worked if event.recalled for record in event.records]
    assert len(recalled) == before  # dropped again, they have their results already
    assert len(set(work.done)) == 80
    assert len(work.done) == 80 + before


def test_a_photo_that_cannot_be_used_fails_and_can_be_tried_again(
    database: Database, work: Work, tmp_path: Path
) -> None:
    good, bad = files(tmp_path, 2)
    content = bad.path.read_bytes()
    bad.path.unlink()
    database.queue.add([good, bad], PhotoSource.FOLDER)
    work.rest()
    assert work.counts[WaitingState.FAILED] == 1
    assert [record.outcome.problem for record in work.worked[-1].records][-1] is PhotoProblem.MISSING
    database.queue.retry([turn.id for turn in database.queue.missed()])
    work.rest()  # it is still missing: the second failure is a result of its own
    assert work.counts[WaitingState.FAILED] == 1
    bad.path.write_bytes(content)
    database.queue.retry([turn.id for turn in database.queue.missed()])
    work.rest()
    assert work.counts[WaitingState.DONE] == 2
    assert work.done == [good.path.name] + [bad.path.name] * 3


def test_a_file_that_changed_while_it_waited_has_its_turn_twice(database: Database, work: Work, tmp_path: Path) -> None:
    (photo,) = files(tmp_path, 1)
    touched = PhotoFile(photo.path, photo.size, photo.mtime_ns - 10**12)  # the clock went backwards
    database.queue.add([touched, photo], PhotoSource.FOLDER)
    work.rest()
    assert work.counts[WaitingState.DONE] == 2
    assert len(work.done) == 2


def test_results_that_stand_are_taken_over(database: Database, work: Work, paths: Paths, tmp_path: Path) -> None:
    photos = files(tmp_path / "photos", 4)
    request = ClassifyRequest((tmp_path / "photos",), "tiny", "torch", "cpu")
    earlier = [e.records for e in classify_photos(request, paths) if isinstance(e, Advanced)]
    database.queue.add([*photos, *files(tmp_path / "new", 1, start=9)], PhotoSource.WATCHED, KITCHEN)
    work.rest()
    recalled, fresh = work.worked
    assert (recalled.recalled, fresh.recalled) == (True, False)
    assert [r.outcome for r in recalled.records] == [r.outcome for records in earlier for r in records]
    assert {r.remarks.place for r in recalled.records} == {KITCHEN}
    assert len(fresh.records) == 1


def test_one_photo_under_two_names_is_told(database: Database, work: Work, tmp_path: Path) -> None:
    (photo,) = files(tmp_path, 1)
    copy = tmp_path / "photo 0000 (1).jpg"
    shutil.copyfile(photo.path, copy)
    database.queue.add([photo, *list_photos([copy])], PhotoSource.FOLDER)
    work.rest()
    assert [(r.photo.path, r.first) for event in work.worked for r in event.repeats] == [(copy, photo.path)]
    assert len(work.done) == 2


def test_what_was_not_done_is_done_after_a_restart(database: Database, paths: Paths, tmp_path: Path) -> None:
    database.queue.add(files(tmp_path, 60), PhotoSource.FOLDER)
    done: list[str] = []
    with closing(Work(paths)) as first:
        first.until(lambda: len(first.done) > 0)
        done += first.done
    assert 0 < len(done) < 60
    with closing(Work(paths)) as second:
        second.rest()
        done += second.done
    assert sorted(done) == sorted({f"photo {number:04d}.jpg" for number in range(60)})


def test_two_who_work_the_same_queue_do_nothing_twice(database: Database, paths: Paths, tmp_path: Path) -> None:
    database.queue.add(files(tmp_path, 60), PhotoSource.FOLDER)
    with closing(Work(paths)) as one, closing(Work(paths)) as other:
        for turn in range(10_000):
            work = (one, other)[turn % 2]
            count = len(work.events)
            work.until(lambda work=work, count=count: len(work.events) > count)
            if database.queue.counts()[WaitingState.DONE] == 60:
                break
    classified = [
        [record.outcome.photo.path.name for event in work.worked if not event.recalled for record in event.records]
        for work in (one, other)
    ]
    assert all(classified)
    assert sorted(classified[0] + classified[1]) == [f"photo {number:04d}.jpg" for number in range(60)]


def test_the_users_thresholds_count(database: Database, paths: Paths, tmp_path: Path) -> None:
    trusting, strict = OwnThresholds(confidence=0, margin=0, agreement=0), OwnThresholds(confidence=1)
    checks = []
    for start, thresholds in enumerate((trusting, strict)):
        database.queue.add(files(tmp_path, 3, start=10 * start), PhotoSource.FOLDER)
        with closing(Work(paths, replace(REQUEST, thresholds=thresholds))) as work:
            work.rest()
        checks.append([record.outcome.verdict.needs_check for event in work.worked for record in event.records])
    assert checks == [[False] * 3, [True] * 3]


def test_closing_ends_the_run_well(database: Database, paths: Paths, tmp_path: Path) -> None:
    database.queue.add(files(tmp_path, 3), PhotoSource.FOLDER)
    with closing(Work(paths)) as work:
        work.rest()
    run_id = database.latest_run_id()
    assert [record.outcome.photo.path.name for record in database.records(run_id)] == work.done


def test_what_was_done_is_counted_at_once_and_what_is_added_soon(
    database: Database, work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "COUNTING_SECONDS", 60.0)
    database.queue.add(files(tmp_path, 3), PhotoSource.FOLDER)
    work.until(lambda: len(work.done) == 3)
    work.until(lambda: work.counts[WaitingState.DONE] == 3)
    counts = work.counts
    database.queue.add([PhotoFile(tmp_path / "x.jpg", 1, 1)], PhotoSource.FOLDER)
    work.until(lambda: len(work.done) == 4)
    work.until(lambda: work.counts != counts)


def test_an_empty_queue_uses_no_processor(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REST_SECONDS", 0.1)
    busy, begin = time.process_time(), time.monotonic()
    work.until(lambda: time.monotonic() > begin + 1)
    assert time.process_time() - busy < 0.4


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_kill_loses_nothing_and_doubles_nothing(database: Database, paths: Paths, tmp_path: Path) -> None:
    photos = files(tmp_path, 150)
    database.queue.add(photos, PhotoSource.FOLDER, KITCHEN)
    safe = 0
    for _ in range(3):
        command = [sys.executable, "-c", WORKER, str(paths.models), str(paths.data)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
            for _ in range(3):
                safe += int(worker.stdout.readline())
            os.kill(worker.pid, signal.SIGKILL)
        assert database.queue.counts()[WaitingState.DONE] >= safe
    with closing(Work(paths)) as work:
        work.rest()
    records = list(database.all_records())
    assert sorted(record.outcome.photo.path for record in records) == sorted(photo.path for photo in photos)
    assert all(record.outcome.verdict and record.remarks.place == KITCHEN for record in records)
    assert database.queue.counts()[WaitingState.DONE] == 150
