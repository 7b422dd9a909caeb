"""Work without a model and dialogs without a user, for driving the real window."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractButton, QWidget

from defect_desktop.core.decision import CheckReason, Ranked, Thresholds, Verdict
from defect_desktop.core.place import NOWHERE, Place
from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.core.quality import QualityFinding
from defect_desktop.core.record import Outcome, PhotoFile, PhotoRecord, RunSettings
from defect_desktop.core.review import NO_REMARKS, Remarks, Review, ReviewState
from defect_desktop.core.taxonomy import CONTEST_CLASSES
from defect_desktop.core.waiting import WaitingState
from defect_desktop.errors import PhotoProblem
from defect_desktop.language import Bilingual
from defect_desktop.store.backup import Backup, BackupReason
from defect_desktop.store.threshold_preview import CheckCount
from defect_desktop.ui.dialogs import Dialogs
from defect_desktop.ui.main_window import MainWindow
from defect_desktop.ui.navigation import Page
from defect_desktop.ui.pages.settings.services import PackChoice, SettingsServices
from defect_desktop.ui.places.services import PlaceServices
from defect_desktop.ui.services import QueueServices, Services
from defect_desktop.vision.card import Card, Text
from defect_desktop.vision.engine_choice import EngineChoice
from defect_desktop.workflows.benchmark import BenchmarkResult, EngineFigures
from defect_desktop.workflows.describe_installation import Installation
from defect_desktop.workflows.events import LatestRun, Loaded, QueueEvent, Standing, Worked, Working
from defect_desktop.workflows.keep_backups import Copied
from defect_desktop.workflows.list_licences import Licence
from defect_desktop.workflows.queue_arrivals import FolderStatus

NOTICE = Bilingual(
    ko="연습용 모델입니다. 그린 사진으로 학습했으므로 실제 점검에는 쓸 수 없습니다.",
    en="Practice model: trained on drawn photos, not fit for real inspections.",
)

SETTINGS = RunSettings(
    pack_name="starter",
    pack_version="1.0.0",
    fingerprint="0" * 64,
    engine="torch",
    device="cpu",
    program_version="0.1.0",
    notice=None,
    class_names={entry.label: entry.name for entry in CONTEST_CLASSES},
    options={},
)

_REASONS = tuple(CheckReason)


def wait_until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    """Runs the event loop until the condition holds, and lets it sleep where nothing happens."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        let_answer(1)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def let_answer(milliseconds: int) -> None:
    """Lets the event loop answer for so long, and sleep where nothing happens, as it does in the program.

    `QTest.qWait` would not do: it sleeps without answering.
    """
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def painted_on(button: QAbstractButton) -> str:
    """The button's text as it is seen: of two "&" Qt paints one, of one none."""
    return "&".join(part.replace("&", "") for part in button.text().split("&&"))


def visit(window: MainWindow, key: str) -> Page:
    """Turns to a page, and waits until it is whole."""
    window.pages.turn_to(key)
    wait_until(lambda: window.pages.complete)
    page = window.pages.page(key)
    assert page is not None
    return page


def make_record(number: int, path: Path | None = None, *, run_id: int = 1) -> PhotoRecord:
    """A record that varies with its number: every 10th failed, every 4th needs a check.

    A photo that is named after a class shows that class.
    """
    photo = PhotoFile(path or Path(f"/photos/IMG_{number:04}.jpg"), 4_000_000 + number, 1_700_000_000_000_000_000)
    if number % 10 == 9:
        outcome = Outcome(photo, "", problem=tuple(PhotoProblem)[number % len(PhotoProblem)])
    else:
        outcome = Outcome(photo, f"{number:064x}", verdict=make_verdict(number, photo.path.stem))
    return PhotoRecord(outcome, NO_REMARKS, datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC), run_id, SETTINGS, number)


def make_verdict(number: int, shown: str = "") -> Verdict:
    named = [place for place, one in enumerate(CONTEST_CLASSES) if one.label == shown]
    first = named[0] if named else number * 7
    confidence = 0.62 + (number * 37 % 38) / 100
    check = number % 4 == 1
    if check:
        confidence -= 0.3
    labels = [CONTEST_CLASSES[(first + step) % len(CONTEST_CLASSES)].label for step in range(3)]
    second = min(0.9 * confidence, 0.7 * (1 - confidence))
    shares = (confidence, second, 0.3 * second)
    top = tuple(Ranked(label, share) for label, share in zip(labels, shares, strict=True))
    reasons = _REASONS[: 1 + number % 3] if check else ()
    return Verdict(top, shares[0] - shares[1], (1.0, 2 / 3)[check], reasons)


