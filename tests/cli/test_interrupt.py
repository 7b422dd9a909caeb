"""Ctrl-C as a request, in this process."""

from __future__ import annotations

import signal
from collections.abc import Generator

import pytest

from defect_desktop.cli.watching import watch
from defect_desktop.core.progress import NOT_BEGUN, Progress
from defect_desktop.language import Bilingual

pytestmark = pytest.mark.skipif(
    signal.getsignal(signal.SIGINT) is not signal.default_int_handler, reason="this process was told to ignore Ctrl-C"
)


def _work(done: list[str]) -> Generator[int, None, str]:
    try:
        done.append("a step")
        signal.raise_signal(signal.SIGINT)
        done.append("its end")
        yield 1
        done.append("another step")
        yield 2
        return "result"
    finally:
        done.append("closed")


def test_an_interrupt_waits_for_the_end_of_the_step() -> None:
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        watch_patiently(_work(done), [])
    assert done == ["a step", "its end", "closed"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_second_interrupt_does_not_wait() -> None:
    done: list[str] = []

    def insisted() -> Generator[int, None, str]:
        signal.raise_signal(signal.SIGINT)
        return (yield from _work(done))

    with pytest.raises(KeyboardInterrupt):
        watch_patiently(insisted(), [])
    assert done == ["a step", "closed"]


def test_work_that_comes_to_its_end_returns_its_result() -> None:
    def work() -> Generator[int, None, str]:
        yield 1
        signal.raise_signal(signal.SIGINT)
        return "result"

    seen: list[int] = []
    assert watch_patiently(work(), seen) == "result"
    assert seen == [1]


def watch_patiently(work: Generator[int, None, str], seen: list[int]) -> str:
    def progress_of(event: int) -> Progress:
        seen.append(event)
        return NOT_BEGUN

    return watch(work, Bilingual(ko="작업", en="Work"), progress_of, patient=True)
