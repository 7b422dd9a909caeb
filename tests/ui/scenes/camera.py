"""The camera page, looking at a film of whatever photos there are with the starter pack."""

from __future__ import annotations

import numpy as np

from defect_desktop.core.place import Place
from defect_desktop.paths import Paths
from defect_desktop.store.database import Database
from defect_desktop.ui.pages.camera.page import CameraPage
from defect_desktop.ui.program import Program
from defect_desktop.workflows.show_photo import show_photo
from tests.capture.cameras import write_video
from tests.photos import scene
from tests.ui.fakes import FakeWork, visit, wait_until
from tests.ui.scenes import Scene

HERE = Place("한빛마을 2단지", "103동", "1502호", "거실", "벽", "도배")
_WIDE, _HIGH = 1280, 960
_SECONDS = 3


def film(paths: Paths, work: FakeWork) -> None:
    """A film of the first photo, which trembles as a hand does, and where it is seen."""
    photo = work.records[0].outcome.photo.path
    picture = show_photo(photo, _WIDE, _HIGH) if photo.exists() else np.asarray(scene(_WIDE, _HIGH))
    write_video(paths.data / "film.avi", [np.roll(picture, step % 3, axis=1) for step in range(_SECONDS * 30)])
    with Database.open(paths.database) as database:
        database.places.use(HERE)


def opened(program: Program, camera: str) -> CameraPage:
    program.preferences.change(camera=camera)
    page = visit(program.window, "camera")
    assert isinstance(page, CameraPage)
    wait_until(lambda: not page.session.loading, 60)
    return page


def looking(program: Program, work: FakeWork) -> CameraPage:
    page = opened(program, str(work.folder / "film.avi"))
    wait_until(lambda: bool(page.verdict.text), 90)  # the pack may have to be compiled
    return page


def live(program: Program, work: FakeWork) -> None:
    looking(program, work)


def taken(program: Program, work: FakeWork) -> None:
    page = looking(program, work)
    for count in (1, 2):
        page.take_photo()
        wait_until(lambda count=count: len(page.strip.records) == count, 20)


def absent(program: Program, work: FakeWork) -> None:
    page = opened(program, "3")
    wait_until(lambda: "3" in page.view.notice, 20)


def choosing(program: Program, work: FakeWork) -> None:
    looking(program, work).choose_camera()


SCENES = tuple(Scene(f"camera_{show.__name__}", show, film) for show in (live, taken, absent, choosing))
