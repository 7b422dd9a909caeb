"""The page that classifies, in every state."""

from __future__ import annotations

from pathlib import Path

from defect_desktop.core.place import Place
from defect_desktop.core.progress import Progress
from defect_desktop.core.quality import QualityFinding
from defect_desktop.errors import SourceError
from defect_desktop.language import Bilingual
from defect_desktop.ui.listing import Filter
from defect_desktop.ui.pages.inspect_page import InspectPage
from defect_desktop.ui.program import Program
from defect_desktop.ui.session import Activity
from defect_desktop.ui.widgets.drop_overlay import DropOverlay
from defect_desktop.workflows.queue_arrivals import FolderStatus
from tests.ui.fakes import FakeWork, flawed, make_record, wait_until
from tests.ui.scenes import Scene

TROUBLE = Bilingual(
    ko="폴더에 접근할 수 없습니다. 카드나 네트워크 연결을 확인하세요.",
    en="The folder is out of reach; check the card or the network.",
)
LONG_NAME = "103동 1502호 거실 발코니 쪽 벽체 2차 점검 근접 촬영 <재확인> 사진 (수정본) - 복사본 20250304_050607.jpg"


def page(program: Program) -> InspectPage:
    page = program.window.pages.page("inspect")
    assert isinstance(page, InspectPage)
    return page


def told(program: Program) -> None:
    wait_until(lambda: bool(program.window.messages.text))


def empty(program: Program, work: FakeWork) -> None:
    program.start()


def few(program: Program, work: FakeWork) -> None:
    work.stored = work.records[:2]
    work.stored.append(make_record(9, Path("/photos") / LONG_NAME))
    program.start()


def many(program: Program, work: FakeWork) -> None:
    work.stored = work.records
    program.start()
    wait_until(lambda: program.inspection.session.activity is Activity.IDLE)
    page(program).results.table.select(1)


def running(program: Program, work: FakeWork) -> None:
    work.go_on.clear()
    work.note = "CUDA: no kernel image is available for execution on the device"
    work.batch = 130
    program.inspection.classify((Path("/photos"),))
    wait_until(lambda: bool(program.inspection.model.listing.records))
    program.inspection.session.progressed.emit(Progress(130, 500, rate=9.1, seconds_left=40.7))


def finished(program: Program, work: FakeWork) -> None:
    work.batch = 500
    program.inspection.classify((Path("/photos"),))
    told(program)


def stopped(program: Program, work: FakeWork) -> None:
    running(program, work)
    program.inspection.session.cancel()
    work.go_on.set()
    told(program)


def paused(program: Program, work: FakeWork) -> None:
    running(program, work)
    program.inspection.session.pause()
    wait_until(lambda: bool(work.paused))
    work.go_on.set()
    wait_until(lambda: program.inspection.session.activity is Activity.PAUSED)


def watching(program: Program, work: FakeWork) -> None:
    work.records = work.records[:14]
    work.arriving = [FolderStatus(None, 2, 1, 14)]
    page(program).places.change(Place("한빛마을 2단지", "103동", "1502호", "거실", "벽", "도배"))
    program.inspection.watch(Path("/home/user/사진/현장 동기화"))
    wait_until(lambda: len(program.inspection.model.listing.records) == 14)


def watching_in_vain(program: Program, work: FakeWork) -> None:
    work.arriving = [FolderStatus(TROUBLE, 0, 0, 0)]
    many(program, work)
    program.inspection.watch(Path("/media/card/DCIM"))
    wait_until(lambda: page(program).watch.line in (TROUBLE.ko, TROUBLE.en))


def error(program: Program, work: FakeWork) -> None:
    many(program, work)
    work.error = SourceError(
        ko="사진을 찾지 못했습니다. 사진(JPEG, PNG, HEIC 등)이 있는 폴더를 고르세요.",
        en="There are no photos there; choose a folder that holds photos (JPEG, PNG, HEIC, ...).",
    )
    program.inspection.classify((Path("/photos"),))
    told(program)


def bug(program: Program, work: FakeWork) -> None:
    many(program, work)
    work.error = ZeroDivisionError("division by zero")
    program.inspection.classify((Path("/photos"),))
    told(program)


def exported(program: Program, work: FakeWork) -> None:
    many(program, work)
    program.inspection.export(Path("/home/user/문서/현장 점검/하자 목록 2025-03-04.csv"))
    told(program)


def checks(program: Program, work: FakeWork) -> None:
    many(program, work)
    page(program).results.filter_bar.findChild(object, "check_only").click()


def to_take_again(program: Program, work: FakeWork) -> None:
    for number, finding in enumerate(QualityFinding):
        work.records[number] = flawed(work.records[number], finding)
    many(program, work)
    page(program).results.filter_bar.choose(Filter(retake=True))


def nothing_matches(program: Program, work: FakeWork) -> None:
    few(program, work)
    wait_until(lambda: bool(program.inspection.model.listing.records))
    page(program).results.filter_bar.findChild(object, "classes").setCurrentIndex(1)
    page(program).results.filter_bar.findChild(object, "check_only").click()


def photo(program: Program, work: FakeWork) -> None:
    many(program, work)
    page(program).results.opened.emit(program.inspection.model.record(1))
    wait_until(lambda: page(program).photo.view.image is not None)


def failed_photo(program: Program, work: FakeWork) -> None:
    work.stored = [make_record(9, Path("/photos") / LONG_NAME)]
    program.start()
    wait_until(lambda: bool(program.inspection.model.listing.records))
    page(program).results.opened.emit(program.inspection.model.record(0))
    wait_until(lambda: page(program).photo.view.image is not None)


def dropping(program: Program, work: FakeWork) -> None:
    many(program, work)
    program.window.findChild(DropOverlay).cover()


SCENES = tuple(
    Scene(f"inspect_{show.__name__}", show)
    for show in (
        empty, few, many, running, paused, watching, watching_in_vain, finished, stopped, error,
        bug, exported, checks, to_take_again, nothing_matches,
        photo, failed_photo, dropping,
    )
)  # fmt: skip
