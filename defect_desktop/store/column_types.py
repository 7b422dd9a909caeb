"""Column types that hold the same values in SQLite and in PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from defect_desktop.store.path_text import escape, unescape

BigId = BigInteger().with_variant(Integer(), "sqlite")
"""A row number. SQLite numbers rows by itself only where the type reads INTEGER, which there holds 64 bits anyway."""

NullableJson = JSON(none_as_null=True)
"""JSON whose None is NULL, so that CHECK constraints see it."""


class PathText(TypeDecorator[Path]):
    """A file path, lone surrogates included."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Path | None, dialect: Dialect) -> str | None:
        """The path as the column holds it."""
        return None if value is None else escape(str(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Path | None:
        """The path that was stored."""
        return None if value is None else Path(unescape(value))


class UtcTime(TypeDecorator[datetime]):
    """A moment with its time zone, kept and given back in UTC: SQLite itself would drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment, its zone restored."""
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
