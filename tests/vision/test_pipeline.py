from __future__ import annotations

import hashlib
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from defect_desktop.core.record import PhotoFile
from defect_desktop.errors import DeviceError, PhotoProblem
from defect_desktop.vision import pipeline
from defect_desktop.vision.card import Card
from defect_desktop.vision.engine import Answer, Engine
from defect_desktop.vision.pipeline import classify
from tests.packs import card_content
from tests.photos import save_photos


class ColourEngine(Engine):
    """Answers by the mean colour, so that a test can tell which photo an answer belongs to."""

    name = "colour"
    device = "cpu"
    note = ""

    def __init__(self, batch_size: int = 4) -> None:
        self.batch_size = batch_size
        self.batches: list[int] = []

    def predict(self, batch: np.ndarray) -> np.ndarray:
        self.batches.append(len(batch))
        colour = batch.reshape(len(batch), -1, 3).mean(axis=1) + 1
        answers = np.concatenate([colour, np.ones((len(batch), 1))], axis=1)
        answers /= answers.sum(axis=1, keepdims=True)
        return np.stack([answers] * 2).astype(np.float32)


@pytest.fixture(scope="module")
def card() -> Card:
    return Card.model_validate(card_content([{"file": "a.safetensors", "sha256": "0" * 64}]))


def as_files(paths: list[Path]) -> list[PhotoFile]:
    return [PhotoFile(path, 1, 1) for path in paths]


def test_outcomes_come_in_order_and_belong_to_their_photos(tmp_path: Path, card: Card) -> None:
    photos = as_files(save_photos(tmp_path, 23))
    photos.reverse()
    together = [outcome for batch in classify(photos, card, ColourEngine()) for outcome in batch]
    assert [outcome.photo for outcome in together] == photos
    for outcome in together:
        ((alone,),) = classify([outcome.photo], card, ColourEngine())
        assert alone == outcome
        assert outcome.content_hash == hashlib.sha256(outcome.photo.path.read_bytes()).hexdigest()


def test_a_bad_photo_costs_itself_only(tmp_path: Path, card: Card) -> None:
    paths = save_photos(tmp_path, 6)
    paths[1].write_bytes(b"")
    paths[3].write_bytes(paths[3].read_bytes()[:600])
    paths[4].unlink()
    outcomes = [outcome for batch in classify(as_files(paths), card, ColourEngine()) for outcome in batch]
    problems = [outcome.problem for outcome in outcomes]
    assert problems == [None, PhotoProblem.EMPTY, None, PhotoProblem.TRUNCATED, PhotoProblem.MISSING, None]
    assert [outcome.verdict is None for outcome in outcomes] == [problem is not None for problem in problems]
    assert outcomes[3].content_hash
    assert not outcomes[4].content_hash


@pytest.mark.parametrize(
    ("error", "problem"), [(ZeroDivisionError, PhotoProblem.CORRUPT), (MemoryError, PhotoProblem.TOO_LARGE)]
)
def test_what_nobody_foresaw_costs_its_photo_only_and_is_logged(
    tmp_path: Path,
    card: Card,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: type[Exception],
    problem: PhotoProblem,
) -> None:
    paths = save_photos(tmp_path, 3)
    save_photos(tmp_path, 1, size=(40, 30), start=1)
    real_assess = pipeline.assess

    def assess(pixels: np.ndarray, *rest: object) -> object:
        if len(pixels) == 30:
            raise error
        return real_assess(pixels, *rest)

    monkeypatch.setattr(pipeline, "assess", assess)
    outcomes = [outcome for batch in classify(as_files(paths), card, ColourEngine()) for outcome in batch]
    assert [outcome.problem for outcome in outcomes] == [None, problem, None]
    (logged,) = caplog.records
    assert logged.exc_info
    assert logged.exc_info[0] is error
    assert str(paths[1]) in logged.getMessage()


