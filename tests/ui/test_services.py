"""What the window has done for it, over a real database."""

from datetime import datetime

import numpy as np

from defect_desktop.core.place import Place
from defect_desktop.core.waiting import WaitingState
from defect_desktop.errors import StoreError
from defect_desktop.preferences import Preferences
from defect_desktop.store.database import Database
from defect_desktop.store.queue import PhotoQueue
from defect_desktop.ui.services import real_services
from defect_desktop.workflows.keep_picture import keep_picture
from tests.photos import save_photos
from tests.store.samples import SETTINGS

UNIT, NEXT_DOOR = Place(building="103동", unit="1502호"), Place(building="103동", unit="1503호")


def test_photos_that_come_without_a_place_were_taken_in_the_remembered_one(paths, tmp_path):
    services = real_services(paths, Preferences)
    services.places.use(UNIT)
    services.queue.add_files((save_photos(tmp_path / "photos", 1)[0].parent,), None)
    services.queue.add_picture(np.zeros((64, 64, 3), np.uint8), None)
    services.queue.add_picture(np.ones((64, 64, 3), np.uint8), NEXT_DOOR)
    services.close()
    with Database.open(paths.database) as database:
        assert [turn.place for turn in database.queue.next(9)] == [UNIT, UNIT, NEXT_DOOR]


def test_pictures_that_were_kept_but_not_queued_wait_once_the_latest_results_are_loaded(paths):
    services = real_services(paths, Preferences)
    with Database.open(paths.database) as database:
        database.begin_run(SETTINGS)
    keep_picture(np.zeros((64, 64, 3), np.uint8), datetime.now().astimezone(), paths.captures)
    list(services.load_latest())
    assert services.queue.counts()[WaitingState.WAITING] == 1
    services.close()


def test_results_are_loaded_where_pictures_cannot_be_queued(paths, monkeypatch):
    with Database.open(paths.database) as database:
        database.begin_run(SETTINGS)
    keep_picture(np.zeros((64, 64, 3), np.uint8), datetime.now().astimezone(), paths.captures)

    def fail(*_):
        raise StoreError(ko="디스크가 가득 찼습니다.", en="The disk is full.")

    monkeypatch.setattr(PhotoQueue, "add", fail)
    services = real_services(paths, Preferences)
    assert len(list(services.load_latest())) == 1
    services.close()
