"""The journal of what people did: rows are added, never changed.

Undo and redo are rows too. What they would do next is a stack, kept as a list of rows that point at each other: every
row names the step that undo would take back after it, and the undo that redo would revoke. The stack below a step is
the one that the row before it names, so that nothing needs to be searched or rewritten, and a restart changes nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from defect_desktop.store.column_types import BigId, NullableJson, UtcTime
from defect_desktop.store.tables.base import Base


class ActionRow(Base):
    """One step of a person. `target_id` is the step that an undo or a redo is about."""

    __tablename__ = "action"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
    who: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    target_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"))
    undo_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"))
    redo_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"))


class ChangeRow(Base):
    """What a step changed of one photo or one place: the changed fields, before and after."""

    __tablename__ = "change"
    __table_args__ = (
        CheckConstraint("(photo_id IS NULL) <> (place_id IS NULL)", "one_subject"),
        Index(None, "action_id", "id"),
        Index(None, "photo_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    before: Mapped[dict[str, Any]] = mapped_column(NullableJson)
    after: Mapped[dict[str, Any]] = mapped_column(NullableJson)
