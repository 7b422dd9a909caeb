"""The stretches of time that the history can be narrowed to. Knows nothing of Qt."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import Enum, auto


class Period(Enum):
    """A stretch of time that ends today, or one that the user names by its days."""

    EVER = auto()
    TODAY = auto()
    WEEK = auto()
    MONTH = auto()
    DAYS = auto()


_EARLIEST, _LATEST = date(1971, 1, 1), date(2999, 12, 31)
"""Outside of these years not every system can tell the time; nothing was classified then."""

_LENGTHS = {Period.TODAY: 1, Period.WEEK: 7, Period.MONTH: 30}


def bounds(period: Period, today: date, first: date, last: date) -> tuple[datetime | None, datetime | None]:
    """Since when, and until when (exclusive), by the computer's clock; `first` and `last` are the days of DAYS."""
    if period is Period.EVER:
        return None, None
    if period is Period.DAYS:
        begin, end = sorted(min(max(day, _EARLIEST), _LATEST) for day in (first, last))
        return _midnight(begin), _midnight(end + timedelta(days=1))
    return _midnight(today - timedelta(days=_LENGTHS[period] - 1)), None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()
