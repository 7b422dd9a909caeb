"""What a person can do in the review: each is one step of the journal, saved as a whole or not at all. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from defect_desktop.core.history import HistoryFilter
from defect_desktop.core.place import Place
from defect_desktop.core.record import PhotoRecord
from defect_desktop.core.review import Action, Remarks, Review, Shot, Undoable, judged
from defect_desktop.store.database import Database
from defect_desktop.store.reviewing import Reviews
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
    """Saves a step. Raises StoreError, and then nothing of it is saved; ReplacedError where its photos are gone."""
    action = step.save(database, who)
    photos: Sequence[int] = step.photos
    if step.foresee is None:
        photos = database.reviews.photos_of(action) if action else []
    records = tuple(present(database, photos)) if len(photos) <= FEW else ()
    return Saved(action, photos, records, database.reviews.undoable())


def accept(records: Sequence[PhotoRecord]) -> Step:
    """Agrees with what the person sees the program say; every record must have a verdict."""
    said = {record.photo_id: label for record in records if (label := _ai_label(record)) is not None}

    def foresee(record: PhotoRecord) -> Remarks:
        return replace(record.remarks, review=judged(_ai_label(record), (said[record.photo_id],)))

    return _about(records, Subject.REVIEW, lambda reviews, _, who: reviews.accept(said, who), foresee)


def judge(records: Sequence[PhotoRecord], labels: tuple[str, ...]) -> Step:
    """Names the defects, at least one."""

    def foresee(record: PhotoRecord) -> Remarks:
        return replace(record.remarks, review=judged(_ai_label(record), labels))

    return _about(records, Subject.REVIEW, lambda reviews, photos, who: reviews.judge(photos, labels, who), foresee)


def set_state(records: Sequence[PhotoRecord], review: Review) -> Step:
    """Says that there is no defect, that one cannot tell, or nothing any more."""

    def foresee(record: PhotoRecord) -> Remarks:
        return replace(record.remarks, review=review)

    return _about(records, Subject.REVIEW, lambda reviews, photos, who: reviews.set_state(photos, review, who), foresee)


def note(record: PhotoRecord, text: str) -> Step:
    """Keeps a text with a photo."""

    def foresee(record: PhotoRecord) -> Remarks:
        return replace(record.remarks, note=text.strip())

    return _about([record], Subject.NOTE, lambda reviews, photos, who: reviews.note(photos[0], text, who), foresee)


def move(records: Sequence[PhotoRecord], place: Place) -> Step:
    """Says where photos were taken."""

    def foresee(record: PhotoRecord) -> Remarks:
        return replace(record.remarks, place=place)

    return _about(records, Subject.PLACE, lambda reviews, photos, who: reviews.move(photos, place, who), foresee)


def group(records: Sequence[PhotoRecord]) -> Step:
    """Says that photos show one defect; what each shows of it stays."""
    shots = {record.photo_id: record.remarks.shot for record in records}
    return _about(records, Subject.GROUP, lambda reviews, _, who: reviews.group(shots, who))


def set_shot(record: PhotoRecord, shot: Shot) -> Step:
    """Says what a photo shows of its group's defect, or by itself."""
    return _about([record], Subject.GROUP, lambda reviews, photos, who: reviews.set_shot(photos[0], shot, who))


def ungroup(records: Sequence[PhotoRecord]) -> Step:
    """Says that photos stand for themselves."""

    def foresee(record: PhotoRecord) -> Remarks:
        return replace(record.remarks, group=None, shot=None)

    return _about(records, Subject.GROUP, lambda reviews, photos, who: reviews.ungroup(photos, who), foresee)


def accept_sure(where: HistoryFilter, confidence: float) -> Step:
    """Accepts everything of a filter that is not reviewed and at least so sure."""
    return Step(Subject.REVIEW, (), lambda database, who: database.reviews.accept_sure(where, confidence, who))


def undo() -> Step:
    """Takes back the last step that stands."""
    return Step(Subject.JOURNAL, (), lambda database, who: database.reviews.undo(who))


def redo() -> Step:
    """Does again what was undone last."""
    return Step(Subject.JOURNAL, (), lambda database, who: database.reviews.redo(who))


def _about(
    records: Sequence[PhotoRecord],
    subject: Subject,
    change: Callable[[Reviews, tuple[int, ...], str], Action | None],
    foresee: Callable[[PhotoRecord], Remarks] | None = None,
) -> Step:
    """A step about these photos, and no others that have their numbers by the time it is saved."""
    seen = tuple(records)
    photos = tuple(record.photo_id for record in seen)
    return Step(subject, photos, lambda database, who: change(database.reviews.seeing(seen), photos, who), foresee)


def _ai_label(record: PhotoRecord) -> str | None:
    verdict = record.outcome.verdict
    return verdict.label if verdict else None