def make_card(notice: Bilingual | None = NOTICE) -> Card:
    classes = [{"label": one.label, "ko": one.name.ko, "en": one.name.en} for one in CONTEST_CLASSES]
    text = {"ko": "연습", "en": "practice"}
    preprocessing = {
        "height": 64,
        "width": 64,
        "mean": (0.5, 0.5, 0.5),
        "std": (0.5, 0.5, 0.5),
        "interpolation": "bicubic",
        "crop_mode": "squash",
        "crop_share": 1.0,
    }
    return Card.model_validate(
        {
            "name": SETTINGS.pack_name,
            "version": SETTINGS.pack_version,
            "title": text,
            "notice": Text(ko=notice.ko, en=notice.en) if notice else None,
            "architecture": "tf_efficientnet_lite0",
            "members": [{"file": "member_1.safetensors", "sha256": "0" * 64}],
            "classes": classes,
            "preprocessing": preprocessing,
            "temperature": {"sure": 1.0, "unsure": 1.0},
            "thresholds": {"confidence": 0.6, "margin": 0.2, "agreement": 0.9},
            "training_data": text,
            "licence": "Apache-2.0",
        }
    )


def make_backup(number: int) -> Backup:
    made_at = datetime(2025, 3, number, 5, 6, tzinfo=UTC)
    return Backup(Path(f"/data/backups/{number}.sqlite3"), number, made_at, BackupReason.DAILY, 2_500_000)


