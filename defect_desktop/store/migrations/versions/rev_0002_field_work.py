"""Places, reviews with their journal, shots, the queue, and photos that hold what the history is filtered by."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)
_JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    """Adds the tables and columns, fills them from what is there, and takes the old columns of the label away."""
    _create_places()
    _create_journal()
    _create_queue()
    _widen_photo()
    _create_photo_label()
    _copy_latest_results()
    _take_labels_over()
    op.drop_column("photo", "human_label")
    op.drop_column("photo", "human_label_at")
    _create_indexes()


def _create_places() -> None:
    op.create_table(
        "place",
        sa.Column("id", _BIG_ID, nullable=False),
        *(sa.Column(part, sa.Text(), nullable=False) for part in _PLACE_PARTS),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_place"),
    )
    op.create_index("ix_place_project_building_unit_room_part_trade", "place", _PLACE_PARTS)
    op.create_table(
        "shot_group", sa.Column("id", _BIG_ID, nullable=False), sa.PrimaryKeyConstraint("id", name="pk_shot_group")
    )


_PLACE_PARTS = ("project", "building", "unit", "room", "part", "trade")


def _create_journal() -> None:
    op.create_table(
        "action",
        sa.Column("id", _BIG_ID, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target_id", _BIG_ID),
        sa.Column("undo_id", _BIG_ID),
        sa.Column("redo_id", _BIG_ID),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
        sa.ForeignKeyConstraint(["target_id"], ["action.id"], name="fk_action_target_id"),
        sa.ForeignKeyConstraint(["undo_id"], ["action.id"], name="fk_action_undo_id"),
        sa.ForeignKeyConstraint(["redo_id"], ["action.id"], name="fk_action_redo_id"),
    )
    op.create_table(
        "change",
        sa.Column("id", _BIG_ID, nullable=False),
        sa.Column("action_id", _BIG_ID, nullable=False),
        sa.Column("photo_id", _BIG_ID),
        sa.Column("place_id", _BIG_ID),
        sa.Column("before", _JSON, nullable=False),
        sa.Column("after", _JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_change"),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name="fk_change_action_id"),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name="fk_change_photo_id"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="fk_change_place_id"),
        sa.CheckConstraint("(photo_id IS NULL) <> (place_id IS NULL)", name=op.f("ck_change_one_subject")),
    )
    op.create_index("ix_change_action_id_id", "change", ["action_id", "id"])
    op.create_index("ix_change_photo_id", "change", ["photo_id"])


def _create_queue() -> None:
    op.create_table(
        "waiting",
        sa.Column("id", _BIG_ID, nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("place_id", _BIG_ID),
        sa.Column("added_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_waiting"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="fk_waiting_place_id"),
        sa.UniqueConstraint("path", "size", "mtime_ns", name="uq_waiting_path_size_mtime_ns"),
    )
    op.create_index("ix_waiting_state_id", "waiting", ["state", "id"])


def _widen_photo() -> None:
    for column in (
        sa.Column("quality", _JSON, nullable=False, server_default=sa.text("'[]'")),
        sa.Column("result_id", sa.BigInteger()),
        sa.Column("run_id", sa.BigInteger()),
        sa.Column("classified_at", _TIME),
        sa.Column("ai_label", sa.Text()),
        sa.Column("needs_check", sa.Boolean()),
        sa.Column("confidence", sa.Double(), nullable=False, server_default=sa.text("0")),
        sa.Column("attention", sa.Double(), nullable=False, server_default=sa.text("0")),
        sa.Column("review", sa.Text(), nullable=False, server_default=sa.text("'unreviewed'")),
        sa.Column("note", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("shot", sa.Text()),
    ):
        op.add_column("photo", column)
    # SQLite adds a foreign key only together with its column, which Alembic has no way to say.
    big_id = _BIG_ID.compile(op.get_bind().dialect)
    for column_name, table in (("place_id", "place"), ("group_id", "shot_group")):
        op.execute(
            f"ALTER TABLE photo ADD COLUMN {column_name} {big_id}"
            f" CONSTRAINT fk_photo_{column_name} REFERENCES {table} (id)"
        )


def _create_photo_label() -> None:
    op.create_table(
        "photo_label",
        sa.Column("photo_id", _BIG_ID, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("photo_id", "position", name="pk_photo_label"),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name="fk_photo_label_photo_id"),
        sa.UniqueConstraint("photo_id", "label", name="uq_photo_label_photo_id_label"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_photo_label_label_photo_id", "photo_label", ["label", "photo_id"])


def _copy_latest_results() -> None:
    """Every photo gets what its latest result says, but a file that was read later is no failure any more."""
    op.execute("UPDATE photo SET result_id = (SELECT max(result.id) FROM result WHERE result.photo_id = photo.id)")
    op.execute(
        "UPDATE photo SET result_id = NULL WHERE content_hash = '' AND EXISTS ("
        " SELECT 1 FROM photo AS other JOIN result ON result.photo_id = other.id"
        " WHERE other.path = photo.path AND result.id > photo.result_id)"
    )
    op.execute(
        "UPDATE photo SET run_id = result.run_id, classified_at = result.classified_at, ai_label = result.ai_label,"
        " needs_check = result.needs_check, confidence = coalesce(result.confidence, 0),"
        " attention = CASE WHEN result.ai_label IS NULL THEN -1"
        " WHEN result.needs_check THEN result.confidence - 1 ELSE result.confidence END"
        " FROM result WHERE result.id = photo.result_id"
    )


def _take_labels_over() -> None:
    """A label of before becomes a review, and a step of the journal that undo does not reach."""
    bind = op.get_bind()
    photo, label, action, change = (sa.Table(name, sa.MetaData(), autoload_with=bind) for name in _LABEL_TABLES)
    labelled = sa.select(photo.c.id, photo.c.ai_label, photo.c.human_label, photo.c.human_label_at)
    rows = bind.execute(labelled.where(photo.c.human_label.is_not(None)).order_by(photo.c.human_label_at)).all()
    for row in rows:
        review = "accepted" if row.human_label == row.ai_label else "corrected"
        bind.execute(photo.update().where(photo.c.id == row.id).values(review=review))
        bind.execute(label.insert().values(photo_id=row.id, position=0, label=row.human_label))
        step = {"at": row.human_label_at, "who": "", "kind": "taken_over"}
        action_id = bind.execute(action.insert().values(step).returning(action.c.id)).scalar_one()
        fields = {"before": _fields("unreviewed"), "after": _fields(review, row.human_label)}
        bind.execute(change.insert().values(action_id=action_id, photo_id=row.id, **fields))


_LABEL_TABLES = ("photo", "photo_label", "action", "change")


def _fields(review: str, *labels: str) -> dict[str, Any]:
    return {"review": review, "labels": list(labels)}


def _create_indexes() -> None:
    op.drop_index("ix_result_ai_label", "result")
    filtered = ["place_id", "run_id", "ai_label", "review", "needs_check", "classified_at"]
    for name, columns in {
        "recent": ["result_id", "id", *filtered, "confidence", "path"],
        "path": ["path", "id", "result_id", *filtered, "confidence"],
        "confidence": ["confidence", "id", "result_id", *filtered],
        "attention": ["attention", "id", "result_id", *filtered, "confidence"],
        "place": ["place_id", "review", "needs_check", "ai_label", "group_id", "result_id"],
        **{name: [name] for name in ("ai_label", "review", "classified_at", "run_id")},
    }.items():
        op.create_index(f"ix_photo_{name}", "photo", columns)
    for name, column, part in (("note", "id", "note <> ''"), ("group_id", "group_id", "group_id IS NOT NULL")):
        where = sa.text(part)
        op.create_index(f"ix_photo_{name}", "photo", [column], sqlite_where=where, postgresql_where=where)
