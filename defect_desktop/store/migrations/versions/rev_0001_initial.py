"""The first tables: runs, photos, results, and which results a run's report contains."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Creates the tables."""
    _create_run()
    _create_photo()
    _create_result()
    _create_run_item()


def _create_run() -> None:
    op.create_table(
        "run",
        sa.Column("id", _BIG_ID, nullable=False),
        sa.Column("started_at", _TIME, nullable=False),
        sa.Column("finished_at", _TIME),
        sa.Column("outcome", sa.Text()),
        sa.Column("pack_name", sa.Text(), nullable=False),
        sa.Column("pack_version", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("program_version", sa.Text(), nullable=False),
        sa.Column("class_names", sa.JSON(), nullable=False),
        sa.Column("notice", sa.JSON(none_as_null=True)),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
        sa.CheckConstraint("(finished_at IS NULL) = (outcome IS NULL)", name=op.f("ck_run_finished_with_outcome")),
    )


def _create_photo() -> None:
    op.create_table(
        "photo",
        sa.Column("id", _BIG_ID, nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger()),
        sa.Column("mtime_ns", sa.BigInteger()),
        sa.Column("human_label", sa.Text()),
        sa.Column("human_label_at", _TIME),
        sa.PrimaryKeyConstraint("id", name="pk_photo"),
        sa.UniqueConstraint("path", "content_hash", name="uq_photo_path_content_hash"),
    )


def _create_result() -> None:
    op.create_table(
        "result",
        sa.Column("id", _BIG_ID, nullable=False),
        sa.Column("photo_id", _BIG_ID, nullable=False),
        sa.Column("run_id", _BIG_ID, nullable=False),
        sa.Column("classified_at", _TIME, nullable=False),
        sa.Column("ai_label", sa.Text()),
        sa.Column("confidence", sa.Double()),
        sa.Column("margin", sa.Double()),
        sa.Column("agreement", sa.Double()),
        sa.Column("top", sa.JSON()),
        sa.Column("check_reasons", sa.JSON()),
        sa.Column("needs_check", sa.Boolean()),
        sa.Column("problem", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_result"),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name="fk_result_photo_id"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_result_run_id"),
        sa.UniqueConstraint("run_id", "photo_id", name="uq_result_run_id_photo_id"),
        sa.CheckConstraint("(ai_label IS NULL) <> (problem IS NULL)", name=op.f("ck_result_verdict_or_problem")),
        sa.CheckConstraint(
            "(ai_label IS NULL AND confidence IS NULL AND margin IS NULL AND agreement IS NULL"
            " AND top IS NULL AND check_reasons IS NULL AND needs_check IS NULL)"
            " OR (ai_label IS NOT NULL AND confidence IS NOT NULL AND margin IS NOT NULL AND agreement IS NOT NULL"
            " AND top IS NOT NULL AND check_reasons IS NOT NULL AND needs_check IS NOT NULL)",
            name=op.f("ck_result_whole_verdict"),
        ),
    )
    op.create_index("ix_result_photo_id_id", "result", ["photo_id", "id"])
    op.create_index("ix_result_ai_label", "result", ["ai_label"])


def _create_run_item() -> None:
    op.create_table(
        "run_item",
        sa.Column("run_id", _BIG_ID, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("result_id", _BIG_ID, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "position", name="pk_run_item"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_run_item_run_id"),
        sa.ForeignKeyConstraint(["result_id"], ["result.id"], name="fk_run_item_result_id"),
        sa.UniqueConstraint("run_id", "result_id", name="uq_run_item_run_id_result_id"),
        sqlite_with_rowid=False,
    )
