from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from defect_desktop.capture import camera as camera_module
from defect_desktop.capture.camera import CameraState, CameraStatus
from defect_desktop.capture.video import CameraSource
from defect_desktop.core.place import Place
from defect_desktop.core.record import PhotoRecord
from defect_desktop.core.waiting import WaitingState
from defect_desktop.paths import Paths
from defect_desktop.store.database import Database
from defect_desktop.vision.photo_loader import decode_photo
from defect_desktop.workflows import inspect_live as module
from defect_desktop.workflows.classify_photos import Advanced, ClassifyRequest, classify_photos
from defect_desktop.workflows.events import Worked
from defect_desktop.workflows.inspect_live import (
    Captured,
    Live,
    LiveEvent,
    LiveRequest,
    NotCaptured,
    Seen,
    Shutter,
    inspect_live,
)
from defect_desktop.workflows.work_queue import WorkRequest, work_queue
from tests.capture.cameras import FakeCamera, write_video
from tests.photos import scene

KITCHEN = Place(unit="101", room="주방")


class Inspection:
    """An inspection under way, and everything that it has told so far."""

    def __init__(self, source: str, paths: Paths) -> None:
        self.shutter = Shutter()
        self.events: list[LiveEvent] = []
        request = LiveRequest(CameraSource(source), "tiny", "torch", "cpu")
        self._workflow = inspect_live(request, paths, self.shutter)
        assert isinstance(next(self._workflow), Live)

    def until(self, reached: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 10
        while not reached():
            assert time.monotonic() < deadline, self.events[-3:]
            self.events.append(next(self._workflow))

    def of(self, kind: type) -> list:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def state(self) -> CameraState:
        return self.of(CameraStatus)[-1].state

    def close(self) -> None:
        self._workflow.close()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HEARTBEAT_SECONDS", 0.05)
    monkeypatch.setattr(module, "SHUTTER_SECONDS", 0.3)
    monkeypatch.setattr(camera_module, "SILENT_SECONDS", 0.2)
    monkeypatch.setattr(camera_module, "RETRY_SECONDS", 0.05)


@pytest.fixture
def film(tmp_path: Path) -> str:
    return str(write_video(tmp_path / "film.avi", [np.asarray(scene(320, 240, seed)) for seed in range(6)]))


@pytest.fixture
def inspection(film: str, paths: Paths) -> Iterator[Inspection]:
    with closing(Inspection(film, paths)) as inspection:
        yield inspection


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeCamera]:
    plug = FakeCamera()
    monkeypatch.setattr(module, "Camera", lambda source: camera_module.Camera(source, plug.opener))
    yield plug
    plug.let_go()


def test_frames_come_with_verdicts_of_their_own_and_a_running_one(inspection: Inspection) -> None:
    inspection.until(lambda: len(inspection.of(Seen)) >= 8)
    seen = inspection.of(Seen)
    assert seen[0].frame.pixels.shape == (240, 320, 3)
    assert seen[0].running == seen[0].verdict
    own, running = (
        [e.confidence for e in events] for events in zip(*((s.verdict, s.running) for s in seen), strict=True)
    )
    assert np.std(running) < np.std(own)
    assert all(0 <= event.seconds < 5 for event in seen)
    assert inspection.state is CameraState.LIVE


