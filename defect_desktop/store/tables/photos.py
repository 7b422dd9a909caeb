"""The photos, which are the rows of the history.

A history of a million photos is filtered by a dozen conditions in any combination, and no index serves them all. So a
photo holds a copy of those facts of its latest result that it is filtered by, and every order of the history has an
index that begins with the order's key and goes on with everything that a filter may ask: whatever the filter is, a page
is found by walking one index, which takes a tenth of a second at the very worst. Folders come in one after another:
the order of coming in knows the path too, for a text that only an old folder's photos have in theirs.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import BigInteger, Double, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from defect_desktop.store.column_types import BigId, NullableJson, PathText, UtcTime
from defect_desktop.store.tables.base import Base

_FILTERED = ("place_id", "run_id", "ai_label", "review", "needs_check", "classified_at", "confidence")
"""What the filters of the history ask of a photo."""


class Photo(Base):
    """A path with one content, what the program said of it last, and what people say of it.

    Size (bytes) and mtime (ns since 1970) are those of the file when it was last seen. From `result_id` to `attention`
    it is a copy from the latest result; `result_id` is NULL where the photo is not in the history, because the file
    could not be read and is now what it was before, a photo of its own, and nobody said anything of it. `confidence`
    is 0 without a verdict. `attention` is the confidence, less 1 where a person must look, and -1 without a verdict:
    the order of the review.
    """

    __tablename__ = "photo"
    __table_args__ = (
        UniqueConstraint("path", "content_hash"),
        Index("ix_photo_recent", "result_id", "id", *_FILTERED, "path"),
        Index("ix_photo_path", "path", "id", "result_id", *_FILTERED),
        Index("ix_photo_confidence", "confidence", "id", "result_id", *(c for c in _FILTERED if c != "confidence")),
        Index("ix_photo_attention", "attention", "id", "result_id", *_FILTERED),
        Index("ix_photo_place", "place_id", "review", "needs_check", "ai_label", "group_id", "result_id"),
        Index("ix_photo_ai_label", "ai_label"),
        Index("ix_photo_review", "review"),
        Index("ix_photo_classified_at", "classified_at"),
        Index("ix_photo_run_id", "run_id"),
        # Not of the notes themselves: PostgreSQL refuses long texts in an index.
        Index("ix_photo_note", "id", sqlite_where=text("note <> ''"), postgresql_where=text("note <> ''")),
        Index(
            "ix_photo_group_id",
            "group_id",
            sqlite_where=text("group_id IS NOT NULL"),
            postgresql_where=text("group_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    path: Mapped[Path] = mapped_column(PathText)
    content_hash: Mapped[str] = mapped_column(Text)  # '' where the file could not be read; NULLs would never be equal
    size: Mapped[int | None] = mapped_column(BigInteger)
    mtime_ns: Mapped[int | None] = mapped_column(BigInteger)
    quality: Mapped[list[str]] = mapped_column(NullableJson, server_default=text("'[]'"))

    result_id: Mapped[int | None] = mapped_column(BigInteger)
    run_id: Mapped[int | None] = mapped_column(BigInteger)
    classified_at: Mapped[datetime | None] = mapped_column(UtcTime)
    ai_label: Mapped[str | None] = mapped_column(Text)
    needs_check: Mapped[bool | None]
    confidence: Mapped[float] = mapped_column(Double, server_default=text("0"))
    attention: Mapped[float] = mapped_column(Double, server_default=text("0"))

    review: Mapped[str] = mapped_column(Text, server_default=text("'unreviewed'"))
    note: Mapped[str] = mapped_column(Text, server_default=text("''"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("shot_group.id"))
    shot: Mapped[str | None] = mapped_column(Text)
