"""What the program says: runs, their results, and which results a run's report contains.

A `result` is what one run made of one photo. A `run_item` places a result in a run's report, be it the run's own or
that of an earlier run which the photo was done in. Nothing of it is ever overwritten.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Double, ForeignKey, Index, SmallInteger, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from defect_desktop.store.column_types import BigId, NullableJson, UtcTime
from defect_desktop.store.tables.base import Base

VERDICT_COLUMNS = ("ai_label", "confidence", "margin", "agreement", "top", "check_reasons", "needs_check")
"""The columns of `result` that a verdict fills, all or none."""


def _all(columns: tuple[str, ...], condition: str) -> str:
    return " AND ".join(f"{column} {condition}" for column in columns)


class Run(Base):
    """One run of the program over photos, and what it was made with. One that was killed stays unfinished."""

    __tablename__ = "run"
    __table_args__ = (CheckConstraint("(finished_at IS NULL) = (outcome IS NULL)", "finished_with_outcome"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UtcTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcTime)
    outcome: Mapped[str | None] = mapped_column(Text)
    pack_name: Mapped[str] = mapped_column(Text)
    pack_version: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(Text)
    engine: Mapped[str] = mapped_column(Text)
    device: Mapped[str] = mapped_column(Text)
    program_version: Mapped[str] = mapped_column(Text)
    class_names: Mapped[dict[str, dict[str, str]]] = mapped_column(NullableJson)
    notice: Mapped[dict[str, str] | None] = mapped_column(NullableJson)
    options: Mapped[dict[str, Any]] = mapped_column(NullableJson)


class Result(Base):
    """What a run made of a photo: a whole verdict, or the problem that prevented one."""

    __tablename__ = "result"
    __table_args__ = (
        UniqueConstraint("run_id", "photo_id"),
        CheckConstraint("(ai_label IS NULL) <> (problem IS NULL)", "verdict_or_problem"),
        CheckConstraint(
            f"({_all(VERDICT_COLUMNS, 'IS NULL')}) OR ({_all(VERDICT_COLUMNS, 'IS NOT NULL')})", "whole_verdict"
        ),
        Index(None, "photo_id", "id"),  # a photo's latest result
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    classified_at: Mapped[datetime] = mapped_column(UtcTime)
    ai_label: Mapped[str | None] = mapped_column(Text)
    confidence: Mapped[float | None] = mapped_column(Double)
    margin: Mapped[float | None] = mapped_column(Double)
    agreement: Mapped[float | None] = mapped_column(Double)
    top: Mapped[list[dict[str, Any]] | None] = mapped_column(NullableJson)
    check_reasons: Mapped[list[str] | None] = mapped_column(NullableJson)
    needs_check: Mapped[bool | None]
    asked: Mapped[int | None] = mapped_column(SmallInteger)
    problem: Mapped[str | None] = mapped_column(Text)


class RunItem(Base):
    """The place of a result in a run's report, in the order of the request."""

    __tablename__ = "run_item"
    __table_args__ = (UniqueConstraint("run_id", "result_id"), {"sqlite_with_rowid": False})

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    result_id: Mapped[int] = mapped_column(ForeignKey("result.id"))
