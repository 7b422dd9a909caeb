"""Renders the window to PNG files: every page, in both languages, upright and across.

    python -m tests.ui.screenshots OUT --photos FOLDER [--real]

Run it under `xvfb-run` with QT_QPA_PLATFORM=xcb (or on any desktop) to see what a user sees. With
`--real` the starter pack classifies the photos of FOLDER; without, the results are made up, and every state is shown.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from defect_desktop.errors import SourceError
from defect_desktop.language import Language
from defect_desktop.paths import Paths
from defect_desktop.ui.app import build_window
from defect_desktop.ui.main_window import MainWindow
from defect_desktop.ui.services import real_services
from defect_desktop.ui.session import Activity
from defect_desktop.workflows.show_photo import show_photo
from tests.ui.fakes import FakeDialogs, FakeWork, make_record, wait_until

SHAPES = {"wide": QSize(1280, 800), "tall": QSize(800, 1280)}
LONG_NAME = "103동 1502호 거실 발코니 쪽 벽체 2차 점검 근접 촬영 <재확인> 사진 (수정본) - 복사본 20250304_050607.jpg"


def empty(window: MainWindow, work: FakeWork) -> None:
    window.load_latest()


def few(window: MainWindow, work: FakeWork) -> None:
    work.stored = work.records[:2]
    work.stored.append(make_record(9, Path("/photos") / LONG_NAME))
    window.load_latest()


def many(window: MainWindow, work: FakeWork) -> None:
    work.stored = work.records
    window.load_latest()
    wait_until(lambda: window.session.activity is Activity.IDLE)
    window.results_page.table.select(1)


def running(window: MainWindow, work: FakeWork) -> None:
    work.go_on.clear()
    work.note = "CUDA: no kernel image is available for execution on the device"
    work.batch, work.seconds_each = 130, 0.11
    window.classify((Path("/photos"),))
    wait_until(lambda: bool(window.model.listing.records))


def finished(window: MainWindow, work: FakeWork) -> None:
    work.batch = 500
    window.classify((Path("/photos"),))
    wait_until(lambda: bool(window.messages.text))


def stopped(window: MainWindow, work: FakeWork) -> None:
    running(window, work)
    window.session.cancel()
    work.go_on.set()
    wait_until(lambda: bool(window.messages.text))


def error(window: MainWindow, work: FakeWork) -> None:
    many(window, work)
    work.error = SourceError(
        ko="사진을 찾지 못했습니다. 사진(JPEG, PNG, HEIC 등)이 있는 폴더를 고르세요.",
        en="There are no photos there; choose a folder that holds photos (JPEG, PNG, HEIC, ...).",
    )
    window.classify((Path("/photos"),))
    wait_until(lambda: bool(window.messages.text))


def exported(window: MainWindow, work: FakeWork) -> None:
    many(window, work)
    window.session.export(Path("/home/user/문서/현장 점검/하자 목록 2025-03-04.csv"))
    wait_until(lambda: bool(window.messages.text))


def checks(window: MainWindow, work: FakeWork) -> None:
    many(window, work)
    window.results_page.filter_bar.findChild(object, "check_only").click()


def nothing_matches(window: MainWindow, work: FakeWork) -> None:
    few(window, work)
    wait_until(lambda: bool(window.model.listing.records))
    window.results_page.filter_bar.findChild(object, "classes").setCurrentIndex(1)
    window.results_page.filter_bar.findChild(object, "check_only").click()


def photo(window: MainWindow, work: FakeWork) -> None:
    many(window, work)
    window.results_page.opened.emit(window.model.record(1))
    wait_until(lambda: window.photo_page.view.image is not None)


def failed_photo(window: MainWindow, work: FakeWork) -> None:
    work.stored = [make_record(9, Path("/photos") / LONG_NAME)]
    window.load_latest()
    wait_until(lambda: bool(window.model.listing.records))
    window.results_page.opened.emit(window.model.record(0))
    wait_until(lambda: window.photo_page.view.image is not None)


def dropping(window: MainWindow, work: FakeWork) -> None:
    many(window, work)
    window._overlay.cover()


SCENES: tuple[Callable[[MainWindow, FakeWork], None], ...] = (
    empty, few, many, running, finished, stopped, error, exported, checks, nothing_matches, photo, failed_photo,
    dropping,
)  # fmt: skip


def render(application: QApplication, out: Path, photos: list[Path], language: Language, shape: str) -> None:
    for scene in SCENES:
        work = FakeWork(out)
        names = photos or [Path("/photos/absent.jpg")]
        work.records = [make_record(number, names[number % len(names)]) for number in range(500)]
        services = replace(work.services(), show_photo=show_photo)
        window = build_window(application, Paths.find(out), services, language, FakeDialogs())
        window.resize(SHAPES[shape])
        window.show()
        scene(window, work)
        settle(application)
        window.grab().save(str(out / f"{scene.__name__}-{shape}-{language}.png"))
        work.go_on.set()
        window.session.cancel()
        wait_until(lambda window=window: not window.session.working)
        window.close()


def render_real(application: QApplication, out: Path, photos: Path, language: Language, shape: str) -> None:
    """The program itself, with the starter pack, on real files; nothing is made up."""
    with TemporaryDirectory() as data:
        paths = Paths.find(Path(data))
        window = build_window(application, paths, real_services(paths, language), language, FakeDialogs())
        window.resize(SHAPES[shape])
        window.show()
        window.classify((photos,))
        wait_until(lambda: bool(window.messages.text), 600)
        settle(application)
        window.grab().save(str(out / f"real-{shape}-{language}.png"))
        window.results_page.opened.emit(window.model.record(0))
        wait_until(lambda: window.photo_page.view.image is not None)
        settle(application)
        window.grab().save(str(out / f"real_photo-{shape}-{language}.png"))
        window.close()


def settle(application: QApplication, rounds: int = 60) -> None:
    """Lets thumbnails arrive."""
    for _ in range(rounds):
        application.processEvents()
        application.thread().msleep(10)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--photos", type=Path)
    parser.add_argument("--real", action="store_true", help="only the program itself, with the starter pack")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    arguments.out.mkdir(parents=True, exist_ok=True)
    photos = sorted(arguments.photos.rglob("*.jpg")) if arguments.photos else []
    application = QApplication(["screenshots"])
    for language in Language:
        for shape in SHAPES:
            if arguments.real:
                render_real(application, arguments.out, arguments.photos, language, shape)
            else:
                render(application, arguments.out, photos, language, shape)


if __name__ == "__main__":
    main()
