"""Photos that wait for their turn: none is lost, none has two."""

import os
import signal
import time
from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from defect_desktop.core.place import NOWHERE, Place, PlacePart
from defect_desktop.core.record import PhotoFile
from defect_desktop.core.waiting import PhotoSource, WaitingState
from defect_desktop.errors import PhotoProblem
from defect_desktop.store import queue
from defect_desktop.store.database import Database
from tests.store.samples import SETTINGS, classified, failed, photo, record_all

KITCHEN, BATH = Place(room="주방"), Place(room="욕실")
FOLDER, WATCHED, CAMERA = PhotoSource.FOLDER, PhotoSource.WATCHED, PhotoSource.CAMERA
FILES = [photo(f"{n}.jpg") for n in range(5)]


def waiting(database):
    return [waiting.photo for waiting in database.queue.next(100)]


def states(database):
    return {state: count for state, count in database.queue.counts().items() if count}


def test_photos_wait_in_the_order_they_came_in(database):
    assert database.queue.next(9) == []
    assert database.queue.counts() == dict.fromkeys(WaitingState, 0)
    assert database.queue.add(FILES[2:], FOLDER, KITCHEN) == 3
    assert database.queue.add(FILES[:2], CAMERA) == 2
    first, *_, last = turns = database.queue.next(9)
    assert [turn.photo for turn in turns] == [*FILES[2:], *FILES[:2]]
    assert (first.source, first.place, last.source, last.place) == (FOLDER, KITCHEN, CAMERA, NOWHERE)
    assert database.queue.next(2) == turns[:2]  # nobody has classified them yet
    assert states(database) == {WaitingState.WAITING: 5}


def test_no_file_waits_twice(database):
    assert database.queue.add([*FILES, *FILES], FOLDER) == 5
    assert database.queue.add(FILES, CAMERA) == 0
    assert waiting(database) == FILES


def test_a_file_that_changed_is_another_one(database):
    database.queue.add(FILES[:1], WATCHED)
    assert database.queue.add([replace(FILES[0], size=2000), replace(FILES[0], mtime_ns=5)], WATCHED) == 2


@pytest.mark.parametrize(
    "file",
    [photo("a.jpg", None, None), PhotoFile(photo("caf\udce9.jpg").path, 1, 2), photo("far.jpg", mtime_ns=2**63)],
    ids=["unknown", "undecodable name", "beyond 2262"],
)
def test_a_strange_file_has_its_turn_too(database, file):
    assert database.queue.add([file], FOLDER) == 1
    assert database.queue.add([file], FOLDER) == 0
    known = file if file.mtime_ns != 2**63 else replace(file, mtime_ns=None)
    assert waiting(database) == [known]
    record_all(database, failed(known))
    assert states(database) == {WaitingState.FAILED: 1}


def test_five_thousand_at_once(database):
    flood = [photo(f"{n}.jpg") for n in range(5000)]
    assert database.queue.add(iter(flood), WATCHED) == 5000
    assert [turn.photo for turn in database.queue.next(5000)] == flood


# What becomes of them


def test_an_outcome_ends_the_turn_and_gives_the_photo_its_place(database):
    database.queue.add(FILES[:3], FOLDER, KITCHEN)
    record_all(database, classified(FILES[0]), failed(FILES[1]), classified(FILES[4]), place=BATH)
    assert waiting(database) == [FILES[2]]
    assert states(database) == {WaitingState.WAITING: 1, WaitingState.DONE: 1, WaitingState.FAILED: 1}
    places = {r.outcome.photo: r.remarks.place for r in database.history.where().page().records}
    assert places == {FILES[0]: KITCHEN, FILES[1]: KITCHEN, FILES[4]: BATH}


