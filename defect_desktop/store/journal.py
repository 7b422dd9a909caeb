"""The journal: every change by a person goes through here, and every one can be undone and done again.

The functions take a connection that holds the write lock. `begin` writes the step, `change_photos` and `change_places`
make and note its changes, `finish` tells what it came to, and forgets a step that changed nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute

from defect_desktop.core.place import PlacePart
from defect_desktop.core.review import Action, ActionKind, Undoable
from defect_desktop.store.tables import ActionRow, ChangeRow, Photo, PhotoLabel, PlaceRow

CHUNK = 1000
"""Photos that are changed by one statement: memory stays flat however many an action is about."""

Fields = Mapping[str, Any]
"""Some of what people say of a photo, as the journal keeps it: review, labels, note, place, group, shot.

Of a place: its parts.
"""

_PHOTO_COLUMNS = {
    "review": Photo.review,
    "note": Photo.note,
    "place": Photo.place_id,
    "group": Photo.group_id,
    "shot": Photo.shot,
}
"""The fields that are columns of `photo`; `labels` are rows of their own."""

_PLACE_COLUMNS: dict[str, InstrumentedAttribute[Any]] = {
    part.value: getattr(PlaceRow, part.value) for part in PlacePart
}

LABELS = "labels"


def begin(connection: Connection, kind: ActionKind, who: str) -> int:
    """Writes a new step, which undo would take back next, and after which there is nothing to do again."""
    action_id = _write(connection, kind, who, None)
    connection.execute(update(ActionRow).where(ActionRow.id == action_id).values(undo_id=action_id))
    return action_id


def change_photos(connection: Connection, action_id: int, changes: Mapping[int, Fields]) -> None:
    """Changes some fields of each photo, and notes what they were before. LookupError for one that does not exist."""
    items = iter(changes.items())
    while chunk := dict(islice(items, CHUNK)):
        changed = _note_changes(connection, action_id, ChangeRow.photo_id.key, _photos_now(connection, chunk), chunk)
        _set_photos(connection, changed)


def change_places(connection: Connection, action_id: int, changes: Mapping[int, Fields]) -> None:
    """Changes some parts of each place, and notes what they were before."""
    items = iter(changes.items())
    while chunk := dict(islice(items, CHUNK)):
        rows = connection.execute(select(PlaceRow.__table__).where(PlaceRow.id.in_(chunk))).mappings()
        changed = _note_changes(connection, action_id, ChangeRow.place_id.key, {row["id"]: row for row in rows}, chunk)
        _update(connection, PlaceRow, _PLACE_COLUMNS, changed)


def finish(connection: Connection, action_id: int) -> Action | None:
    """What a step came to; None, and no step, where everything was so already."""
    if connection.execute(select(ChangeRow.id).where(ChangeRow.action_id == action_id).limit(1)).first() is None:
        connection.execute(delete(ActionRow).where(ActionRow.id == action_id))
        return None
    return _action(connection, action_id)


def latest(connection: Connection, count: int) -> list[Action]:
    """The last steps, the newest first."""
    newest = select(ActionRow.__table__).order_by(ActionRow.id.desc()).limit(count)
    return _actions(connection, connection.execute(newest).all())


def holds(connection: Connection, action: Action) -> bool:
    """Whether this very step was made; its number alone may be another's."""
    made_at = connection.scalars(select(ActionRow.at).where(ActionRow.id == action.id)).first()
    return made_at == action.at


def photos_of(connection: Connection, action_id: int) -> list[int]:
    """The photos that a step changed: for an undo or a redo, those of its target."""
    target = select(func.coalesce(ActionRow.target_id, ActionRow.id)).where(ActionRow.id == action_id)
    changed = select(ChangeRow.photo_id).where(
        ChangeRow.action_id == target.scalar_subquery(), ChangeRow.photo_id.is_not(None)
    )
    return [photo for photo in connection.scalars(changed.order_by(ChangeRow.id)) if photo is not None]


def undoable(connection: Connection) -> Undoable:
    """What undo and redo would do now."""
    top = _top(connection)
    if top is None:
        return Undoable(None, None)
    return Undoable(
        undo=top.undo_id and _kind(connection, top.undo_id),
        redo=top.redo_id and _kind(connection, _step(connection, top.redo_id).target_id),
    )


def undo(connection: Connection, who: str) -> Action | None:
    """Takes the last step back that still stands; None where there is none."""
    top = _top(connection)
    if top is None or top.undo_id is None:
        return None
    below = _top(connection, before=top.undo_id)
    undoing = _write(connection, ActionKind.UNDO, who, top.undo_id)
    row = {"undo_id": below.undo_id if below else None, "redo_id": undoing}
    connection.execute(update(ActionRow).where(ActionRow.id == undoing).values(**row))
    _apply(connection, top.undo_id, ChangeRow.before)
    return _action(connection, undoing)


def redo(connection: Connection, who: str) -> Action | None:
    """Does again what was undone last, unless something else was done since; None where there is nothing."""
    top = _top(connection)
    if top is None or top.redo_id is None:
        return None
    undone = _step(connection, top.redo_id)
    below = _top(connection, before=undone.id)
    redoing = _write(connection, ActionKind.REDO, who, undone.target_id)
    row = {"undo_id": undone.target_id, "redo_id": below.redo_id if below else None}
    connection.execute(update(ActionRow).where(ActionRow.id == redoing).values(**row))
    _apply(connection, undone.target_id, ChangeRow.after)
    return _action(connection, redoing)


def _write(connection: Connection, kind: ActionKind, who: str, target: int | None) -> int:
    row = {"at": datetime.now(UTC), "who": who, "kind": kind.value, "target_id": target}
    return connection.execute(insert(ActionRow).returning(ActionRow.id), row).scalar_one()


