"""What people did survives a power failure; what the program found out can be found out again."""

import pytest
from sqlalchemy import Engine, event

from defect_desktop.core.history import EVERYTHING
from defect_desktop.core.place import Place, PlacePart
from defect_desktop.core.review import NOT_A_DEFECT, Shot
from defect_desktop.core.waiting import PhotoSource
from tests.store.samples import SETTINGS, accept, classified, photo, record_all

FULL, NORMAL = 2, 1
KITCHEN = Place(room="주방")


@pytest.fixture
def flushed(database):
    """How hard each transaction that wrote something was flushed."""
    levels = []

    def note(connection):
        raw = connection.connection.dbapi_connection
        if raw.total_changes > changes.get(raw, 0):
            changes[raw] = raw.total_changes
            levels.append(raw.execute("PRAGMA synchronous").fetchone()[0])

    changes = {}
    event.listen(Engine, "commit", note)
    yield levels
    event.remove(Engine, "commit", note)


BY_PEOPLE = {
    "accept": lambda db: accept(db, [1]),
    "judge": lambda db: db.reviews.judge([1], ("들뜸",)),
    "state": lambda db: db.reviews.set_state([1], NOT_A_DEFECT),
    "accept sure": lambda db: db.reviews.accept_sure(EVERYTHING, 0.0),
    "note": lambda db: db.reviews.note(1, "창가"),
    "move": lambda db: db.reviews.move([1], KITCHEN),
    "group": lambda db: db.reviews.group({1: Shot.FAR, 2: Shot.NEAR}),
    "use": lambda db: db.places.use(Place(room="욕실")),
    "rename": lambda db: db.places.rename({PlacePart.ROOM: "거실"}, PlacePart.ROOM, "큰방"),
    "queue": lambda db: db.queue.add([photo("c.jpg")], PhotoSource.CAMERA),
    "cancel": lambda db: (db.queue.add([photo("c.jpg")], PhotoSource.CAMERA), db.queue.cancel()),
}


@pytest.mark.parametrize("act", BY_PEOPLE.values(), ids=BY_PEOPLE)
def test_what_people_do_is_on_the_disk_when_the_call_returns(database, flushed, act):
    record_all(database, classified(photo("a.jpg")), classified(photo("b.jpg")), place=Place(room="거실"))
    assert set(flushed) == {NORMAL}
    flushed.clear()
    act(database)
    assert set(flushed) == {FULL}


def test_undoing_and_doing_again_too(database, flushed):
    record_all(database, classified(photo("a.jpg")))
    accept(database, [1])
    flushed.clear()
    database.reviews.undo()
    database.reviews.redo()
    assert flushed == [FULL, FULL]


def test_results_are_not_waited_for_even_after_a_correction(database, flushed):
    record_all(database, classified(photo("a.jpg")))
    accept(database, [1])
    flushed.clear()
    run = database.begin_run(SETTINGS)
    database.add_outcomes(run, [(0, classified(photo("b.jpg")))])
    database.link_done(run, [(1, 1)])
    database.finish_run(run, "finished")
    assert flushed == [NORMAL] * 4
