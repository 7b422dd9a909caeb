import os
import sys
import threading

import pytest

from defect_desktop.errors import SourceError
from defect_desktop.ui.background import Job, Task
from tests.ui.fakes import wait_until

pytestmark = pytest.mark.usefixtures("application")


class Heard:
    """Everything that a task told, in order."""

    def __init__(self, job: Job) -> None:
        self.story: list[tuple[str, object]] = []
        self.events: list[object] = []
        self.threads: set[int] = set()
        self.task = Task(job)
        self.task.events.connect(self._on_events)
        self.task.done.connect(lambda result: self.story.append(("done", result)))
        self.task.failed.connect(lambda error: self.story.append(("failed", error)))
        self.task.stopped.connect(lambda: self.story.append(("stopped", None)))
        self.task.ended.connect(lambda: self.story.append(("ended", None)))

    def _on_events(self, events: list[object]) -> None:
        self.threads.add(threading.get_ident())
        self.events += events

    @property
    def over(self) -> bool:
        return ("ended", None) in self.story


def test_events_arrive_in_order_before_the_result():
    def job():
        yield from range(200)
        return "result"

    heard = Heard(job)
    heard.task.start()
    wait_until(lambda: heard.over)
    assert heard.events == list(range(200))
    assert heard.story == [("done", "result"), ("ended", None)]
    assert heard.threads == {threading.get_ident()}


@pytest.mark.parametrize("error", [SourceError(ko="없음", en="None"), ZeroDivisionError("bug")])
def test_errors_arrive_after_what_came_before_them(error):
    def job():
        yield 1
        raise error

    heard = Heard(job)
    heard.task.start()
    wait_until(lambda: heard.over)
    assert heard.events == [1]
    assert heard.story == [("failed", error), ("ended", None)]


def test_a_job_that_cannot_even_begin_is_a_failure():
    def job():
        raise SourceError(ko="없음", en="None")

    heard = Heard(job)
    heard.task.start()
    wait_until(lambda: heard.over)
    assert [name for name, _ in heard.story] == ["failed", "ended"]


class Endless:
    """A job that goes on until it is closed, and remembers where that was."""

    def __init__(self) -> None:
        self.threads: list[int] = []
        self.closed_in: int | None = None
        self.pause = threading.Event()

    def __call__(self):
        self.threads.append(threading.get_ident())
        try:
            number = 0
            while True:
                yield number
                number += 1
                self.pause.wait(0.002)
        finally:
            self.closed_in = threading.get_ident()


def test_cancelling_closes_the_generator_in_its_own_thread():
    job = Endless()
    heard = Heard(job)
    heard.task.start()
    wait_until(lambda: len(heard.events) > 3)
    heard.task.cancel()
    wait_until(lambda: heard.over)
    assert heard.story == [("stopped", None), ("ended", None)]
    assert job.closed_in == job.threads[0] != threading.get_ident()
    assert heard.events == list(range(len(heard.events)))


def test_a_dropped_task_is_not_heard_of_again():
    job = Endless()
    heard = Heard(job)
    heard.task.start()
    wait_until(lambda: bool(heard.events))
    before = list(heard.events)
    heard.task.drop()
    wait_until(lambda: heard.over)
    assert heard.events == before
    assert heard.story == [("ended", None)]


def test_a_task_can_be_waited_for_without_an_event_loop():
    job = Endless()
    heard = Heard(job)
    heard.task.start()
    heard.task.drop()
    heard.task.wait()
    assert heard.task._worker.isFinished()
    assert heard.story == []


def test_an_error_on_closing_is_told():
    def job():
        try:
            while True:
                yield 1
        except GeneratorExit:
            raise SourceError(ko="디스크", en="disk") from None

    heard = Heard(job)
    heard.task.start()
    wait_until(lambda: bool(heard.events))
    heard.task.cancel()
    wait_until(lambda: heard.over)
    assert [name for name, _ in heard.story] == ["failed", "ended"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no niceness of threads")
def test_the_window_goes_first():
    def job():
        def note():
            niceness.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

        thread = threading.Thread(target=note)
        thread.start()
        thread.join()
        note()
        yield

    niceness = []
    heard = Heard(job)
    heard.task.start()
    wait_until(lambda: heard.over)
    window = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    assert [each > window for each in niceness] == [True, True]
