"""What the window has done for it, over a real database."""

import numpy as np

from defect_desktop.core.place import Place
from defect_desktop.preferences import Preferences
from defect_desktop.store.database import Database
from defect_desktop.ui.services import real_services
from tests.photos import save_photos

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