def test_a_result_of_an_earlier_run_ends_the_turn_too(database):
    (photo_id,) = record_all(database, classified(FILES[0]))
    database.queue.add(FILES[:1], FOLDER, KITCHEN)
    database.link_done(database.begin_run(SETTINGS), [(0, 1)])
    assert states(database) == {WaitingState.DONE: 1}
    assert database.history.record(photo_id).remarks.place == KITCHEN


def test_an_outcome_that_is_not_recorded_ends_no_turn(database):
    database.queue.add(FILES, FOLDER)
    run = database.begin_run(SETTINGS)
    with pytest.raises(IntegrityError):
        database.add_outcomes(run, [(0, classified(FILES[0])), (0, classified(FILES[1]))])
    assert waiting(database) == FILES


def test_what_changed_while_it_waited_keeps_its_turn(database):
    database.queue.add(FILES[:1], FOLDER)
    record_all(database, classified(replace(FILES[0], size=2000)))
    assert waiting(database) == FILES[:1]


def test_pausing_holds_what_waits_until_it_is_resumed(database):
    database.queue.add(FILES[:2], FOLDER)
    assert database.queue.pause() == 2
    database.queue.add(FILES[2:3], CAMERA)
    assert waiting(database) == []
    assert database.queue.pause() == 0
    assert database.queue.resume() == 3
    assert database.queue.resume() == 0
    assert waiting(database) == FILES[:3]
    database.queue.add(FILES[3:4], CAMERA)
    assert waiting(database) == FILES[:4]


def test_an_outcome_that_was_under_way_when_everything_was_paused_or_cancelled_counts(database):
    database.queue.add(FILES, FOLDER, KITCHEN)
    database.queue.pause()
    record_all(database, classified(FILES[0]))
    database.queue.cancel()
    (photo_id,) = record_all(database, classified(FILES[1]))
    assert states(database) == {WaitingState.DONE: 2, WaitingState.CANCELLED: 3}
    assert database.history.record(photo_id).remarks.place == KITCHEN


def test_cancelling_gives_up_what_waits_or_is_paused(database):
    database.queue.add(FILES[:2], FOLDER)
    database.queue.pause()
    database.queue.add(FILES[2:], FOLDER)
    record_all(database, classified(FILES[2]))
    assert len(database.queue.cancel()) == 4
    assert waiting(database) == []
    assert database.queue.resume() == 0
    assert states(database) == {WaitingState.DONE: 1, WaitingState.CANCELLED: 4}


def test_what_was_given_up_can_be_taken_back_and_nothing_that_was_given_up_before(database, monkeypatch):
    monkeypatch.setattr(queue, "PAGE", 2)
    database.queue.add(FILES[:1], FOLDER)
    database.queue.cancel()
    database.queue.add(FILES[1:], FOLDER, KITCHEN)
    given_up = database.queue.cancel()
    record_all(database, classified(FILES[1]))  # it was under way
    assert database.queue.take_back(given_up) == 3
    assert [(turn.photo, turn.place) for turn in database.queue.next(9)] == [(file, KITCHEN) for file in FILES[2:]]
    assert states(database) == {WaitingState.DONE: 1, WaitingState.CANCELLED: 1, WaitingState.WAITING: 3}
    assert database.queue.take_back(given_up) == 0


def test_what_is_taken_back_while_the_queue_is_paused_is_paused_with_it(database):
    database.queue.add(FILES[:2], FOLDER)
    given_up = database.queue.cancel()
    database.queue.add(FILES[2:3], FOLDER)
    database.queue.pause()
    assert database.queue.take_back(given_up) == 2
    assert states(database) == {WaitingState.PAUSED: 3}


def test_a_watched_folder_does_not_bring_back_what_is_over_and_a_person_does(database):
    database.queue.add(FILES[:3], WATCHED)
    record_all(database, failed(FILES[0]), classified(FILES[1]))
    database.queue.cancel()
    assert database.queue.add(FILES[:3], WATCHED) == 0
    assert database.queue.add(FILES[:3], FOLDER, BATH) == 3
    turns = database.queue.next(9)
    assert [(turn.photo, turn.source, turn.place) for turn in turns] == [(file, FOLDER, BATH) for file in FILES[:3]]


