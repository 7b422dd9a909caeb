"""Moments as reports show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)

_SPAN = 900
"""Seconds of a quarter of an hour, on which clocks are put forward and back."""

_HOUR = len("2026-01-31 09:")
_CLOCK = [f"{minute:02}:{second:02}" for minute in range(60) for second in range(60)]


def modified_at(mtime_ns: int | None) -> datetime | None:
    """The moment of a file's mtime (ns since 1970), None where there is none or the calendar does not reach it."""
    if mtime_ns is None:
        return None
    try:
        return _EPOCH + timedelta(microseconds=mtime_ns // 1000)
    except OverflowError:
        return None


def local_text(moment: datetime | None) -> str:
    """The moment in the computer's time zone, as spreadsheets recognise it: 2026-01-31 09:05:00. Empty for None."""
    if moment is None:
        return ""
    try:
        return moment.astimezone().replace(microsecond=0, tzinfo=None).isoformat(" ")
    except (OSError, OverflowError, ValueError):  # Windows knows no local time before 1970, nobody one after 9999
        return ""


def seconds_of(moment: datetime) -> int:
    """The whole seconds since 1970."""
    return (moment - _EPOCH) // _SECOND


def local_texts(moments: Sequence[int | None]) -> Iterator[str]:
    """`local_text` of many moments (whole seconds since 1970), for which the zone is asked once in a while only."""
    spans = {span: _Span.beginning_at(span * _SPAN) for span in {at // _SPAN for at in moments if at is not None}}
    return ("" if at is None else spans[at // _SPAN].text(at) for at in moments)


@dataclass(frozen=True, slots=True)
class _Span:
    """A quarter of an hour: the local hour that it lies in, as it is written, and what makes seconds of that hour.

    `hour` is empty where the clock is put forward or back meanwhile, or where nobody knows the local time.
    """

    hour: str
    shift: int

    @classmethod
    def beginning_at(cls, at: int) -> _Span:
        first, last = _local_second(at), _local_second(at + _SPAN - 1)
        steady = first[:_HOUR] == last[:_HOUR] and _in_hour(last) - _in_hour(first) == _SPAN - 1
        return cls(first[:_HOUR] if steady else "", _in_hour(first) - at)

    def text(self, at: int) -> str:
        return self.hour + _CLOCK[at + self.shift] if self.hour else _local_second(at)


def _in_hour(local: str) -> int:
    """The second of its hour that a local time is."""
    return int(local[14:16] or 0) * 60 + int(local[17:19] or 0)


def _local_second(at: int) -> str:
    return local_text(modified_at(at * 1_000_000_000))
