import unicodedata

import pytest

from defect_desktop.core.history import HistoryFilter
from defect_desktop.core.place import NOWHERE, Place, PlacePart
from defect_desktop.core.review import ActionKind
from defect_desktop.core.waiting import PhotoSource
from defect_desktop.store.database import Database
from tests.store.samples import classified, photo, record_all

KITCHEN = Place("래미안", "101동", "1203호", "주방", "벽", "도배")
BATH = Place("래미안", "101동", "1203호", "욕실", "천장", "도장")
NEIGHBOUR = Place("래미안", "102동", "1203호", "주방", "벽", "도배")


def place_of(database, photo_id):
    return database.history.record(photo_id).remarks.place


def photo_in(database, place, name="a.jpg"):
    (photo_id,) = record_all(database, classified(photo(name)), place=place)
    return photo_id


# Where the inspector is


def test_in_the_beginning_one_is_nowhere(database):
    assert database.places.current() == NOWHERE
    assert database.places.known(PlacePart.ROOM) == []


def test_the_place_is_remembered_across_a_restart(database, path):
    database.places.use(KITCHEN)
    database.places.use(BATH)
    with Database.open(path) as restarted:
        assert restarted.places.current() == BATH
        restarted.places.use(KITCHEN)
    assert database.places.current() == KITCHEN


def test_one_can_go_back_to_nowhere(database):
    database.places.use(KITCHEN)
    database.places.use(NOWHERE)
    assert database.places.current() == NOWHERE


def test_what_is_recorded_or_moved_elsewhere_does_not_move_the_inspector(database):
    database.places.use(KITCHEN)
    photo_id = photo_in(database, BATH)
    database.reviews.move([photo_id], NEIGHBOUR)
    assert database.places.current() == KITCHEN


def test_the_value_used_last_is_offered_first(database):
    for place in (KITCHEN, NEIGHBOUR, BATH):
        database.places.use(place)
    assert database.places.known(PlacePart.ROOM) == ["욕실", "주방"]
    assert database.places.known(PlacePart.BUILDING) == ["101동", "102동"]
    assert database.places.known(PlacePart.ROOM, {PlacePart.BUILDING: "102동"}) == ["주방"]
    database.places.use(KITCHEN)
    assert database.places.known(PlacePart.ROOM) == ["주방", "욕실"]


def test_parts_that_are_left_open_are_not_offered(database):
    database.places.use(Place(project="래미안"))
    assert database.places.known(PlacePart.UNIT) == []


def test_what_looks_alike_is_the_same_place(database):
    database.places.use(Place(room=" 작은   방 "))
    database.places.use(Place(room=unicodedata.normalize("NFD", "작은 방")))  # as macOS types it
    assert database.places.known(PlacePart.ROOM) == ["작은 방"]
    assert database.places.known(PlacePart.TRADE, {PlacePart.ROOM: "작은  방"}) == []


def test_a_photo_is_kept_with_its_place(database):
    assert place_of(database, photo_in(database, KITCHEN, "a.jpg")) == KITCHEN
    assert place_of(database, photo_in(database, NOWHERE, "b.jpg")) == NOWHERE


def test_a_place_that_is_known_stays_when_the_photo_is_classified_again(database):
    photo_id = photo_in(database, KITCHEN)
    photo_in(database, BATH)
    assert place_of(database, photo_id) == KITCHEN


def test_a_photo_without_a_place_gets_one_when_it_is_listed_again(database):
    (photo_id,) = record_all(database, classified(photo("a.jpg")))
    database.link_done(database.begin_run(database.history.record(photo_id).settings), [(0, 1)], KITCHEN)
    assert place_of(database, photo_id) == KITCHEN


# Renaming


def test_a_building_is_renamed_in_all_its_places(database):
    for place in (KITCHEN, NEIGHBOUR, BATH):
        database.places.use(place)
    photo_id = photo_in(database, KITCHEN)
    action = database.places.rename({PlacePart.BUILDING: "101동"}, PlacePart.BUILDING, " 103동 ", who="김")
    assert (action.kind, action.changed, action.who) == (ActionKind.RENAME_PLACE, 2, "김")
    assert database.places.known(PlacePart.BUILDING) == ["103동", "102동"]
    assert place_of(database, photo_id).building == database.places.current().building == "103동"

    database.reviews.undo()
    assert database.places.known(PlacePart.BUILDING) == ["101동", "102동"]
    assert place_of(database, photo_id) == KITCHEN
    database.reviews.redo()
    assert place_of(database, photo_id).building == "103동"


def test_only_the_named_places_are_renamed(database):
    for place in (KITCHEN, NEIGHBOUR):
        database.places.use(place)
    database.places.rename({PlacePart.BUILDING: "102동", PlacePart.ROOM: "주방"}, PlacePart.ROOM, "부엌")
    assert database.places.known(PlacePart.ROOM) == ["부엌", "주방"]


@pytest.mark.parametrize("name", ["101동", " 101동"])
def test_a_renaming_that_changes_nothing_is_no_step(database, name):
    database.places.use(KITCHEN)
    assert database.places.rename({PlacePart.BUILDING: "101동"}, PlacePart.BUILDING, name) is None
    assert database.places.rename({PlacePart.BUILDING: "999동"}, PlacePart.BUILDING, "x") is None
    assert database.reviews.undo() is None
    assert database.reviews.journal(9) == []


def test_two_places_become_one_and_two_again(database):
    for place in (NEIGHBOUR, KITCHEN):
        database.places.use(place)
    mine, theirs = photo_in(database, KITCHEN, "a.jpg"), photo_in(database, NEIGHBOUR, "b.jpg")
    in_102 = HistoryFilter(place={PlacePart.BUILDING: "102동"})

    database.places.rename({PlacePart.BUILDING: "101동"}, PlacePart.BUILDING, "102동")
    assert place_of(database, mine) == place_of(database, theirs) == NEIGHBOUR
    assert database.places.current() == NEIGHBOUR
    assert database.places.known(PlacePart.BUILDING) == ["102동"]
    assert database.history.where(in_102).count() == 2
    assert database.reviews.progress_by([PlacePart.BUILDING])[("102동",)].total == 2
    assert [defects.defects for defects in database.history.where().defects(PlacePart.BUILDING).counts] == [2]

    database.reviews.undo()
    assert (place_of(database, mine), place_of(database, theirs)) == (KITCHEN, NEIGHBOUR)
    assert database.places.current() == KITCHEN
    assert database.history.where(in_102).count() == 1


def test_an_old_name_that_was_taken_again_is_no_obstacle_to_undoing(database):
    database.places.use(KITCHEN)
    old = photo_in(database, KITCHEN, "old.jpg")
    database.places.rename({PlacePart.ROOM: "주방"}, PlacePart.ROOM, "부엌")
    database.places.use(KITCHEN)
    new = photo_in(database, KITCHEN, "new.jpg")
    database.reviews.undo()
    assert place_of(database, old) == place_of(database, new) == KITCHEN
    assert database.places.known(PlacePart.ROOM) == ["주방"]
    database.reviews.redo()
    assert [place_of(database, photo_id).room for photo_id in (old, new)] == ["부엌", "주방"]


def test_a_photo_that_waits_while_its_place_is_renamed_has_the_new_name(database):
    database.queue.add([photo("a.jpg")], PhotoSource.FOLDER, KITCHEN)
    database.places.rename({PlacePart.ROOM: "주방"}, PlacePart.ROOM, "부엌")
    assert [waiting.place.room for waiting in database.queue.next(9)] == ["부엌"]
    assert place_of(database, photo_in(database, NOWHERE)).room == "부엌"