@pytest.mark.parametrize("problem", [PhotoProblem.MISSING, PhotoProblem.UNREADABLE])
def test_what_could_not_be_read_when_its_turn_came_was_missed_and_what_cannot_be_used_was_not(database, problem):
    database.queue.add(FILES[:4], WATCHED, KITCHEN)
    record_all(database, failed(FILES[0], problem), failed(FILES[1], PhotoProblem.EMPTY), classified(FILES[2]))
    (turn,) = database.queue.missed()
    assert (turn.photo, turn.place) == (FILES[0], KITCHEN)
    record_all(database, classified(FILES[0]))
    assert database.queue.missed() == []


def test_what_failed_can_be_tried_again(database):
    database.queue.add(FILES[:3], CAMERA, KITCHEN)
    numbers = [turn.id for turn in database.queue.next(9)]
    record_all(database, failed(FILES[0]), classified(FILES[1]))
    assert database.queue.retry(numbers) == 1
    assert waiting(database) == [FILES[0], FILES[2]]
    assert database.queue.next(1)[0].place == KITCHEN
    record_all(database, classified(FILES[0]))
    assert database.queue.retry(numbers) == 0
    assert states(database) == {WaitingState.WAITING: 1, WaitingState.DONE: 2}


def test_a_failure_that_is_read_elsewhere_is_none_any_more(database):
    database.queue.add(FILES[:1], WATCHED)
    record_all(database, failed(FILES[0]))
    record_all(database, classified(FILES[0]))
    assert states(database) == {WaitingState.DONE: 1}


def test_queueing_does_not_move_the_inspector_but_makes_the_place_known(database):
    database.places.use(BATH)
    database.queue.add(FILES, FOLDER, KITCHEN)
    assert database.places.current() == BATH
    assert database.places.known(PlacePart.ROOM) == ["욕실", "주방"]


# Restarts and kills


def test_the_queue_survives_a_restart(database, path):
    database.queue.add(FILES[:3], CAMERA, KITCHEN)
    database.queue.pause()
    with Database.open(path) as restarted:
        restarted.queue.add(FILES[3:], FOLDER)
        assert waiting(restarted) == []
        assert restarted.queue.resume() == 5
        assert [turn.place for turn in restarted.queue.next(9)] == [KITCHEN] * 3 + [NOWHERE] * 2


def work_off(path, done):
    """What the program does with its queue."""
    with Database.open(path) as database:
        run, position = database.begin_run(SETTINGS), 0
        while turns := database.queue.next(3):
            time.sleep(0.001)  # the classifying itself
            outcomes = [classified(turn.photo, f"{turn.id:02}"[-1]) for turn in turns]
            database.add_outcomes(run, list(enumerate(outcomes, position)))
            position += len(turns)
            done.value += len(turns)


def test_the_queue_survives_being_killed(programs, database, path):
    files = [photo(f"{n:03}.jpg") for n in range(300)]
    database.queue.add(files, WATCHED, KITCHEN)
    done = programs.RawValue("i", 0)
    for _ in range(3):
        program = programs.Process(target=work_off, args=(path, done))
        program.start()
        enough = done.value + 20
        while done.value < enough and program.is_alive():
            time.sleep(0.0005)
        os.kill(program.pid, signal.SIGKILL)
        program.join()
        counts = database.queue.counts()
        assert counts[WaitingState.DONE] + counts[WaitingState.WAITING] == len(files)
        assert counts[WaitingState.DONE] >= done.value
        assert database.history.where().count() == counts[WaitingState.DONE]
    work_off(path, done)
    records = database.history.where().page(limit=len(files)).records
    assert sorted(record.outcome.photo.path for record in records) == [file.path for file in files]
    assert {record.remarks.place for record in records} == {KITCHEN}