class FakeWork:
    """What the window has done for it. Tests set what comes of it; `go_on` holds a run at its first photo."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stored: list[PhotoRecord] = []
        self.locked: Exception | None = None
        self.records = [make_record(number) for number in range(12)]
        self.done_before = 0
        self.note = ""
        self.exits_early = None
        self.batch = 4
        self.error: Exception | None = None
        self.go_on = threading.Event()
        self.disk_has_room = True
        self.go_on.set()
        self.requests: list[tuple[Path, ...]] = []
        self.places: list[Place] = []
        self.pictures: list[np.ndarray] = []
        self.waiting: list[PhotoRecord] = []
        self.paused: list[PhotoRecord] = []
        self.cancelled: list[PhotoRecord] = []
        self.arriving: list[FolderStatus] = []
        self.watched: list[Path] = []
        self.begun = 0
        self.failure: Exception | None = None
        self.place = NOWHERE
        self.remarks: dict[int, Remarks] = {}
        self.exports: list[tuple[Path, Sequence[PhotoRecord]]] = []
        self.closed_in: str | None = None
        self.decoded: list[Path] = []
        self.backups = 0
        self.packs = [PackChoice("starter", Bilingual(ko="연습용", en="Practice"), Thresholds(0.6, 0.2, 0.9))]
        self.counted: list[Thresholds] = []
        self.backup_list = [make_backup(1)]
        self.restored: list[Path] = []
        self.kept: Path | None = None
        self.diagnostics: list[Path] = []

    def services(self) -> Services:
        return Services(
            load_latest=self._load_latest,
            queue=QueueServices(
                add_files=self._add_files,
                add_picture=self._add_picture,
                pause=lambda: self._move(self.waiting, self.paused),
                resume=lambda: self._move(self.paused, self.waiting),
                cancel=self._cancel,
                take_back=self._take_back,
                counts=self._counts,
                work=self._work,
                watch=self._watch,
            ),
            places=PlaceServices(lambda: self.place, self._use_place, lambda part, within: []),
            remarks=lambda photos: {one.photo_id: self.remarks[one.photo_id] for one in photos},
            export=self._export,
            show_photo=self._show_photo,
            daily_backup=self._back_up,
            save_diagnostics=lambda target, preferences: self.diagnostics.append(target),
            close=lambda: None,
        )

    def settings_services(self) -> SettingsServices:
        return SettingsServices(
            engines=("auto", "openvino", "openvino-int8", "torch"),
            devices=("auto", "cpu"),
            packs=lambda: self.packs,
            count_checks=self._count_checks,
            benchmark=self._benchmark,
            backups=lambda: self.backup_list,
            back_up=self._back_up_now,
            restore=self._restore,
            installation=lambda: Installation("9.9", "3.12", {"PySide6": "6.8"}, "Linux-6.1", 2, has_cuda_card=False),
            licences=lambda: [Licence("Pretendard", "", "OFL-1.1", "SIL OPEN FONT LICENSE")],
            data_folder=self.folder,
        )

    def _count_checks(self, thresholds: Thresholds) -> CheckCount:
        self.counted.append(thresholds)
        return CheckCount(1000, round(1000 * thresholds.confidence))

    def _benchmark(self) -> Generator[Progress, None, BenchmarkResult]:
        meter = ProgressMeter(2)
        for _ in range(2):
            yield meter.advance(1)
            self.go_on.wait(10)
        engines = (
            EngineFigures("openvino-int8", "cpu", False, 10.0, 20.0, 0.9, 4.0, 0.995, 40),
            EngineFigures("openvino-int8", "cpu", True, 6.0, 15.0, 0.9, 5.3, 0.992, 40),
            EngineFigures("torch", "cpu", False, 9.0, 19.0, 0.9, None, None, 0),
        )
        return BenchmarkResult(
            "starter",
            40,
            80.0,
            8.0,
            engines,
            EngineChoice(engine="openvino-int8", device="cpu"),
            card=None,
            kept=self.disk_has_room,
        )

    def _back_up_now(self) -> Generator[Copied, None, Backup | None]:
        yield Copied(1, 2)
        made = make_backup(len(self.backup_list) + 1)
        self.backup_list = [made, *self.backup_list]
        return made

    def _restore(self, backup: Path) -> Generator[Copied, None, Path | None]:
        yield Copied(1, 2)
        self.restored.append(backup)
        return self.kept

    def _load_latest(self) -> Generator[LatestRun | Loaded, None, None]:
        if self.locked:
            raise self.locked
        yield LatestRun(1 if self.stored else None, NOTICE)
        if self.stored:
            yield Loaded(self.stored)

    def _add_files(self, sources: tuple[Path, ...], place: Place | None) -> int:
        self.requests.append(sources)
        self._note_place(place)
        if self.error:
            raise self.error
        return self._add(self.records)

    def _add_picture(self, pixels: np.ndarray, place: Place | None) -> int:
        self.pictures.append(pixels)
        self._note_place(place)
        return self._add([make_record(len(self.records))])

    def _note_place(self, place: Place | None) -> None:
        self.places.append(self.place if place is None else place)

    def _add(self, records: list[PhotoRecord]) -> int:
        (self.paused if self.paused else self.waiting).extend(records)
        return len(records)

    def _move(self, before: list[PhotoRecord], after: list[PhotoRecord]) -> int:
        moved = list(before)
        before.clear()
        after.extend(moved)
        return len(moved)

    def _cancel(self) -> list[int]:
        self._move(self.paused, self.waiting)
        numbers = [record.photo_id for record in self.waiting]
        self._move(self.waiting, self.cancelled)
        return numbers

    def _take_back(self, numbers: Sequence[int]) -> int:
        back = [record for record in self.cancelled if record.photo_id in numbers]
        self.cancelled = [record for record in self.cancelled if record not in back]
        return self._add(back)

    def _counts(self) -> dict[WaitingState, int]:
        return {WaitingState.WAITING: len(self.waiting), WaitingState.PAUSED: len(self.paused)}

    def _use_place(self, place: Place) -> None:
        self.place = place

    def _work(self) -> Generator[QueueEvent, None, None]:
        self.begun += 1
        if self.failure:
            raise self.failure
        try:
            yield Working(make_card(), "torch", "cpu", self.note, self.exits_early)
            while True:
                batch, recalled = self._take()
                if batch:
                    yield Worked(batch, [], recalled)
                yield Standing(self._counts())
                if batch and not recalled:
                    self.go_on.wait(10)
                if not batch:
                    time.sleep(0.01)
        except GeneratorExit:
            self.closed_in = threading.current_thread().name
            raise

    def _take(self) -> tuple[list[PhotoRecord], bool]:
        count = min(self.done_before, len(self.waiting)) or min(self.batch, len(self.waiting))
        recalled, self.done_before = self.done_before > 0, 0
        batch, self.waiting[:count] = self.waiting[:count], []
        return batch, recalled

    def _watch(self, folder: Path, place: Callable[[], Place | None]) -> Generator[FolderStatus, None, None]:
        self.watched.append(folder)
        status = FolderStatus(None, 0, 0, 0)
        while True:
            if self.arriving:
                status = self.arriving.pop(0)
                if status.queued:
                    self._note_place(place())
                self._add(self.records[: status.queued + status.brought_back])
            yield status
            time.sleep(0.01)

    def _export(self, target: Path, records: Sequence[PhotoRecord]) -> Generator[None, None, int]:
        yield from ()
        if self.error:
            raise self.error
        self.exports.append((target, records))
        return len(records)

    def _back_up(self) -> Generator[None, None, None]:
        yield from ()
        self.backups += 1

    def _show_photo(self, path: Path, width: int, height: int) -> np.ndarray:
        self.decoded.append(path)
        return np.full((height * 3 // 4, width, 3), 128, np.uint8)


class FakeDialogs(Dialogs):
    """Answers at once, with what the test put here."""

    def __init__(self) -> None:
        super().__init__()
        self.folder: Path | None = Path("/photos")
        self.report_folder: Path | None = None
        self.csv: Path | None = None
        self.diagnostics: Path | None = None
        self.questions: list[Callable[[], None]] = []
        self.stakes: list[str] = []

    def choose_folder(self, parent: QWidget) -> Path | None:
        return self.folder

    def choose_report_folder(self, parent: QWidget) -> Path | None:
        return self.report_folder

    def choose_csv(self, parent: QWidget) -> Path | None:
        return self.csv

    def choose_diagnostics(self, parent: QWidget) -> Path | None:
        return self.diagnostics

    def confirm_stop(self, parent: QWidget, at_stake: str, on_yes: Callable[[], None]) -> None:
        self.stakes.append(at_stake)
        self.questions.append(on_yes)

    def confirm_restore(self, parent: QWidget, backup: str, on_yes: Callable[[], None]) -> None:
        self.questions.append(on_yes)


def flawed(record: PhotoRecord, *findings: QualityFinding) -> PhotoRecord:
    """The record of a photo that should be taken again."""
    return replace(record, outcome=replace(record.outcome, quality=findings))


def labelled(record: PhotoRecord, label: str) -> PhotoRecord:
    """The record after a person has spoken."""
    return replace(record, remarks=Remarks(Review(ReviewState.CORRECTED, (label,))))
