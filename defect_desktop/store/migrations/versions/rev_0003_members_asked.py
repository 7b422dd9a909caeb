"""How many members of the pack a result comes from; nobody knows it of results of before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the column."""
    op.add_column("result", sa.Column("asked", sa.SmallInteger()))
