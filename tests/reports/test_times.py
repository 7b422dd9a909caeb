from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from defect_desktop.reports.times import local_text, local_texts, modified_at, seconds_of

ZONES = {
    "Seoul": "KST-9",
    "New York": "EST5EDT,M3.2.0,M11.1.0",
    "Lord Howe, half an hour": "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
    "Nepal, a quarter": "<+0545>-5:45",
    "an odd time": "LMT-8:27:52",
    "at an odd moment": "AAA3BBB,M3.2.0/2:07:13,M11.1.0/2:07:13",
}
SPRING = int(datetime(2026, 3, 8, tzinfo=UTC).timestamp())
AUTUMN = int(datetime(2026, 11, 1, tzinfo=UTC).timestamp())
LORD_HOWE = int(datetime(2026, 4, 4, tzinfo=UTC).timestamp())
days = st.sampled_from((0, SPRING, AUTUMN, LORD_HOWE)).flatmap(lambda day: st.integers(day - 86_400, day + 86_400))


@pytest.mark.parametrize("zone", ZONES.values(), ids=ZONES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moments=st.lists(st.none() | days | st.integers(-(2**63) // 10**9, 2**63 // 10**9)))
@example(moments=list(range(SPRING, SPRING + 86_400, 61)))
@example(moments=list(range(AUTUMN, AUTUMN + 86_400, 61)))
@example(moments=list(range(LORD_HOWE, LORD_HOWE + 86_400, 61)))
@example(moments=[None, 2**40, -(2**40), 253_402_300_799])
def test_many_local_times_are_what_each_is_alone(in_zone, zone, moments):
    in_zone(zone)
    alone = [local_text(None if at is None else modified_at(at * 10**9)) for at in moments]
    assert list(local_texts(moments)) == alone


def test_the_hour_that_comes_twice_and_the_one_that_never_comes(in_zone):
    in_zone(ZONES["New York"])
    before_spring = int(datetime(2026, 3, 8, 6, 59, 59, tzinfo=UTC).timestamp())
    assert list(local_texts([before_spring, before_spring + 1])) == ["2026-03-08 01:59:59", "2026-03-08 03:00:00"]
    before_autumn = int(datetime(2026, 11, 1, 5, 59, 59, tzinfo=UTC).timestamp())
    assert list(local_texts([before_autumn, before_autumn + 1])) == ["2026-11-01 01:59:59", "2026-11-01 01:00:00"]


def test_the_zone_is_asked_once_in_a_while_only(in_zone, monkeypatch):
    in_zone(ZONES["Seoul"])
    asked = []
    monkeypatch.setattr("defect_desktop.reports.times.local_text", lambda at: asked.append(at) or local_text(at))
    assert len(list(local_texts(range(900 * 100)))) == 900 * 100
    assert len(asked) == 200


@given(moment=st.datetimes(timezones=st.just(UTC)))
def test_a_second_lasts_until_the_next_begins(moment):
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    assert timedelta(0) <= since - timedelta(seconds=seconds_of(moment)) < timedelta(seconds=1)
