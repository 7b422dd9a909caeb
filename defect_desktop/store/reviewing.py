"""What people say of photos: given, taken back, and how far they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, func, insert, select, true

from defect_desktop.core.history import HistoryFilter
from defect_desktop.core.place import Place, PlacePart
from defect_desktop.core.record import PhotoRecord
from defect_desktop.core.review import (
    Action,
    ActionKind,
    Review,
    ReviewProgress,
    ReviewState,
    Shot,
    Undoable,
    judged,
    kind_of,
)
from defect_desktop.store import journal
from defect_desktop.store.criteria import View
from defect_desktop.store.faults import NO_LONGER_DONE, UNSEEN, store_error
from defect_desktop.store.places import matching, place_id
from defect_desktop.store.records import in_chunks
from defect_desktop.store.tables import Photo, PlaceRow, ShotGroup
from defect_desktop.store.transactions import Transactions


class Reviews:
    """The review. Every method that changes something is one step of the journal and one transaction: all or nothing.

    It returns the step, None where everything was so already: then there is nothing to undo. A commit is flushed to the
    disk. `who` names the person. Raises LookupError for a photo that has no record.
    """

    def __init__(self, transactions: Transactions, path: Path, seen: Iterable[PhotoRecord] = ()) -> None:
        self._transactions = transactions
        self._path = path
        self._seen = {record.photo_id: record for record in seen}

    def seeing(self, photos: Iterable[PhotoRecord]) -> Reviews:
        """The review by a person who decides about these photos as they were read.

        Another program may have put back a backup since, in which a photo's number is none, or another's: what changes
        something raises ReplacedError then, and changes nothing.
        """
        return Reviews(self._transactions, self._path, photos)

    def accept(self, seen: Mapping[int, str], who: str = "") -> Action | None:
        """Agrees with what the program said of photos, by what the person saw it say.

        Where it says something else by now, that corrects it: nobody has agreed with what came meanwhile.
        """
        return self._judge({photo: (label,) for photo, label in seen.items()}, who)

    def judge(self, photos: Sequence[int], labels: tuple[str, ...], who: str = "") -> Action | None:
        """Names the defects of photos, at least one; for a photo of which the program said the same, it is accepted."""
        return self._judge(dict.fromkeys(photos, labels), who)

    def set_state(self, photos: Sequence[int], review: Review, who: str = "") -> Action | None:
        """Says that photos show no defect, that one cannot tell, or nothing any more (NOT_A_DEFECT, ...)."""
        with self._correcting() as connection:
            return _act(connection, kind_of(review), who, dict.fromkeys(photos, _fields(review)))

    def accept_sure(self, where: HistoryFilter, confidence: float, who: str = "") -> Action | None:
        """Accepts, as one step, every photo of a filter that is not reviewed and at least so sure."""
        with self._correcting() as connection:
            view = View(connection, where)
            sure = (
                Photo.review == ReviewState.UNREVIEWED,
                Photo.ai_label.is_not(None),
                Photo.confidence >= confidence,
            )
            statement = view.select(Photo.id, Photo.ai_label).where(*sure).order_by(Photo.id).limit(journal.CHUNK)
            action_id = journal.begin(connection, ActionKind.ACCEPT_SURE, who)
            chunk = connection.execute(statement).all()
            while chunk:
                changes = {row.id: _accepted(row.ai_label) for row in chunk}
                journal.change_photos(connection, action_id, changes)
                chunk = connection.execute(statement.where(Photo.id > chunk[-1].id)).all()
            return journal.finish(connection, action_id)

    def note(self, photo: int, text: str, who: str = "") -> Action | None:
        """Keeps a free text with a photo."""
        with self._correcting() as connection:
            return _act(connection, ActionKind.NOTE, who, {photo: {"note": text.strip()}})

    def move(self, photos: Sequence[int], place: Place, who: str = "") -> Action | None:
        """Says where photos were taken."""
        with self._correcting() as connection:
            fields = {"place": place_id(connection, place)}
            return _act(connection, ActionKind.PLACE, who, dict.fromkeys(photos, fields))

    def group(self, shots: Mapping[int, Shot | None], who: str = "") -> Action | None:
        """Says that photos show the same defect, and what each shows of it."""
        with self._correcting() as connection:
            group_id = _new_group(connection)
            changes = {photo: {"group": group_id, "shot": shot and shot.value} for photo, shot in shots.items()}
            return _act(connection, ActionKind.GROUP, who, changes)

    def set_shot(self, photo: int, shot: Shot, who: str = "") -> Action | None:
        """Says what a photo shows of its group's defect; one of no group gets one to itself."""
        with self._correcting() as connection:
            group_id = connection.scalar(select(Photo.group_id).where(Photo.id == photo))
            fields = {"group": _new_group(connection) if group_id is None else group_id, "shot": shot.value}
            return _act(connection, ActionKind.GROUP, who, {photo: fields})

    def ungroup(self, photos: Sequence[int], who: str = "") -> Action | None:
        """Says that photos stand for themselves."""
        with self._correcting() as connection:
            changes = {photo: {"group": None, "shot": None} for photo in photos}
            return _act(connection, ActionKind.UNGROUP, who, changes)

    def undo(self, who: str = "") -> Action | None:
        """Takes back the last step that still stands; None where there is none."""
        with self._correcting() as connection:
            return journal.undo(connection, who)

    def redo(self, who: str = "") -> Action | None:
        """Does again what was undone last; None where there is nothing, or something else was done since."""
        with self._correcting() as connection:
            return journal.redo(connection, who)

    def undoable(self) -> Undoable:
        """What undo and redo would do now."""
        with self._transactions.reading() as connection:
            return journal.undoable(connection)

    def require(self, action: Action) -> None:
        """Raises ReplacedError where another program has put back a backup that does not have this step."""
        with self._transactions.reading() as connection:
            if not journal.holds(connection, action):
                raise store_error(NO_LONGER_DONE, self._path)

    def photos_of(self, action: Action) -> list[int]:
        """The photos that a step changed, or set back."""
        with self._transactions.reading() as connection:
            return journal.photos_of(connection, action.id)

    def journal(self, count: int) -> list[Action]:
        """The last steps, the newest first."""
        with self._transactions.reading() as connection:
            return journal.latest(connection, count)

    def progress(self, within: Mapping[PlacePart, str] | None = None) -> ReviewProgress:
        """How far the review of all photos is, or of those in places with some values."""
        return sum(self.progress_by([], within).values(), ReviewProgress())

    def progress_by(
        self, parts: Iterable[PlacePart], within: Mapping[PlacePart, str] | None = None
    ) -> dict[tuple[str, ...], ReviewProgress]:
        """How far the review is in each of the places that differ in `parts`; photos without a place under ''."""
        names = [part.value for part in parts]
        known = select(PlaceRow.__table__).where(*matching(within or {}))
        there = Photo.place_id.in_(known.with_only_columns(PlaceRow.id)) if within else true()
        progress: dict[tuple[str, ...], ReviewProgress] = {}
        with self._transactions.reading() as connection:
            places = {row["id"]: tuple(row[name] for name in names) for row in connection.execute(known).mappings()}
            for place, counted in _progress_of_places(connection, there):
                key = ("",) * len(names) if place is None else places[place]
                progress[key] = progress.get(key, ReviewProgress()) + counted
        return progress

    @contextmanager
    def _correcting(self) -> Iterator[Connection]:
        with self._transactions.correcting() as connection:
            if not _are_there(connection, self._seen):
                raise store_error(UNSEEN, self._path)
            yield connection

    def _judge(self, labels: Mapping[int, tuple[str, ...]], who: str) -> Action | None:
        with self._correcting() as connection:
            ai_labels = _ai_labels(connection, list(labels))
            reviews = {photo: judged(ai_labels.get(photo), named) for photo, named in labels.items()}
            corrected = any(review.state is ReviewState.CORRECTED for review in reviews.values())
            kind = ActionKind.CORRECT if corrected else ActionKind.ACCEPT
            return _act(connection, kind, who, {photo: _fields(review) for photo, review in reviews.items()})


