"""Ctrl-C as a request, in this process."""

from __future__ import annotations

import signal
from collections.abc import Generator

import pytest

from defect_desktop.cli.interrupt import stopping_between_events

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
    seen: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        seen.extend(stopping_between_events(_work(done)))
    assert done == ["a step", "its end", "closed"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_second_interrupt_does_not_wait() -> None:
    done: list[str] = []

    def insisted() -> Generator[int, None, str]:
        signal.raise_signal(signal.SIGINT)
        return (yield from _work(done))

    with pytest.raises(KeyboardInterrupt):
        list(stopping_between_events(insisted()))
    assert done == ["a step", "closed"]


def test_work_that_comes_to_its_end_returns_its_result() -> None:
    def work() -> Generator[int, None, str]:
        yield 1
        signal.raise_signal(signal.SIGINT)
        return "result"

    def outer() -> Generator[int, None, None]:
        assert (yield from stopping_between_events(work())) == "result"

    assert list(outer()) == [1]