def test_an_interruption_is_not_taken_for_a_bad_photo(
    tmp_path: Path, card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "assess", interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(classify(as_files(save_photos(tmp_path, 1)), card, ColourEngine()))


def test_a_batch_of_bad_photos_only_needs_no_engine(tmp_path: Path, card: Card) -> None:
    engine = ColourEngine()
    missing = as_files([tmp_path / f"{number}.jpg" for number in range(5)])
    assert [len(batch) for batch in classify(missing, card, engine)] == [4, 1]
    assert engine.batches == []


def test_only_so_many_photos_are_under_way(tmp_path: Path, card: Card, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        path = save_photos(tmp_path, 1)[0]
        while True:
            taken += 1
            yield PhotoFile(path, 1, 1)

    batches = classify(endless(), card, ColourEngine(batch_size=4))
    next(batches)
    batches.close()
    assert taken <= 16


class Courier(ColourEngine):
    """Notes what becomes of its batches, in the order in which it happens."""

    def __init__(self, batch_size: int) -> None:
        super().__init__(batch_size)
        self.story: list[str] = []

    def start(self, batch: np.ndarray) -> Answer:
        number = sum(event.startswith("start") for event in self.story)
        self.story.append(f"start {number}")

        def answer() -> np.ndarray:
            self.story.append(f"answer {number}")
            return self.predict(batch)

        return answer


def test_a_batch_that_waits_is_started_before_the_last_is_answered(
    tmp_path: Path, card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline._Decoders, "is_ready", lambda decoders: bool(decoders._under_way))
    engine = Courier(batch_size=2)
    photos = as_files(save_photos(tmp_path, 6))
    outcomes = [outcome for batch in classify(photos, card, engine) for outcome in batch]
    assert engine.story == ["start 0", "start 1", "answer 0", "start 2", "answer 1", "answer 2"]
    assert [outcome.photo for outcome in outcomes] == photos


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """The photo whose name ends in 2 is not prepared before this is set."""
    gate = threading.Event()
    real_prepare = pipeline.prepare

    def prepare(photo: PhotoFile, *rest: object) -> object:
        if photo.path.name.endswith("2.jpg"):
            assert gate.wait(10)
        return real_prepare(photo, *rest)

    monkeypatch.setattr(pipeline, "prepare", prepare)
    return gate


def test_an_answer_does_not_wait_for_photos_that_are_still_read(
    tmp_path: Path, card: Card, gate: threading.Event
) -> None:
    photos = as_files(save_photos(tmp_path, 4))
    batches = classify(photos, card, ColourEngine(batch_size=2))
    assert [outcome.photo for outcome in next(batches)] == photos[:2]
    gate.set()
    assert [outcome.photo for batch in batches for outcome in batch] == photos[2:]


def test_closing_stops_the_decoders(tmp_path: Path, card: Card) -> None:
    batches = classify(as_files(save_photos(tmp_path, 40)), card, ColourEngine())
    next(batches)
    batches.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("decoder")]


def test_a_slow_photo_does_not_hold_the_others_back(
    tmp_path: Path, card: Card, gate: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "PATIENCE_SECONDS", 0.05)
    batches = classify(as_files(save_photos(tmp_path, 4)), card, ColourEngine())
    start = time.monotonic()
    assert len(next(batches)) == 2
    assert time.monotonic() - start < 5
    gate.set()
    assert sum(len(batch) for batch in batches) == 2


class Overflowing(ColourEngine):
    """Has no number for one photo, in the members named."""

    def __init__(self, *members: int) -> None:
        super().__init__()
        self._members = list(members)

    def predict(self, batch: np.ndarray) -> np.ndarray:
        answers = super().predict(batch)
        answers[self._members, 0] = np.nan
        return answers


def test_no_verdict_is_made_of_what_is_no_number(tmp_path: Path, card: Card) -> None:
    photos = as_files(save_photos(tmp_path, 2))
    with pytest.raises(DeviceError, match="number"):
        list(classify(photos, card, Overflowing(0, 1)))
    (outcomes,) = classify(photos, card, Overflowing(1))  # a member that was not asked
    assert [outcome.verdict.asked for outcome in outcomes if outcome.verdict] == [1, 2]
