"""The page that classifies, in every state."""

from __future__ import annotations

from pathlib import Path

from defect_desktop.core.quality import QualityFinding
from defect_desktop.errors import SourceError
from defect_desktop.ui.listing import Filter
from defect_desktop.ui.pages.inspect_page import InspectPage
from defect_desktop.ui.program import Program
from defect_desktop.ui.session import Activity
from defect_desktop.ui.widgets.drop_overlay import DropOverlay
from tests.ui.fakes import FakeWork, flawed, make_record, wait_until
from tests.ui.scenes import Scene

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
    work.batch, work.seconds_each = 130, 0.11
    program.inspection.classify((Path("/photos"),))
    wait_until(lambda: bool(program.inspection.model.listing.records))


def finished(program: Program, work: FakeWork) -> None:
    work.batch = 500
    program.inspection.classify((Path("/photos"),))
    told(program)


def stopped(program: Program, work: FakeWork) -> None:
    running(program, work)
    program.inspection.session.cancel()
    work.go_on.set()
    told(program)


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
    program.inspection.session.export(Path("/home/user/문서/현장 점검/하자 목록 2025-03-04.csv"))
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
        empty, few, many, running, finished, stopped, error, bug, exported, checks, to_take_again, nothing_matches,
        photo, failed_photo, dropping,
    )
)  # fmt: skip