def test_no_more_verdicts_are_made_than_help(inspection: Inspection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_A_SECOND", 10.0)
    inspection.until(lambda: bool(inspection.of(Seen)))
    begin = time.monotonic()
    inspection.until(lambda: time.monotonic() - begin > 1)
    assert 4 <= len(inspection.of(Seen)) <= 12


def test_a_photo_is_kept_in_full_size_and_stored_as_classify_would(
    inspection: Inspection, paths: Paths, tmp_path: Path
) -> None:
    inspection.until(lambda: bool(inspection.of(Seen)))
    inspection.shutter.press(KITCHEN)
    inspection.until(lambda: bool(inspection.of(Captured)))
    (captured,) = inspection.of(Captured)
    photo = captured.record.outcome.photo
    assert photo.path.is_relative_to(paths.captures)
    frame = next(e for e in reversed(inspection.of(Seen)))
    kept = decode_photo(photo.path.read_bytes())
    assert kept.shape == frame.frame.pixels.shape
    assert np.abs(kept.astype(int) - frame.frame.pixels).mean() < 3
    assert captured.record.remarks.place == KITCHEN

    request = ClassifyRequest((photo.path,), "tiny", "torch", "cpu", again=True)
    (advanced,) = [event for event in classify_photos(request, paths) if isinstance(event, Advanced)]
    assert advanced.records[0].outcome == captured.record.outcome
    with Database.open(paths.database) as database:
        assert database.queue.counts()[WaitingState.DONE] == 1


def test_a_photo_shows_what_came_after_the_shutter_was_pressed(
    inspection: Inspection, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = []
    capture = module._Album.capture
    monkeypatch.setattr(
        module._Album, "capture", lambda self, frame, place: frames.append(frame) or capture(self, frame, place)
    )
    inspection.until(lambda: bool(inspection.of(Seen)))
    time.sleep(0.2)
    pressed = time.monotonic()
    inspection.shutter.press()
    inspection.shutter.press()
    inspection.until(lambda: bool(inspection.of(Captured)))
    inspection.until(lambda: len(inspection.of(Seen)) >= 6)
    assert len(inspection.of(Captured)) == 1
    assert frames[0].taken >= pressed


def test_photos_of_one_inspection_are_one_run(inspection: Inspection, paths: Paths) -> None:
    for count in (1, 2, 3):
        inspection.shutter.press()
        inspection.until(lambda count=count: len(inspection.of(Captured)) == count)
    inspection.close()
    with Database.open(paths.database) as database:
        records = list(database.records(database.latest_run_id()))
    assert records == [event.record for event in inspection.of(Captured)]
    assert len({record.outcome.photo.path for record in records}) == 3


def test_without_a_camera_a_photo_is_refused_in_words(plug: FakeCamera, paths: Paths) -> None:
    plug.plugged = False
    with closing(Inspection("0", paths)) as inspection:
        inspection.shutter.press()
        inspection.until(lambda: bool(inspection.of(NotCaptured)))
        assert "cannot be opened" in inspection.of(NotCaptured)[0].reason.en
        assert inspection.state is CameraState.LOST


def test_a_camera_that_is_lost_is_told_and_goes_on_when_it_is_back(plug: FakeCamera, paths: Paths) -> None:
    with closing(Inspection("0", paths)) as inspection:
        inspection.until(lambda: bool(inspection.of(Seen)))
        plug.plugged = False
        inspection.until(lambda: inspection.state is CameraState.LOST)
        plug.plugged = True
        inspection.until(lambda: inspection.state is CameraState.LIVE)
        count = len(inspection.of(Seen))
        inspection.until(lambda: len(inspection.of(Seen)) > count)


def test_it_is_heard_while_the_camera_hangs_and_closes_at_once(plug: FakeCamera, paths: Paths) -> None:
    plug.hangs.set()
    with closing(Inspection("0", paths)) as inspection:
        begin = time.monotonic()
        inspection.until(lambda: len(inspection.events) >= 3)
        assert time.monotonic() - begin < 2
        begin = time.monotonic()
    assert time.monotonic() - begin < 2


def test_a_disk_that_is_full_costs_the_photo_and_not_the_inspection(
    inspection: Inspection, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths.captures.write_text("in the way")
    inspection.shutter.press()
    inspection.until(lambda: bool(inspection.of(NotCaptured)))
    assert "cannot be kept" in inspection.of(NotCaptured)[0].reason.en
    paths.captures.unlink()
    inspection.shutter.press()
    inspection.until(lambda: bool(inspection.of(Captured)))


def test_a_photo_that_the_work_on_the_queue_gets_to_first_is_not_judged_twice(
    inspection: Inspection, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    slowly = module.classify

    def classify_late(*arguments: object) -> object:
        with closing(work_queue(WorkRequest("tiny", "torch", "cpu"), paths)) as workflow:
            worked.extend(next(event.records for event in workflow if isinstance(event, Worked)))
        return slowly(*arguments)

    worked: list[PhotoRecord] = []
    monkeypatch.setattr(module, "classify", classify_late)
    inspection.until(lambda: bool(inspection.of(Seen)))
    inspection.shutter.press(KITCHEN)
    inspection.until(lambda: bool(inspection.of(Captured)))
    (captured,) = inspection.of(Captured)
    assert [captured.record] == worked
    assert captured.record.remarks.place == KITCHEN


def test_a_program_that_is_killed_after_the_photo_finds_it_in_the_queue(
    inspection: Inspection, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "classify", killed)
    inspection.until(lambda: bool(inspection.of(Seen)))
    inspection.shutter.press(KITCHEN)
    with pytest.raises(KeyboardInterrupt):
        inspection.until(lambda: bool(inspection.of(Captured)))
    with Database.open(paths.database) as database:
        (turn,) = database.queue.next(10)
    assert turn.photo.path.is_file()
    assert turn.place == KITCHEN
