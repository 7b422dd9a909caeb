"""The photos that wait to be classified."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import BigInteger, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from defect_desktop.store.column_types import BigId, PathText, UtcTime
from defect_desktop.store.tables.base import Base


class Waiting(Base):
    """A file as it was when it came, and what became of it. It stays, so that it is known when it is listed again."""

    __tablename__ = "waiting"
    __table_args__ = (UniqueConstraint("path", "size", "mtime_ns"), Index(None, "state", "id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    path: Mapped[Path] = mapped_column(PathText)
    size: Mapped[int] = mapped_column(BigInteger)  # -1 where it is not known; NULLs would never be equal
    mtime_ns: Mapped[int] = mapped_column(BigInteger)  # -1 likewise
    source: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    added_at: Mapped[datetime] = mapped_column(UtcTime)
