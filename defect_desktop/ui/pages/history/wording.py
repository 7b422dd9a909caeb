"""A row of the history in words."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale

from defect_desktop.core.place import Place
from defect_desktop.core.record import PhotoRecord
from defect_desktop.core.review import ReviewState
from defect_desktop.ui.look import Look
from defect_desktop.ui.record_state import label_of, state_of
from defect_desktop.ui.results_model import file_name, folder_name
from defect_desktop.ui.wording import percent, state_word

SEPARATOR = "  ·  "


def row_text(record: PhotoRecord, look: Look) -> str:
    """All that a row shows, in one line: what a screen reader says."""
    parts = (
        title(record, look),
        confidence(record),
        state_word(state_of(record)),
        review_words(record, look),
        where(record, look),
        file_name(record),
        when(record),
    )
    return ", ".join(filter(None, parts))


def title(record: PhotoRecord, look: Look) -> str:
    """The defect that counts, or why there is none."""
    review = record.remarks.review
    if review.labels:
        return ", ".join(look.say(record.name_of(label)) for label in review.labels)
    if review.state is not ReviewState.UNREVIEWED:
        return look.say(review.state.words)
    label = label_of(record)
    if label is not None:
        return look.say(record.name_of(label))
    return look.say(record.outcome.problem.sentence) if record.outcome.problem else "–"


def confidence(record: PhotoRecord) -> str:
    """How sure the program was of what counts; empty where it said nothing, or a person said something else."""
    verdict, review = record.outcome.verdict, record.remarks.review
    if verdict is None or (review.state is not ReviewState.UNREVIEWED and review.labels != (verdict.label,)):
        return ""
    return percent(verdict.confidence)


def review_words(record: PhotoRecord, look: Look) -> str:
    """What a person made of it; empty before anyone looked."""
    state = record.remarks.review.state
    return "" if state is ReviewState.UNREVIEWED else look.say(state.words)


def place_words(place: Place, look: Look) -> str:
    """The known parts of a place, the largest first."""
    return SEPARATOR.join(look.say(part.name_of(value)) for part, value in place.parts().items() if value)


def where(record: PhotoRecord, look: Look) -> str:
    """Where the photo was taken, else the folder that it lies in."""
    return place_words(record.remarks.place, look) or folder_name(record)


def when(record: PhotoRecord) -> str:
    """When it was classified, in local time."""
    moment = QDateTime.fromSecsSinceEpoch(int(record.classified_at.timestamp()))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
