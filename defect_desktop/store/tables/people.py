"""What people add: places, their own labels, and which photos show the same defect.

A place is one row of six texts, not a node of a tree: a filter names any subset of the parts, which is one comparison
a part, and a building is renamed by one update. A tree would need a join a level and could not be asked for "every
ceiling". Two rows may come to hold the same texts, by a renaming: they are the same place to everybody who asks, and
yet two again when the renaming is undone.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from defect_desktop.store.column_types import BigId
from defect_desktop.store.tables.base import Base


class PlaceRow(Base):
    """A place. `used` grows with every use, whatever the clock says; 0 where nobody has been yet."""

    __tablename__ = "place"
    __table_args__ = (Index(None, "project", "building", "unit", "room", "part", "trade"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    project: Mapped[str] = mapped_column(Text)
    building: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    room: Mapped[str] = mapped_column(Text)
    part: Mapped[str] = mapped_column(Text)
    trade: Mapped[str] = mapped_column(Text)
    used: Mapped[int] = mapped_column(BigInteger)


class PhotoLabel(Base):
    """A defect that a person named in a photo, the most important first."""

    __tablename__ = "photo_label"
    __table_args__ = (
        UniqueConstraint("photo_id", "label"),
        Index(None, "label", "photo_id"),
        {"sqlite_with_rowid": False},
    )

    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    label: Mapped[str] = mapped_column(Text)


class ShotGroup(Base):
    """One defect that several photos show."""

    __tablename__ = "shot_group"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
