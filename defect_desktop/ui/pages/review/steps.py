"""What a person can do in the review: each is one step of the journal, saved as a whole or not at all. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from defect_desktop.core.history import HistoryFilter
from defect_desktop.core.place import Place
from defect_desktop.core.record import PhotoRecord
from defect_desktop.core.review import Action, Remarks, Review, Shot, Undoable, judged
from defect_desktop.store.database import Database
from defect_desktop.ui.pages.review.listing import present

FEW = 60
"""After a step that changed more photos than this the list is read again, and not photo by photo."""


class Subject(Enum):
    """What a step is about. A later step about the same of a photo makes an earlier one that was not saved void.

    JOURNAL takes a step back, or does it again.
    """

    REVIEW = auto()
    NOTE = auto()
    PLACE = auto()
    GROUP = auto()
    JOURNAL = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """`foresee` says what people will have said of a photo; None where only the database can tell.

    `photos` is empty where the database finds them. `save` is told who the person is.
    """

    subject: Subject
    photos: tuple[int, ...]
    save: Callable[[Database, str], Action | None]
    foresee: Callable[[PhotoRecord], Remarks] | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a step: `action` is None where there was nothing to do.

    `photos` are those that it changed, `records` these as they are now; none of them where they are many, or their
    places were renamed.
    """

    action: Action | None
    photos: Sequence[int]
    records: tuple[PhotoRecord, ...]
    undoable: Undoable


def carry_out(step: Step, database: Database, who: str = "") -> Saved:
    """Saves a step. Raises StoreError, and then nothing of it is saved."""
    action = step.save(database, who)
    photos: Sequence[int] = step.photos
    if step.foresee is None:
        photos = database.reviews.photos_of(action) if action else []
    records = tuple(present(database, photos)) if len(photos) <= FEW else ()
    return Saved(action, photos, records, database.reviews.undoable())


def accept(records: Sequence[PhotoRecord]) -> Step:
    """Agrees with what the person sees the program say; every record must have a verdict."""
    seen = {record.photo_id: label for record in records if (label := _ai_label(record)) is not None}

    def foresee(record: PhotoRecord) -> Remarks:
        return replace(record.remarks, review=judged(_ai_label(record), (seen[record.photo_id],)))

    return Step(Subject.REVIEW, tuple(seen), lambda database, who: database.reviews.accept(seen, who), foresee)


def judge(photos: tuple[int, ...], labels: tuple[str, ...]) -> Step:
    """Names the defects, at least one."""

    def foresee(record: PhotoRecord) -> Remarks:
        return replace(record.remarks, review=judged(_ai_label(record), labels))

    return Step(Subject.REVIEW, photos, lambda database, who: database.reviews.judge(photos, labels, who), foresee)


def set_state(photos: tuple[int, ...], review: Review) -> Step:
    """Says that there is no defect, that one cannot tell, or nothing any more."""

    def foresee(record: PhotoRecord) -> Remarks:
        return replace(record.remarks, review=review)

    return Step(Subject.REVIEW, photos, lambda database, who: database.reviews.set_state(photos, review, who), foresee)


def note(photo: int, text: str) -> Step:
    """Keeps a text with a photo."""

    def foresee(record: PhotoRecord) -> Remarks:
        return replace(record.remarks, note=text.strip())

    return Step(Subject.NOTE, (photo,), lambda database, who: database.reviews.note(photo, text, who), foresee)


def move(photos: tuple[int, ...], place: Place) -> Step:
    """Says where photos were taken."""

    def foresee(record: PhotoRecord) -> Remarks:
        return replace(record.remarks, place=place)

    return Step(Subject.PLACE, photos, lambda database, who: database.reviews.move(photos, place, who), foresee)


def group(shots: Mapping[int, Shot | None]) -> Step:
    """Says that photos show one defect, and what each shows of it."""
    return Step(Subject.GROUP, tuple(shots), lambda database, who: database.reviews.group(shots, who))


def set_shot(record: PhotoRecord, shot: Shot) -> Step:
    """Says what a photo shows of its group's defect, or by itself."""

    def save(database: Database, who: str) -> Action | None:
        group_id = record.remarks.group
        members = [] if group_id is None else database.history.shots(group_id)
        shots = {member.photo_id: member.remarks.shot for member in members}
        return database.reviews.group({**shots, record.photo_id: shot}, who)

    return Step(Subject.GROUP, (record.photo_id,), save)


def ungroup(photos: tuple[int, ...]) -> Step:
    """Says that photos stand for themselves."""

    def foresee(record: PhotoRecord) -> Remarks:
        return replace(record.remarks, group=None, shot=None)

    return Step(Subject.GROUP, photos, lambda database, who: database.reviews.ungroup(photos, who), foresee)


def accept_sure(where: HistoryFilter, confidence: float) -> Step:
    """Accepts everything of a filter that is not reviewed and at least so sure."""
    return Step(Subject.REVIEW, (), lambda database, who: database.reviews.accept_sure(where, confidence, who))


def undo() -> Step:
    """Takes back the last step that stands."""
    return Step(Subject.JOURNAL, (), lambda database, who: database.reviews.undo(who))


def redo() -> Step:
    """Does again what was undone last."""
    return Step(Subject.JOURNAL, (), lambda database, who: database.reviews.redo(who))


def _ai_label(record: PhotoRecord) -> str | None:
    verdict = record.outcome.verdict
    return verdict.label if verdict else None
