import threading

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from defect_desktop.ui.desk import Desk
from tests.ui.fakes import wait_until

pytestmark = pytest.mark.usefixtures("application")


@pytest.fixture
def desk():
    desk = Desk()
    yield desk
    desk.close()


def test_errands_run_in_order_in_another_thread_and_answer_in_this_one(desk):
    threads, answers = [], []
    for number in range(20):
        desk.do(lambda number=number: (threads.append(threading.get_ident()), number)[1], answers.append)
    wait_until(lambda: not desk.busy)
    assert answers == list(range(20))
    assert threading.get_ident() not in threads
    assert len(set(threads)) == 1


def test_of_a_question_only_the_newest_is_answered(desk):
    gate, asked, answers = threading.Event(), [], []

    def question(number):
        asked.append(number)
        gate.wait(5)
        return number

    for number in range(5):
        desk.ask("rows", lambda number=number: question(number), answers.append)
        wait_until(lambda: asked)
    desk.ask("other", lambda: "other", answers.append)
    gate.set()
    wait_until(lambda: not desk.busy)
    assert answers == [4, "other"]
    assert asked == [0, 4]


def test_what_raises_is_told_and_the_next_goes_on(desk):
    failures, answers = [], []
    desk.failed.connect(failures.append)
    desk.do(lambda: 1 / 0, answers.append)
    desk.do(lambda: 2, answers.append)
    wait_until(lambda: not desk.busy)
    assert answers == [2]
    assert [type(error) for error in failures] == [ZeroDivisionError]


def test_an_errand_may_have_its_own_place_for_what_it_raises(desk):
    failures, own = [], []
    desk.failed.connect(failures.append)
    desk.do(lambda: 1 / 0, otherwise=own.append)
    wait_until(lambda: not desk.busy)
    assert [type(error) for error in own] == [ZeroDivisionError]
    assert failures == []


def test_closing_finishes_what_is_to_be_done_and_tells_nobody():
    desk = Desk()
    gate, done, answers = threading.Event(), [], []
    desk.do(lambda: gate.wait(5))
    for number in range(3):
        desk.do(lambda number=number: done.append(number), answers.append)
    desk.ask("rows", lambda: done.append("asked"), answers.append)
    gate.set()
    desk.close()
    assert done == [0, 1, 2]
    assert answers == []


def test_closing_tells_what_could_not_be_done_and_does_the_rest():
    desk = Desk()
    failing, gate, done, failures, own = threading.Event(), threading.Event(), [], [], []
    desk.failed.connect(lambda error: failures.append(str(error)))

    def fail(why):
        failing.set()
        gate.wait(5)
        raise OSError(why)

    desk.do(lambda: fail("under way"), otherwise=own.append)
    wait_until(failing.is_set)
    desk.do(lambda: fail("waits"))
    desk.ask("rows", lambda: fail("nobody asks any more"), done.append)
    desk.do(lambda: done.append("last"))
    gate.set()
    desk.close()
    assert (failures, done, own) == (["under way", "waits"], ["last"], [])


def test_closing_tells_what_failed_just_before():
    desk = Desk()
    failing, failures = threading.Event(), []
    desk.failed.connect(lambda error: failures.append(str(error)))

    def fail():
        failing.set()
        raise OSError("just before")

    desk.do(fail)
    wait_until(failing.is_set)
    desk.close()
    assert failures == ["just before"]


def test_an_answer_for_a_widget_that_is_gone_is_dropped(desk):
    class Asker(QObject):
        def take(self, answer):
            answers.append(answer)

    answers, failures = [], []
    asker = Asker()
    desk.failed.connect(failures.append)
    desk.do(lambda: 1, asker.take)
    delete(asker)
    desk.do(lambda: 2, answers.append)
    wait_until(lambda: not desk.busy)
    assert (answers, failures) == ([2], [])
