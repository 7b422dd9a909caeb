from __future__ import annotations

from defect_desktop.core.progress import ProgressMeter


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_rate_and_time_left() -> None:
    clock = Clock()
    meter = ProgressMeter(total=100, clock=clock)
    assert meter.now().seconds_left is None
    clock.now += 2
    moment = meter.advance(10)
    assert (moment.done, moment.total, moment.rate, moment.seconds_left) == (10, 100, 5.0, 18.0)


def test_photos_done_before_count_but_do_not_speed_it_up() -> None:
    clock = Clock()
    meter = ProgressMeter(total=100, free=90, clock=clock)
    clock.now += 5
    moment = meter.advance(5)
    assert (moment.done, moment.rate, moment.seconds_left) == (95, 1.0, 5.0)


def test_the_rate_follows_the_last_seconds() -> None:
    clock = Clock()
    meter = ProgressMeter(total=10_000, clock=clock)
    for _ in range(30):
        clock.now += 1
        meter.advance(100)
    for _ in range(30):
        clock.now += 1
        moment = meter.advance(1)
    assert moment.rate == 1.0
