"""What goes wrong on site, in the real window over the real work: told in words, and over as soon as it is mended."""

import os
import shutil
import zipfile

import numpy as np
import pytest

from defect_desktop.language import Language
from defect_desktop.paths import Paths
from defect_desktop.preferences import Preferences, save_preferences
from defect_desktop.ui.record_state import State
from defect_desktop.ui.session import Activity
from tests.capture.cameras import write_video
from tests.photos import save_photos
from tests.ui.fakes import wait_until
from tests.ui.test_day import PATIENCE, click, opened, turn_to

pytestmark = pytest.mark.slow


@pytest.fixture
def paths(tmp_path, tiny_shelf):
    shutil.copytree(tiny_shelf, tmp_path / "shelf")
    return Paths(Paths.find().assets, tmp_path / "shelf", tmp_path / "data")


@pytest.fixture
def film(tmp_path):
    return tmp_path / "film.avi"


@pytest.fixture
def program(application, paths, dialogs, film, complaints):
    chosen = Preferences(language=Language.ENGLISH, camera=str(film), pack="tiny", engine="torch", device="cpu")
    save_preferences(paths.preferences, chosen)
    with opened(application, paths, dialogs) as program:
        yield program


def told(program, word):
    wait_until(lambda: word in program.window.messages.text, PATIENCE)


def classify(program, folder, count):
    program.inspection.classify((save_photos(folder, count)[0].parent,))
    told(program, "Done")
    assert program.inspection.model.rowCount() == count


def test_a_pack_that_is_gone_keeps_nothing_but_the_work_from_going_on(program, paths, tmp_path):
    classify(program, tmp_path / "before", 3)
    shutil.move(paths.models / "tiny", tmp_path / "away")
    program.inspection.classify((save_photos(tmp_path / "after", 4, start=10)[0].parent,))
    told(program, "There is no model pack 'tiny'")
    wait_until(lambda: program.inspection.session.activity is Activity.PAUSED, PATIENCE)
    camera = turn_to(program, "camera")
    wait_until(lambda: "has ended" in camera.view.notice, PATIENCE)
    review = turn_to(program, "review")
    wait_until(lambda: review.reviewer.current is not None, PATIENCE)
    assert turn_to(program, "history").isVisible()
    shutil.move(tmp_path / "away", paths.models / "tiny")
    turn_to(program, "inspect")
    click(program.window, "Resume")
    told(program, "Done: 4 photos classified")


def noise(frames):
    """Pictures larger than the buffer of a decoder, which would go on playing what it holds of a file that is gone."""
    rng = np.random.default_rng(0)
    return [rng.integers(0, 256, (480, 640, 3), dtype=np.uint8) for _ in range(frames)]


def test_a_camera_that_comes_late_breaks_off_and_comes_back(program, film, tmp_path):
    page = turn_to(program, "camera")
    wait_until(lambda: "cannot be opened" in page.view.notice, PATIENCE)
    whole = write_video(tmp_path / "whole.avi", noise(20))
    shutil.copy(whole, tmp_path / "copy.avi")
    (tmp_path / "copy.avi").replace(film)
    wait_until(lambda: page.view.notice == "" and bool(page.verdict.text), PATIENCE)
    os.truncate(film, 0)
    wait_until(lambda: page.view.notice.startswith("Camera lost – reconnecting"), PATIENCE)
    shutil.copy(whole, tmp_path / "copy.avi")
    (tmp_path / "copy.avi").replace(film)
    wait_until(lambda: page.view.notice == "", PATIENCE)
    page.take_photo()
    wait_until(lambda: len(page.strip.records) == 1, PATIENCE)


def test_a_watched_folder_that_is_renamed_is_waited_for(program, dialogs, tmp_path):
    photos, folder = save_photos(tmp_path / "card", 2), tmp_path / "synced"
    folder.mkdir()
    shutil.copy(photos[0], folder)
    dialogs.folder = folder
    page = program.window.pages.page("inspect")
    page.watch_action.trigger()
    wait_until(lambda: program.inspection.model.rowCount() == 1, PATIENCE)
    folder.rename(tmp_path / "renamed")
    wait_until(lambda: "cannot be read" in page.watch.line, PATIENCE)
    (tmp_path / "renamed").rename(folder)
    shutil.copy(photos[1], folder)
    wait_until(lambda: program.inspection.model.rowCount() == 2, PATIENCE)
    wait_until(lambda: page.watch.line == "2 photos taken in", PATIENCE)
    click(program.window, "Stop watching")
    told(program, "Done: 2 photos classified")


def test_a_drive_that_is_pulled_while_its_photos_wait_goes_on_when_it_is_back(program, dialogs, tmp_path):
    dialogs.folder = tmp_path / "drives"
    save_photos(dialogs.folder / "stick", 60)
    page = program.window.pages.page("inspect")
    page.watch_action.trigger()
    model, session = program.inspection.model, program.inspection.session
    wait_until(lambda: model.rowCount() >= 1, PATIENCE)
    (dialogs.folder / "stick").rename(tmp_path / "pulled")
    wait_until(lambda: model.listing.states[State.FAILED] > 0, PATIENCE)
    wait_until(lambda: session.activity is Activity.WATCHING and page.watch.line.endswith("taken in"), PATIENCE)
    (tmp_path / "pulled").rename(dialogs.folder / "stick")
    wait_until(lambda: model.rowCount() == 60 and not model.listing.states[State.FAILED], PATIENCE)
    assert len({record.photo_id for record in model.listing.records}) == 60


def test_a_mistake_is_mended_by_a_backup_and_reported_without_a_name(program, dialogs, tmp_path):
    classify(program, tmp_path / "right", 3)
    page = turn_to(program, "settings")
    wait_until(lambda: page.complete)
    page.backups.back_up.click()
    told(program, "The backup is made")
    turn_to(program, "inspect")
    classify(program, tmp_path / "wrong", 5)
    page = turn_to(program, "settings")
    wait_until(lambda: page.complete)
    wait_until(lambda: page.backups.restore.isEnabled() and "On request" in page.backups.list.itemText(0), PATIENCE)
    page.backups.list.setCurrentIndex(0)
    page.backups.restore.click()
    dialogs.questions.pop()()
    told(program, "The backup is restored")
    wait_until(lambda: program.inspection.model.rowCount() == 3, PATIENCE)
    history = turn_to(program, "history")
    wait_until(lambda: history.settled and history.model.rowCount() == 3, PATIENCE)
    dialogs.diagnostics = tmp_path / "report.zip"
    page = turn_to(program, "settings")
    wait_until(lambda: page.complete)
    click(page, "diagnostic")
    told(program, "holds no photos")
    with zipfile.ZipFile(dialogs.diagnostics) as report:
        content = "".join(report.read(name).decode() for name in report.namelist())
    assert not any(private in content for private in (str(tmp_path), "photo 000", "film.avi"))
