"""Moments as reports show them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