def _progress_of_places(
    connection: Connection, there: ColumnElement[bool]
) -> Iterable[tuple[int | None, ReviewProgress]]:
    """One pass over the index of places: grouped by anything more, a million photos would have to be sorted."""
    reviewed = Photo.review != ReviewState.UNREVIEWED
    counts = select(
        Photo.place_id,
        func.count(Photo.result_id).label("total"),
        func.count(Photo.result_id).filter(Photo.needs_check.is_(True), ~reviewed).label("check_left"),
        func.count(Photo.result_id).filter(reviewed).label("reviewed"),
        func.count(Photo.result_id).filter(Photo.needs_check.is_(None), ~reviewed).label("failed"),
    )
    for row in connection.execute(counts.where(there).group_by(Photo.place_id)):
        yield row.place_id, ReviewProgress(row.total, row.check_left, row.reviewed, row.failed)


def _ai_labels(connection: Connection, photos: Sequence[int]) -> dict[int, str | None]:
    rows = select(Photo.id, Photo.ai_label)
    found: dict[int, str | None] = {}
    for chunk in in_chunks(photos):
        found.update({row.id: row.ai_label for row in connection.execute(rows.where(Photo.id.in_(chunk)))})
    return found


def _are_there(connection: Connection, seen: Mapping[int, PhotoRecord]) -> bool:
    """Whether the photos have the numbers that they were seen with."""
    files = select(Photo.id, Photo.path, Photo.content_hash)
    same = 0
    for chunk in in_chunks(list(seen)):
        for row in connection.execute(files.where(Photo.id.in_(chunk))):
            outcome = seen[row.id].outcome
            # One that could not be read has no hash until it can be.
            same += row.path == outcome.photo.path and outcome.content_hash in ("", row.content_hash)
    return same == len(seen)


def _new_group(connection: Connection) -> int:
    return connection.execute(insert(ShotGroup).values().returning(ShotGroup.id)).scalar_one()


def _fields(review: Review) -> journal.Fields:
    return {"review": review.state.value, "labels": list(review.labels)}


def _accepted(label: str) -> journal.Fields:
    return _fields(Review(ReviewState.ACCEPTED, (label,)))


def _act(connection: Connection, kind: ActionKind, who: str, changes: Mapping[int, journal.Fields]) -> Action | None:
    action_id = journal.begin(connection, kind, who)
    journal.change_photos(connection, action_id, changes)
    return journal.finish(connection, action_id)