def _top(connection: Connection, before: int | None = None) -> Any:  # noqa: ANN401 - a row, None where there is none
    """The newest step, or the newest before one: it knows both stacks as they were then."""
    newest = select(ActionRow.id, ActionRow.undo_id, ActionRow.redo_id).order_by(ActionRow.id.desc()).limit(1)
    return connection.execute(newest if before is None else newest.where(ActionRow.id < before)).first()


def _step(connection: Connection, action_id: int) -> Any:  # noqa: ANN401 - a row
    return connection.execute(select(ActionRow.id, ActionRow.target_id).where(ActionRow.id == action_id)).one()


def _kind(connection: Connection, action_id: int) -> ActionKind:
    return ActionKind(connection.execute(select(ActionRow.kind).where(ActionRow.id == action_id)).scalar_one())


def _action(connection: Connection, action_id: int) -> Action:
    row = connection.execute(select(ActionRow.__table__).where(ActionRow.id == action_id)).one()
    return _actions(connection, [row])[0]


def _actions(connection: Connection, rows: Sequence[Row[Any]]) -> list[Action]:
    targets = {row.target_id or row.id for row in rows}
    kinds = {
        row.id: row.kind
        for row in connection.execute(select(ActionRow.id, ActionRow.kind).where(ActionRow.id.in_(targets)))
    }
    changes = select(ChangeRow.action_id, func.count().label("changes")).where(ChangeRow.action_id.in_(targets))
    counts = {row.action_id: row.changes for row in connection.execute(changes.group_by(ChangeRow.action_id))}
    return [
        Action(
            id=row.id,
            at=row.at,
            who=row.who,
            kind=ActionKind(row.kind),
            target=ActionKind(kinds[row.target_id]) if row.target_id else None,
            changed=counts.get(row.target_id or row.id, 0),
        )
        for row in rows
    ]


def _apply(connection: Connection, action_id: int, side: Any) -> None:  # noqa: ANN401 - a column of ChangeRow
    """Sets everything that a step changed to what it was before, or after."""
    changes = select(ChangeRow.id, ChangeRow.photo_id, ChangeRow.place_id, side.label("fields"))
    page_of = changes.where(ChangeRow.action_id == action_id).order_by(ChangeRow.id).limit(CHUNK)
    page = connection.execute(page_of).all()
    while page:
        _set_photos(connection, {row.photo_id: row.fields for row in page if row.photo_id is not None})
        places = {row.place_id: row.fields for row in page if row.place_id is not None}
        _update(connection, PlaceRow, _PLACE_COLUMNS, places)
        page = connection.execute(page_of.where(ChangeRow.id > page[-1].id)).all()


def _note_changes(
    connection: Connection,
    action_id: int,
    subject: str,
    now: Mapping[int, Mapping[Any, Any]],
    changes: Mapping[int, Fields],
) -> dict[int, Fields]:
    """Notes those of the changes that do change something, and returns them."""
    before = {id_: {name: now[id_][name] for name in fields} for id_, fields in changes.items()}
    changed = {id_: fields for id_, fields in changes.items() if before[id_] != fields}
    rows = [
        {"action_id": action_id, subject: id_, "before": before[id_], "after": dict(fields)}
        for id_, fields in changed.items()
    ]
    if rows:
        connection.execute(insert(ChangeRow), rows)
    return changed


def _photos_now(connection: Connection, photos: Mapping[int, Fields]) -> dict[int, dict[str, Any]]:
    """What people say of the photos now. Raises LookupError for a photo that does not exist."""
    columns = [column.label(name) for name, column in _PHOTO_COLUMNS.items()]
    rows = connection.execute(select(Photo.id, *columns).where(Photo.id.in_(photos))).mappings()
    now: dict[int, dict[str, Any]] = {row["id"]: {**row, LABELS: []} for row in rows}
    if missing := photos.keys() - now.keys():
        raise LookupError(f"no photos {sorted(missing)}")
    named = select(PhotoLabel.photo_id, PhotoLabel.label).where(PhotoLabel.photo_id.in_(photos))
    for row in connection.execute(named.order_by(PhotoLabel.photo_id, PhotoLabel.position)):
        now[row.photo_id][LABELS].append(row.label)
    return now


def _set_photos(connection: Connection, photos: Mapping[int, Fields]) -> None:
    _update(connection, Photo, _PHOTO_COLUMNS, photos)
    _set_labels(connection, {photo: fields[LABELS] for photo, fields in photos.items() if LABELS in fields})


def _update(
    connection: Connection,
    table: type[Photo] | type[PlaceRow],
    columns: Mapping[str, InstrumentedAttribute[Any]],
    changes: Mapping[int, Fields],
) -> None:
    """Sets those fields of each row that are columns: one statement for all rows that set the same ones."""
    by_names: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for id_, fields in changes.items():
        names = tuple(sorted(fields.keys() & columns.keys()))
        by_names.setdefault(names, []).append({"row": id_, **{f"new_{name}": fields[name] for name in names}})
    for names, rows in by_names.items():
        if names:
            values: dict[str, Any] = {columns[name].key: bindparam(f"new_{name}") for name in names}
            connection.execute(update(table).where(table.id == bindparam("row")).values(values), rows)


def _set_labels(connection: Connection, labels: Mapping[int, Sequence[str]]) -> None:
    if not labels:
        return
    connection.execute(delete(PhotoLabel).where(PhotoLabel.photo_id.in_(labels)))
    rows = [
        {"photo_id": photo, "position": position, "label": label}
        for photo, names in labels.items()
        for position, label in enumerate(names)
    ]
    if rows:
        connection.execute(insert(PhotoLabel), rows)
