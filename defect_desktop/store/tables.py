"""The tables.

A `photo` is a path with one content; what a person says of it stays with it. A `result` is what one run made of one
photo. A `run_item` places a result in a run's report, be it the run's own or that of an earlier run which the photo
was done in. Nothing is ever deleted or overwritten but what is known of the file itself and the person's label.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Double, ForeignKey, Index, MetaData, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from defect_desktop.store.column_types import BigId, NullableJson, PathText, UtcTime

VERDICT_COLUMNS = ("ai_label", "confidence", "margin", "agreement", "top", "check_reasons", "needs_check")
"""The columns of `result` that a verdict fills, all or none."""


def _all(columns: tuple[str, ...], condition: str) -> str:
    return " AND ".join(f"{column} {condition}" for column in columns)


class Base(DeclarativeBase):
    """Every constraint has a name, so that a migration can change it in any database."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )


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


class Photo(Base):
    """A path with one content. Size (bytes) and mtime (ns since 1970) are those of the file when it was last seen."""

    __tablename__ = "photo"
    __table_args__ = (UniqueConstraint("path", "content_hash"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    path: Mapped[Path] = mapped_column(PathText)
    content_hash: Mapped[str] = mapped_column(Text)  # '' where the file could not be read; NULLs would never be equal
    size: Mapped[int | None] = mapped_column(BigInteger)
    mtime_ns: Mapped[int | None] = mapped_column(BigInteger)
    human_label: Mapped[str | None] = mapped_column(Text)
    human_label_at: Mapped[datetime | None] = mapped_column(UtcTime)


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
    ai_label: Mapped[str | None] = mapped_column(Text, index=True)
    confidence: Mapped[float | None] = mapped_column(Double)
    margin: Mapped[float | None] = mapped_column(Double)
    agreement: Mapped[float | None] = mapped_column(Double)
    top: Mapped[list[dict[str, Any]] | None] = mapped_column(NullableJson)
    check_reasons: Mapped[list[str] | None] = mapped_column(NullableJson)
    needs_check: Mapped[bool | None]
    problem: Mapped[str | None] = mapped_column(Text)


class RunItem(Base):
    """The place of a result in a run's report, in the order of the request."""

    __tablename__ = "run_item"
    __table_args__ = (UniqueConstraint("run_id", "result_id"), {"sqlite_with_rowid": False})

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    result_id: Mapped[int] = mapped_column(ForeignKey("result.id"))
